import io
import logging

import pytest

from editor.transport import scrub

PICTURE = "iVBORw0KGgo" * 40


@pytest.fixture(autouse=True)
def _forget(monkeypatch):
    monkeypatch.setattr(scrub, "_secrets", set())


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Authorization: Bearer abc.DEF-123", "Authorization: ***"),
        ("header b'Bearer abc'", "header b'Bearer ***'"),
        ("Proxy-Authorization: Basic dXNlcg==", "Proxy-Authorization: ***"),
        ("x-api-key: 1234", "x-api-key: ***"),
        ('{"api_key": "1234"}', '{"api_key": "***"}'),
        ("tried sk-proj-abc_123 today", "tried *** today"),
        ("http://me:pass@proxy.example:8080/", "http://***@proxy.example:8080/"),
        (
            "GET https://cdn.example/a.png?sig=1%2F2&x=3#f",
            "GET https://cdn.example/a.png?sig=***&x=***#f",
        ),
        (f'{{"b64_json":"{PICTURE}=="}}', '{"b64_json":"<442 characters>"}'),
        (
            "the key was refused; mask-1 and task-2 are safe",
            "the key was refused; mask-1 and task-2 are safe",
        ),
        ("why? a=b", "why? a=b"),
    ],
)
def test_what_must_not_be_written_is_masked(text, clean):
    assert scrub.scrubbed(text) == clean


def test_a_registered_secret_is_masked_in_any_shape_of_text():
    scrub.register("hunter2")
    scrub.register("hunter2-longer")
    assert scrub.scrubbed("<hunter2>hunter2-longer") == "<***>***"


def test_bytes_lose_what_was_registered_and_nothing_else():
    scrub.register("hunter2")
    assert scrub.without_secrets(b"\xff api_key=hunter2, sk-other") == b"\xff api_key=***, sk-other"


def test_a_secret_of_three_letters_would_mask_words_and_is_left():
    scrub.register("red")
    assert scrub.scrubbed("coloured") == "coloured"


@pytest.mark.parametrize(
    ("sent", "text", "left"),
    [
        ("a hat\nof felt ", "not 'a hat of felt', a hat", "not '***', a hat"),
        ("a kite over the bay at dawn", "told: a kite over the bay a…", "told: ***…"),
        ("a kite over the bay", "a kite over the bay; a kite over the bay!", "***; ***!"),
        ("红气球", "提示词红气球违规", "提示词***违规"),
        ("hat", "what is that", "what is that"),
        ("***** ****", "*********** ****", "*********"),
        ("", "a b", "a b"),
    ],
)
def test_what_was_sent_is_found_in_one_line_and_where_it_was_cut(sent, text, left):
    assert scrub.without(sent, text) == left


@pytest.fixture
def written():
    """A root handler under guard, and what it wrote."""
    root, stream = logging.getLogger(), io.StringIO()
    handler = logging.StreamHandler(stream)
    root.addHandler(handler)
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "h11", "PIL")}
    filters = {each: list(each.filters) for each in root.handlers}
    scrub.guard()
    yield stream
    root.removeHandler(handler)
    for each, before in filters.items():
        each.filters = before
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_message_arguments_traceback_and_stack_are_cleaned(written, caplog):
    log = logging.getLogger("editor.somewhere")
    try:
        raise ValueError("Illegal header value b'Bearer sk-secret1'")
    except ValueError:
        log.exception("sent %s to %s", "sk-secret2", "https://a.b/?k=secret3", stack_info=True)
    assert "secret" not in written.getvalue()
    assert "ValueError" in written.getvalue()
    assert "test_scrub.py" in written.getvalue()


def test_records_without_a_traceback_pass(written, caplog):
    logging.getLogger("editor").warning("all is well")
    assert written.getvalue() == "all is well\n"


def test_libraries_that_log_addresses_only_warn(written):
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert not logging.getLogger("httpcore.http11").isEnabledFor(logging.DEBUG)

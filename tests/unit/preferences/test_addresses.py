"""Another address for a provider, and whether a key may be sent there."""

import pytest

from editor.preferences.addresses import (
    NAMED,
    ODD,
    OPEN,
    SHORT,
    TAIL,
    WHOLE,
    address_for,
    complaint,
    is_loopback,
    tidy,
)


def test_an_address_is_found_by_the_providers_id() -> None:
    environ = {"FRISKET_URL_MY_GATEWAY": " http://127.0.0.1:8080/v1/ \n"}
    assert address_for("my-gateway", environ) == "http://127.0.0.1:8080/v1"


def test_without_one_the_providers_own_is_asked() -> None:
    assert address_for("openai", {}) == ""


def test_what_the_person_wrote_down_comes_after_the_environment() -> None:
    kept = {"openai": "https://mine.example/v1/"}
    assert address_for("openai", {}, kept) == "https://mine.example/v1"
    assert address_for("acedata", {}, kept) == ""
    environ = {"FRISKET_URL_OPENAI": "https://theirs.example"}
    assert address_for("openai", environ, kept) == "https://theirs.example"


def test_an_address_that_was_changed_in_the_file_gets_no_key() -> None:
    assert address_for("openai", {}, {"openai": "http://mine.example/v1"}) == ""


@pytest.mark.parametrize(
    "good",
    [
        "",
        " https://api.example/v1/ ",
        "https://api.example:8443",
        "http://127.0.0.1:8080/v1",
        "http://localhost:4000",
        "http://[::1]:4000/v1",
        "https://[2001:db8::1]/v1",
        "https://my.openai.azure.com/openai/v1",
    ],
)
def test_addresses_that_may_be_asked(good: str) -> None:
    assert complaint(good) == ""


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("api.example/v1", SHORT),
        ("https://", SHORT),
        ("ftp://api.example", SHORT),
        ("file:///etc/passwd", SHORT),
        ("http://api.example/v1", OPEN),
        ("http://192.168.1.7:8080", OPEN),
        ("http://127.0.0.1.example/v1", OPEN),
        ("https://me:secret@api.example", NAMED),
        ("https://127.0.0.1@api.example", NAMED),
        ("https://api.example/v1?key=1", TAIL),
        ("https://api.example/v1#top", TAIL),
        ("https://api.example/v1/images/edits", WHOLE),
        ("https://api example", ODD),
        ("https://api.example\\@evil.example", ODD),
        ("https://exämple.example", ODD),
        ("https://api.example:port", ODD),
        ("https://[::1", ODD),
    ],
)
def test_addresses_that_get_no_key(bad: str, why: str) -> None:
    assert complaint(bad) == why
    assert len(why) <= 160


def test_blanks_and_closing_slashes_are_dropped() -> None:
    assert tidy("  https://api.example/v1//\n") == "https://api.example/v1"


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", True), ("a.localhost", True), ("127.8.8.8", True), ("::1", True)]
    + [(host, False) for host in ("localhost.example", "10.0.0.1", "127.0.0.1.nip.io", "")],
)
def test_what_can_only_mean_this_computer(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected

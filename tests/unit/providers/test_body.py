"""What may stand where a picture is expected, and what is made of it."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.edits.events import Picture
from editor.errors import AnswerUnusable
from editor.providers import body as read
from editor.providers.body import carries_picture, fetched, from_base64, host, parsed, pictures
from editor.providers.dialect import Call, Message

CALL = Call("POST", "https://me:secret@api.example:8443/v1/images/edits")
PNG = b"\x89PNG\r\n\x1a\n and \xfb\xff\xbf more"
B64 = base64.b64encode(PNG).decode()


def message(data, **more):
    return Message(CALL, data if isinstance(data, bytes) else json.dumps(data).encode(), **more)


def unusable(work, sentence):
    with pytest.raises(AnswerUnusable) as told:
        work()
    assert told.value.template == sentence
    assert told.value.values["host"] == "api.example:8443"
    assert len(str(told.value)) <= 160


def test_the_host_is_shown_without_who_asks():
    assert host(message(b"")) == "api.example:8443"


@pytest.mark.parametrize("data", [b'{"a": 1}', b'\xef\xbb\xbf {"a": 1}\r\n', b' \n{"a":1}'])
def test_an_object_is_read(data):
    assert parsed(message(data)) == {"a": 1}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", read.EMPTY),
        (b" \r\n", read.EMPTY),
        (b"<!DOCTYPE html><html>", read.WEB_PAGE),
        (b"\n<html>", read.WEB_PAGE),
        (b"[]", read.UNREADABLE),
        (b"null", read.UNREADABLE),
        (b'{"data":[{"b64_json":"AAAA', read.UNREADABLE),
        (b'{"a": NaN}', read.UNREADABLE),
        (b'{"a": -Infinity}', read.UNREADABLE),
        (b'{"a": ' + b"9" * 5000 + b"}", read.UNREADABLE),
        (b'{"a":' * 100_000, read.UNREADABLE),
        (b"[" * 100_000, read.UNREADABLE),
        ('{"a": 1}'.encode("utf-16"), read.UNREADABLE),
        (b"\x89PNG", read.UNREADABLE),
    ],
)
def test_anything_else_is_unusable(data, sentence):
    unusable(lambda: parsed(message(data)), sentence)


def test_an_unusable_answer_names_its_request():
    with pytest.raises(AnswerUnusable) as told:
        parsed(message(b"", headers={"x-request-id": "req_1"}))
    assert told.value.details == "req_1"


@pytest.mark.parametrize(
    ("said", "name"),
    [({"request_id": "r-1", "trace_id": "t-1"}, "r-1"), ({"trace_id": "t-1"}, "t-1"), ({}, "")],
)
@pytest.mark.parametrize("item", [{}, {"b64_json": "%"}, {"b64_json": "AAAA"}])
def test_an_answer_that_holds_no_picture_names_its_request(said, name, item):
    with pytest.raises(AnswerUnusable) as told:
        list(pictures(message(b""), {**said, "data": [item]}))
    assert told.value.details == name


@pytest.mark.parametrize(("status", "data"), [(404, b""), (200, b"<html>")])
def test_a_dead_link_names_the_request_that_it_came_of(status, data):
    call = Call("GET", "https://cdn.example/a", purpose="fetch", facts={"request_id": "r-1"})
    with pytest.raises(AnswerUnusable) as told:
        fetched(Message(call, data, status=status, headers={"x-request-id": "of the CDN"}))
    assert told.value.details == "r-1"


@given(st.binary(max_size=60), st.booleans(), st.booleans(), st.integers(1, 20))
def test_harmless_differences_of_base64_do_not_matter(data, url_alphabet, prefix, width):
    text = (base64.urlsafe_b64encode if url_alphabet else base64.b64encode)(data).decode()
    text = "\r\n".join(text[at : at + width] for at in range(0, len(text), width))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "_BLOCK", width)
        assert from_base64(text) == data
    assert from_base64(("data:image/png;base64," if prefix else "") + text) == data


@pytest.mark.parametrize(
    "text",
    [
        *(B64[:-1], B64[:-2], B64 + "A", "AA=A", "A", "====", "QUJD!"),
        *("<html>", "Aä==", "data:,abc", "data:image/png,QUJD", "QQ==QUJD"),
    ],
)
def test_what_has_been_cut_or_is_no_base64_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        from_base64(text)


def test_pictures_come_with_what_was_said_of_them():
    body = {
        "created": 7,
        "size": "1x1",
        "usage": {"total_tokens": 3},
        "odd": 1,
        "data": [{"b64_json": B64, "revised_prompt": "better"}, {"b64_json": B64, "size": "2x2"}],
    }
    first, second = pictures(message(b"", headers={"x-request-id": "req_1"}), body)
    assert first == Picture(
        0,
        PNG,
        {
            "created": 7,
            "size": "1x1",
            "usage": {"total_tokens": 3},
            "revised_prompt": "better",
            "request_id": "req_1",
            "pictures": 2,
        },
    )
    assert (second.index, second.facts["size"]) == (1, "2x2")


def test_a_body_may_itself_carry_the_picture():
    (picture,) = pictures(message(b""), {"b64_json": B64, "quality": "low"})
    assert picture == Picture(0, PNG, {"quality": "low"})


def test_a_link_becomes_the_call_that_fetches_it():
    body = {"size": "1x1", "data": [{"url": "https://cdn.example/a.png"}]}
    (call,) = pictures(message(b""), body)
    assert call == Call("GET", "https://cdn.example/a.png", purpose="fetch", facts={"size": "1x1"})


def test_a_link_may_hold_the_picture_and_base64_goes_before_a_link():
    data = "data:image/png;base64," + B64
    assert next(pictures(message(b""), {"data": [{"url": data}]})) == Picture(0, PNG, {})
    both = {"data": [{"url": "https://a/b", "b64_json": B64}]}
    assert next(pictures(message(b""), both)) == Picture(0, PNG, {})


@pytest.mark.parametrize(
    "data", [None, [], [None], ["text"], [{}], [{"b64_json": None}], [{"url": 3}], 7, {}]
)
def test_no_picture_is_told(data):
    unusable(lambda: list(pictures(message(b""), {"data": data})), read.NO_PICTURE)


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ({"b64_json": "<html>"}, read.UNREADABLE),
        ({"b64_json": B64[:-3]}, read.UNREADABLE),
        ({"b64_json": base64.b64encode(b"<svg/>").decode()}, read.NOT_A_PICTURE),
        ({"url": "data:image/png;base64,A"}, read.UNREADABLE),
    ],
)
def test_a_broken_picture_is_told(item, sentence):
    unusable(lambda: list(pictures(message(b""), {"data": [item]})), sentence)


def test_a_fetched_picture_keeps_what_the_answer_said():
    call = Call("GET", "https://cdn.example/a.png", purpose="fetch", facts={"size": "1x1"})
    assert fetched(Message(call, PNG)) == Picture(0, PNG, {"size": "1x1"})


def test_a_link_that_expired_or_leads_to_a_page_is_told():
    unusable(lambda: fetched(message(PNG, status=403)), read.LINK_DEAD)
    unusable(lambda: fetched(message(b"<html>")), read.NOT_A_PICTURE)


def test_what_carries_a_picture():
    assert carries_picture({"url": "x"})
    assert carries_picture({"b64_json": "x"})
    assert not carries_picture({"url": "", "b64_json": ""})


def test_several_pictures_tell_how_many_they_are():
    told = {"data": [{"b64_json": B64}, {"url": "https://cdn.example/2"}, {}], "size": "1x1"}
    picture, call = pictures(message(told), told)
    assert (picture.index, picture.facts) == (0, {"size": "1x1", "pictures": 2})
    assert call.facts == picture.facts
    (alone,) = pictures(message({}), {"data": [{"b64_json": B64}]})
    assert alone.facts == {}

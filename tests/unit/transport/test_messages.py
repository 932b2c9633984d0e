"""A message holds what was said, and of the call only what is needed later."""

import httpx
import pytest

from editor.providers.dialect import Call, Part
from editor.transport.messages import media_type, message, without_body
from editor.transport.sse import ServerEvent

CALL = Call("POST", "https://api.example/edits", json={"a": 1}, form=[Part("a", "b")], poll="/t")


def test_a_call_is_remembered_without_what_it_carried():
    assert without_body(CALL) == Call("POST", "https://api.example/edits", poll="/t")


@pytest.mark.parametrize(
    ("declared", "expected"),
    [("Image/PNG; charset=x", "image/png"), (" text/event-stream ", "text/event-stream"), ("", "")],
)
def test_a_type_is_read_without_its_parameters(declared, expected):
    assert media_type(httpx.Response(200, headers={"Content-Type": declared})) == expected


def test_what_was_heard_is_handed_on():
    response = httpx.Response(201, headers={"Content-Type": "a/b", "X-Request-Id": "r"})
    heard = message(CALL, response, ServerEvent("done", b"data"), last=False)
    assert (heard.call, heard.data, heard.status) == (CALL, b"data", 201)
    assert (heard.event, heard.media_type, heard.last) == ("done", "a/b", False)
    assert heard.headers["x-request-id"] == "r"


def test_a_date_is_that_of_the_sender_else_of_the_arrival():
    event = ServerEvent("", b"")
    assert message(CALL, httpx.Response(200), event).headers["date"].endswith("GMT")
    dated = httpx.Response(200, headers={"Date": "then"})
    assert message(CALL, dated, event).headers["date"] == "then"

"""A Message out of a response: what is handed on of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import httpx

from editor.providers.dialect import Call, Message
from editor.transport.sse import EventDecoder, ServerEvent, is_stream

STREAM = "text/event-stream"
JSON = "application/json"


def media_type(response: httpx.Response) -> str:
    """What the body says it is, without parameters."""
    declared: str = response.headers.get("content-type", "")
    return declared.partition(";")[0].strip().lower()


def without_body(call: Call) -> Call:
    """The call as it is remembered: pictures that went out are not held by their answer."""
    return replace(call, json=None, form=())


def message(
    call: Call, response: httpx.Response, event: ServerEvent, *, last: bool = True
) -> Message:
    """One thing heard; an answer without a date gets that of its arrival, as RFC 9110 asks."""
    arrived = format_datetime(datetime.now(UTC), usegmt=True)
    return Message(
        call,
        event.data,
        status=response.status_code,
        event=event.name,
        media_type=media_type(response),
        headers={"date": arrived, **response.headers},
        last=last,
    )


def whole(call: Call, response: httpx.Response, body: bytes) -> Iterator[Message]:
    """What a body says that came to its end; some relays do not call a stream of events one."""
    if not (response.is_success and is_stream(body)):
        yield message(call, response, ServerEvent("", body))
        return
    decoder = EventDecoder()
    for event in [*decoder.feed(body), *decoder.end()]:
        yield replace(message(call, response, event, last=False), media_type=STREAM)
    yield replace(message(call, response, ServerEvent("", b"")), media_type=STREAM)


def ended(call: Call, response: httpx.Response, decoder: EventDecoder) -> Message:
    """The last that is heard of a stream: nothing, or the one body that it was in truth."""
    last = message(call, response, ServerEvent("", bytes(decoder.body)))
    return replace(last, media_type=JSON) if decoder.body else last

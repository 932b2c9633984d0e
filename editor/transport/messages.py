"""A Message out of a response: what is handed on of an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import httpx

from editor.providers.dialect import Call, Message
from editor.transport.sse import ServerEvent


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

"""What those say who speak as OpenAI does: one body, a stream, or a task to ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from editor.edits.events import Event, Preview
from editor.errors import AnswerUnusable, OutcomeUnknown
from editor.providers import task
from editor.providers.body import (
    carriers,
    fetched,
    from_base64,
    host,
    parsed,
    pictures,
)
from editor.providers.dialect import Call, Message
from editor.providers.refusal import is_error, refusal

STREAM = "text/event-stream"

BROKEN_EVENT = (
    "The answer of {host} broke off in the middle of a picture; it may have been charged."
)


def heard(message: Message) -> Iterator[Call | Event]:
    """Previews, pictures, or calls that fetch them or ask for a task. Raises what went wrong."""
    if message.call.purpose == "fetch":
        yield fetched(message)
    elif message.call.purpose == "poll":
        yield from _asked(message)
    elif not 200 <= message.status < 300:
        raise refusal(message)
    elif message.media_type == STREAM:
        yield from _event(message)
    else:
        yield from told(message, parsed(message))


def told(message: Message, body: Mapping[str, object]) -> Iterator[Call | Event]:
    """What a whole body means: its pictures, or a task that was accepted."""
    if is_error(body):
        raise refusal(message)
    name = task.task_of(body)
    if name and not carriers(body):
        if task.has_failed(body):
            raise task.failed(message, body)
        yield from task.accepted(message, name)
    else:
        yield from pictures(message, body)


def _asked(message: Message) -> Iterator[Call | Event]:
    """A task of a relay: done when there are pictures in it, whatever it calls that.

    What is told of another task is no answer, whether it failed or is somebody's picture.
    """
    if not 200 <= message.status < 300:
        yield from task.unheard(message)
        return
    body = unfolded(parsed(message))
    if task.of_another(message, body):
        yield task.again(message)
        return
    if is_error(body) or task.has_failed(body):
        raise task.failed(message, body)
    if carriers(body) or task.has_ended(body):
        yield from pictures(message, body)
    else:
        yield task.again(message)


def unfolded(body: Mapping[str, object]) -> Mapping[str, object]:
    """The answer inside of an envelope: callbacks and tasks put `data` into `data`.

    Links alone, in `urls`, become what carries a picture.
    """
    inner = body.get("data")
    if isinstance(inner, dict):
        body = {**body, **inner, "data": inner.get("data", inner.get("urls"))}
    items = body.get("data")
    if isinstance(items, list):
        links = [{"url": each} if isinstance(each, str) else each for each in items]
        body = {**body, "data": links}
    return body


def _event(message: Message) -> Iterator[Call | Event]:
    if not message.data or message.data.strip() == b"[DONE]":
        return
    try:
        body = parsed(message)
    except AnswerUnusable:
        raise OutcomeUnknown(BROKEN_EVENT, host=host(message)) from None
    if body.get("error") or message.event == "error":
        raise refusal(message)
    name = body.get("type") or message.event
    if "partial_image_index" in body or str(name).endswith(".partial_image"):
        yield from _preview(body)
    elif str(name).endswith(".completed") or (not name and carriers(body)):
        yield from pictures(message, body)


def _preview(body: Mapping[str, object]) -> Iterator[Preview]:
    """A preview that cannot be read is left out: it is no result."""
    index, encoded = body.get("partial_image_index"), body.get("b64_json")
    try:
        data = from_base64(encoded) if isinstance(encoded, str) else b""
    except ValueError:
        return
    if data:
        yield Preview(index if isinstance(index, int) else 0, data)

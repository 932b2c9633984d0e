"""The AceData dialect: a form, or JSON of addresses; answers with its own envelope and tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from editor.edits.events import Event
from editor.providers import task
from editor.providers.answer import STREAM, heard, told, unfolded
from editor.providers.body import carriers, parsed, pictures, text
from editor.providers.dialect import Call, Message
from editor.providers.form_edits import FormEdits
from editor.providers.refusal import is_error


class AceData(FormEdits):
    """Sent as a form is; `async` or `callback_url` make it a task, which is then asked for."""

    def decode(self, message: Message) -> Iterator[Call | Event]:
        """Pictures, or calls that lead to them. Raises what went wrong."""
        fine = 200 <= message.status < 300 and message.media_type != STREAM
        if fine and message.call.purpose == "submit":
            yield from told(message, _named(parsed(message)))
        elif fine and message.call.purpose == "poll":
            yield from _task(message, parsed(message))
        else:
            yield from heard(message)


def _named(body: Mapping[str, object]) -> Mapping[str, object]:
    """An answer without pictures that has a trace alone is a task by the name of its trace."""
    trace = text(body, "trace_id")
    if trace and not text(body, "task_id") and not carriers(body):
        return {**body, "task_id": task.TRACE + trace}
    return body


def _task(message: Message, body: Mapping[str, object]) -> Iterator[Call | Event]:
    """A task is done when it has a response; one that is not known yet is nothing at all.

    Neither is what is told of another task, be it somebody's picture.
    """
    response = body.get("response", body)
    if not isinstance(response, dict) or task.of_another(message, _whose(body, response)):
        yield task.again(message)
    elif is_error(response):
        raise task.failed(message, response)
    elif response is body:
        yield task.again(message)
    else:
        yield from pictures(message, unfolded(response))


def _whose(body: Mapping[str, object], response: Mapping[str, object]) -> Mapping[str, object]:
    """The names of a task: it has an id, and its response repeats it."""
    id = text(body, "id")
    return {"id": id, "task_id": text(response, "task_id") or id}

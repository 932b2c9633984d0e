"""The form dialect: images/edits as OpenAI speaks it; JSON where the person chose so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from editor.capability.provider import Model, Provider
from editor.edits.events import Event
from editor.edits.framing import Framed
from editor.providers import task
from editor.providers.answer import heard
from editor.providers.dialect import Call, Message
from editor.providers.form import form_call
from editor.providers.json_form import json_call
from editor.providers.wish import wants_json


class FormEdits:
    """One POST for one picture, answered by one body, a stream or a task."""

    def encode(self, edit: Framed, provider: Provider, model: Model) -> Sequence[Call]:
        """A multipart form, unless the setting `transport` says JSON. Raises InputProblem."""
        call = json_call if wants_json(edit, model) else form_call
        return [call(edit, provider, model)]

    def decode(self, message: Message) -> Iterator[Call | Event]:
        """Previews, pictures, or calls that lead to them. Raises what went wrong."""
        return heard(message)

    def resume(self, provider: Provider, task_name: str) -> Call | None:
        """Ask for a task accepted earlier, where the profile says how."""
        return task.resume(provider, task_name)

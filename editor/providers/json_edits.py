"""The JSON dialect: images/edits as text alone, with data URLs, addresses or file ids."""

from __future__ import annotations

from collections.abc import Sequence

from editor.capability.provider import Model, Provider
from editor.edits.framing import Framed
from editor.providers.dialect import Call
from editor.providers.form_edits import FormEdits
from editor.providers.json_form import json_call


class JsonEdits(FormEdits):
    """Answered as a form is."""

    def encode(self, edit: Framed, provider: Provider, model: Model) -> Sequence[Call]:
        """One POST of JSON. Raises InputProblem."""
        return [json_call(edit, provider, model)]

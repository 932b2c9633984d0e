"""What an edit asks for by the provider's own names, and where it is asked."""

from __future__ import annotations

from collections.abc import Mapping

from editor.capability.field import Value
from editor.capability.provider import Model, Provider
from editor.capability.values import effective, on_the_wire
from editor.edits.framing import Framed

_OURS = {"prompt", "transport", "path", "image_from", "mask_from"}
"""Settings that are no parameter: they say how a request is written and where it goes."""


def parameters(edit: Framed, provider: Provider, model: Model) -> dict[str, Value]:
    """The parameters beside model and prompt; what is at its default is not sent.

    A number of pictures is sent only to those who honour it: everybody else is asked for one.
    """
    left = _OURS if provider.count == "native" else _OURS | {"count"}
    settings = {name: value for name, value in edit.settings.items() if name not in left}
    sent = on_the_wire(model, settings)
    if provider.response_format != "omit":
        asked = edit.settings.get("response_format", provider.response_format)
        sent.setdefault("response_format", asked)
    return sent


def address(edit: Framed, provider: Provider, model: Model) -> str:
    """The absolute address of the paid call."""
    return provider.url(str(effective(model, edit.settings).get("path", provider.path)))


def wants_json(edit: Framed, model: Model) -> bool:
    """Whether the person chose JSON where a model can be sent either."""
    return effective(model, edit.settings).get("transport") == "json"


def takes_mask(edit: Framed, provider: Provider, model: Model) -> bool:
    """Whether a mask goes along: some know none, and JSON of addresses has no place for it."""
    is_json = provider.dialect in {"json-edits", "aa"} or wants_json(edit, model)
    if is_json and provider.json_images == "addresses":
        return False
    return model.mask and bool(provider.mask_field) and provider.mask_mode != "off"


def named(settings: Mapping[str, Value], field: str) -> list[str]:
    """Addresses or file ids that stand for pictures."""
    return str(settings.get(field, "")).split()

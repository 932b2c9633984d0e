"""The two speeds of a model, draft and final, as changes of its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from editor.capability.field import Value, complaint
from editor.capability.provider import Model, Preset


def at_speed(model: Model, settings: Mapping[str, Value], speed: Preset) -> dict[str, Value]:
    """The settings with those of a speed; what no speed speaks of stays as it is."""
    both = {name for values in model.presets.values() for name in values}
    kept = {name: value for name, value in settings.items() if name not in both}
    return {**kept, **model.presets.get(speed, {})}


def is_draft(model: Model, settings: Mapping[str, Value]) -> bool:
    """Whether these settings are a draft's, of a model whose two speeds differ."""
    draft = model.presets.get("draft", {})
    differ = draft != model.presets.get("final", {})
    return differ and at_speed(model, settings, "draft") == settings


def carried(
    settings: Mapping[str, Value], model: Model, speed: Preset | Literal[""]
) -> dict[str, Value]:
    """The same wish for another model: what it takes too of the settings, at its own speed.

    speed: "" when the settings were chosen by hand and stand for themselves.
    """
    taken = {}
    for name, value in settings.items():
        field = model.field(name)
        if field is None or field.off or field.doubt:
            continue
        if value != field.default and not complaint(field, value):
            taken[name] = value
    return at_speed(model, taken, speed) if speed else taken

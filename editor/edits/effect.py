"""Effect: what was asked for against what came back, setting by setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from editor.capability.field import Extent, written_size
from editor.capability.provider import Model
from editor.edits.variant import Variant

AUTO = "auto"
"""The value that leaves a choice to the provider, so that nothing can be ignored."""

ECHOED = ("quality", "background", "output_format")
"""Settings that some providers name in their answers."""


class Effect(NamedTuple):
    """One setting: its name and label in the table, and both values as they are written."""

    name: str
    label: str
    asked: str
    came: str

    @property
    def honoured(self) -> bool:
        return self.asked == self.came


def effects(model: Model, variant: Variant) -> tuple[Effect, ...]:
    """Every setting of which the answer tells what became of it; its size is looked at."""
    found = []
    size = model.field("size")
    if isinstance(size, Extent):
        asked, came = variant.placement.sent, variant.raster.size
        found.append(Effect("size", size.label, written_size(asked), written_size(came)))
    for name in ECHOED:
        field, came_back = model.field(name), variant.effective.get(name)
        if field is None or field.off or not isinstance(came_back, str):
            continue
        wanted = str(variant.requested.get(name, field.default))
        if wanted != AUTO:
            found.append(Effect(name, field.label, wanted, came_back))
    return tuple(found)


def honoured(model: Model, variant: Variant) -> dict[str, bool]:
    """What one answer teaches of its provider, by the names of the card."""
    learnt = {effect.name: effect.honoured for effect in effects(model, variant)}
    learnt.pop("background", None)  # which a picture without anything to see through ignores
    return learnt | {"usage": isinstance(variant.effective.get("usage"), Mapping)}

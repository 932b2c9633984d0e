"""EditRequest: everything one edit needs, frozen; whoever has it can run it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from editor.capability.field import Value
from editor.imaging.geometry import Rect
from editor.imaging.raster import Raster
from editor.mask.plane import Coverage


class Frame(Enum):
    """How much around the mask is sent."""

    TIGHT = "tight"
    BALANCED = "balanced"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, eq=False)
class EditRequest:
    """One complete wish for one picture.

    source: the base as it is shown now. coverage: (rows, cols) of the source, 0 keep .. 255
    edit, read-only; None asks for the whole picture and sends no mask. references: further
    pictures the model may look at, in order. provider, model: ids in the capability table.
    settings: field name to value; fields at their default may be absent. base: digest of the
    base that the wish was made on. plea: a sentence after the prompt that asks to keep the rest,
    "" for none. window: drawn by the person, which wins over the frame; it
    snaps to what the model takes.
    """

    source: Raster
    coverage: Coverage | None
    prompt: str
    provider: str
    model: str
    references: tuple[Raster, ...] = ()
    settings: Mapping[str, Value] = field(default_factory=dict)
    frame: Frame = Frame.BALANCED
    base: str = ""
    plea: str = ""
    window: Rect | None = None

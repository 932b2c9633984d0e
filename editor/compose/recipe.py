"""Recipe: how an answer is put into the picture; a value that can be kept and replayed."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from editor.edits.variant import Variant
from editor.errors import ProjectDamaged
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.mask.derive import bounds
from editor.mask.plane import Coverage

SHARE = 0.36
"""Default feather over the mean depth of the mask: 12 % of the radius of a disc."""

SOFTEST = 48.0
"""Source pixels; a wider fade shows what was to be painted over."""

MADE_HERE = "offline"
"""Provider of what this computer made of the surroundings of the mask."""

CONTINUED = 3.0
"""Source pixels of fade for such an answer: it goes on from the rim, so it meets the picture
there, and a wider fade would show the edge of what was removed."""

_DAMAGED = "How an answer was joined is damaged in this project; the answer itself is there."
_LOOK = 1024
"""Longest side at which a mask is measured; finer is no better."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one variant is joined.

    variant: its id. feather: source pixels over which the answer fades in, inward from the
    rim of the mask. match: how far it takes the colours of its surroundings, 0 as it came to
    1 in full. let_in: (rows, cols) of the source, what may change beyond what was painted.
    kept_out: the same, what stays the source inside it. Two recipes are compared without them.
    """

    variant: str
    feather: float
    match: float = 1.0
    let_in: Coverage | None = field(default=None, compare=False)
    kept_out: Coverage | None = field(default=None, compare=False)

    @classmethod
    def of(cls, variant: Variant) -> Recipe:
        """The recipe nobody has tuned: a feather that suits mask and answer."""
        feather = 0.0 if variant.coverage is None else usual_feather(variant.coverage)
        if variant.provider == MADE_HERE:
            feather = min(feather, CONTINUED)
        return cls(variant.id, feather)

    @classmethod
    def restored(cls, values: Mapping[str, object], size: Size) -> Recipe:
        """The recipe that stored() told, for a source of this size. Raises ProjectDamaged."""
        try:
            return cls(
                str(values["variant"]),
                float(cast("float", values["feather"])),
                float(cast("float", values.get("match", 1.0))),
                _unpacked(values.get("let_in"), size),
                _unpacked(values.get("kept_out"), size),
            )
        except (KeyError, TypeError, ValueError, zlib.error) as error:
            raise ProjectDamaged(_DAMAGED, details=str(error)) from error

    def stored(self) -> dict[str, object]:
        """The recipe as JSON takes it; the masks are packed, and left out where there are none."""
        values: dict[str, object] = {
            "variant": self.variant,
            "feather": self.feather,
            "match": self.match,
        }
        masks = {"let_in": self.let_in, "kept_out": self.kept_out}
        return values | {name: _packed(mask) for name, mask in masks.items() if mask is not None}

    def may_change(self, coverage: Coverage) -> Coverage:
        """The painted coverage with what was let in and without what was kept out."""
        if self.let_in is not None:
            coverage = np.maximum(coverage, self.let_in)
        if self.kept_out is not None:
            coverage = np.minimum(coverage, ~self.kept_out)
        return coverage


def usual_feather(coverage: Coverage) -> float:
    """Feather in pixels that suits a mask: 0.0 for an empty one, else 1.0 to 48.0.

    A share of the mean depth: thin masks keep most of the answer, wide ones fade softly.
    """
    box = bounds(coverage)
    if box.empty:
        return 0.0
    around = box.grown(1).clipped(Size(coverage.shape[1], coverage.shape[0]))
    part = np.greater(coverage[around.rows_cols], 0).view(np.uint8)
    factor = max(1.0, max(around.size) / _LOOK)
    if factor > 1.0:
        small = Size(round(around.size.width / factor), round(around.size.height / factor))
        part = cv.resize(part, small, "nearest")
    if part.all():
        return SOFTEST
    depth = cv.distance(part)
    mean = float(depth.sum()) / max(int(np.count_nonzero(part)), 1)
    return min(max(1.0, SHARE * mean * factor), SOFTEST)


def _packed(mask: Coverage) -> dict[str, object]:
    """The part of a mask that holds anything."""
    box = bounds(mask)
    levels = zlib.compress(mask[box.rows_cols].tobytes(), 6)
    return {"rect": list(box), "levels": base64.b64encode(levels).decode()}


def _unpacked(packed: object, size: Size) -> Coverage | None:
    if packed is None:
        return None
    told = cast("Mapping[str, object]", packed)
    rect = Rect(*(int(side) for side in cast("list[int]", told["rect"])))
    if rect != rect.clipped(size):
        raise ValueError("a mask of another picture")
    mask = np.zeros((size.height, size.width), np.uint8)
    if not rect.empty:
        plain = zlib.decompressobj().decompress(
            base64.b64decode(str(told["levels"]), validate=True), rect.size.area + 1
        )
        mask[rect.rows_cols] = np.frombuffer(plain, np.uint8).reshape(
            rect.size.height, rect.size.width
        )
    return mask

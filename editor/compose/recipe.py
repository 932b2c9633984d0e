"""Recipe: how an answer is put into the picture; a value that can be kept and replayed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from editor.edits.variant import Variant
from editor.imaging import cv
from editor.imaging.geometry import Size
from editor.mask.derive import bounds
from editor.mask.plane import Coverage

SHARE = 0.36
"""Default feather over the mean depth of the mask: 12 % of the radius of a disc."""

SOFTEST = 48.0
"""Source pixels; a wider fade shows what was to be painted over."""

_LOOK = 1024
"""Longest side at which a mask is measured; finer is no better."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one variant is joined.

    variant: its id. feather: source pixels over which the answer fades in, inward from the
    rim of the mask.
    """

    variant: str
    feather: float

    @classmethod
    def of(cls, variant: Variant) -> Recipe:
        """The recipe nobody has tuned: a feather that suits the mask."""
        coverage = variant.coverage
        return cls(variant.id, 0.0 if coverage is None else usual_feather(coverage))


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

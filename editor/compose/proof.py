"""Proof: how many protected pixels changed, counted by comparing pictures, never assumed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from editor.compose.patch import NativePatch, Where
from editor.imaging import cv
from editor.imaging.geometry import Size
from editor.imaging.parallel import at_once
from editor.imaging.raster import Native

_BAND = 256
# Rows compared at once, so that 60 megapixels need no second picture's worth of memory.


class Proof(NamedTuple):
    """changed of protected pixels differ in at least one sample."""

    changed: int
    protected: int


def changed(source: Native, result: Native, may_change: Where) -> Proof:
    """Compare two pictures sample by sample wherever nothing was painted.

    may_change: (rows, cols), True where the coverage was above 0. A result of another size,
    depth or number of channels has changed everywhere.
    """
    protected = int(may_change.size - np.count_nonzero(may_change))
    one, other = source.samples, result.samples
    if one.shape != other.shape or one.dtype != other.dtype:
        return Proof(protected, protected)

    def differing(top: int) -> int:
        rows = slice(top, top + _BAND)
        # Protected pixels of the one on the other: where nothing changed, the same memory.
        kept = np.array(one[rows], order="C")
        cv.copy_into(other[rows], np.invert(may_change[rows]).view(np.uint8), kept)
        if np.array_equal(kept, one[rows]):
            return 0
        return int(np.count_nonzero((kept != one[rows]).any(axis=2)))

    return Proof(sum(at_once(differing, range(0, one.shape[0], _BAND))), protected)


def painted_over(size: Size, patches: Iterable[NativePatch]) -> Where:
    """Where any of these edits was painted: (rows, cols), True for may have changed."""
    may_change = np.zeros((size.height, size.width), np.bool_)
    for patch in patches:
        may_change[patch.rect.rows_cols] |= patch.painted
    return may_change

"""Mend: a mask after the changes that something odd about it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from editor.mask.patch import Coverage
from editor.mask.reshape import reshaped
from editor.mask.way import Way

Mend = Way | Literal["invert", "withdraw"]
"""A way in which a whole mask is changed; or what may change swapped with what is kept, or a
border of the picture kept."""

EVERYWHERE = frozenset({"invert", "withdraw"})
"""Changes that reach beyond what is painted: they need all of a mask."""


def mended(coverage: Coverage, fix: Sequence[tuple[Mend, int]]) -> Coverage:
    """One change after the other; each a Mend and by how many pixels, which invert has no use for.

    coverage: (rows, cols), 0 keep .. 255 edit, which stays as it is.
    """
    for change, by in fix:
        if change == "invert":
            coverage = np.invert(coverage)
        elif change == "withdraw":
            coverage = _withdrawn(coverage, by)
        else:
            coverage = reshaped(coverage, change, by)
    return coverage


def _withdrawn(coverage: Coverage, by: int) -> Coverage:
    """The same with a border of the picture that is kept."""
    result = np.zeros_like(coverage)
    inside = slice(by, -by), slice(by, -by)
    result[inside] = coverage[inside]
    return result

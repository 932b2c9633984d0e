"""Texture: grain and sharpness given to an answer as far as the surroundings bear it out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.grain import grained
from editor.compose.patch import Where
from editor.imaging import cv

Floats = NDArray[np.float32]

MOST_WORSE = 0.3
"""Difference of colour by which grain may lead away from the source where that is known.

Grain of other dice is right for the eye and wrong for every single pixel; beyond this the
surroundings are so rough that it would be another pattern, not grain.
"""

_PIXELS = 20_000


def textured(came: Floats, source: Floats, outside: Where, inside: Where) -> Floats:
    """The answer with the grain and sharpness of its surroundings; itself where it has them.

    came, source: (rows, cols, 3) BGR, 0..1. outside: where the two may be compared.
    """
    after = grained(came, source, outside, inside | outside)
    if after is came:
        return came
    if not outside.any():
        return after
    every = slice(None, None, max(1, int(np.count_nonzero(outside)) // _PIXELS))
    true = source[outside][every]
    worse = _differs(after[outside][every], true) - _differs(came[outside][every], true)
    if worse <= MOST_WORSE:
        return after
    share = np.float32(MOST_WORSE / worse)
    part: Floats = came + (after - came) * share
    return part


def _differs(one: Floats, other: Floats) -> float:
    """Mean difference of colour, CIE 1976."""
    steps = _lab(one) - _lab(other)
    return float(np.sqrt((steps**2).sum(axis=-1)).mean())


def _lab(colours: Floats) -> Floats:
    return cv.reordered(np.ascontiguousarray(colours[None]), "bgr lab")

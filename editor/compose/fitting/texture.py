"""Texture: grain and sharpness given to an answer as far as the surroundings bear it out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.grain import grained
from editor.compose.patch import Where
from editor.imaging import cv

Floats = NDArray[np.float32]

MOST_WORSE = 0.3
"""Difference of colour by which grain may lead away from the source where that is known.

Grain of other dice is right for the eye and wrong for every single pixel; beyond this the
surroundings are so rough that it would be another pattern, not grain.
"""

REDRAWN = 8.0
"""Difference of colour from which on the surroundings were drawn anew, not only softened.

What they lack then tells nothing of what a new thing inside of them should have.
"""

_PIXELS = 20_000


def textured(came: Floats, source: Floats, outside: Where, inside: Where) -> Floats:
    """The answer with the grain and sharpness of its surroundings; itself where it has them.

    came, source: (rows, cols, 3) BGR, 0..1. outside: where the two may be compared.
    """
    after = grained(came, source, outside, inside | outside)
    if after is came:
        return came
    places = np.flatnonzero(outside)
    if not places.size:
        return after
    some = places[:: max(1, places.size // _PIXELS)]
    old, new, true = (picture.reshape(-1, 3)[some] for picture in (came, after, source))
    before = _differs(old, true)
    if before > REDRAWN:
        return came
    worse = _differs(new, true) - before
    if worse <= MOST_WORSE:
        return after
    return cv.between(came, after, MOST_WORSE / worse)


def _differs(one: Floats, other: Floats) -> float:
    """Mean difference of colour, CIE 1976."""
    steps = _lab(one) - _lab(other)
    return float(np.sqrt((steps**2).sum(axis=-1)).mean())


def _lab(colours: Floats) -> Floats:
    return cv.reordered(np.ascontiguousarray(colours[None]), "bgr lab")

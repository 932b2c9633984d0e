"""Rim: the step between an answer and its surroundings, and the membrane that closes it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.neighbourhood import Neighbourhood, Sight
from editor.compose.patch import Where
from editor.imaging import cv

Floats = NDArray[np.float32]

BESIDE = 16.0
"""Working pixels outside the rim in which the step is measured."""

_BLUR = 2.0
_MOST = 0.25
# Step of one pixel at most; a new object at the rim must not outweigh the rest.


def step(near: Neighbourhood, colours: Floats, where: Where) -> float:
    """Mean difference, 0..1, just outside the rim: what would be seen of the join."""
    if not where.any():
        return 0.0
    differs = np.abs(cv.gaussian(colours, _BLUR) - cv.gaussian(near.colours, _BLUR)).mean(axis=2)
    return float(np.minimum(differs[where], _MOST).mean())


def beside(near: Neighbourhood, seen: Sight, within: float = BESIDE) -> Where:
    """Protected pixels close to the rim for which there is an answer."""
    return near.outside & seen.there & (near.away <= within)


def spread(field: Floats, where: Where, sigma: float) -> Floats:
    """Values of some pixels carried over to the others: a blur that counts only those."""
    known = where.astype(np.float32)
    weight: Floats = np.maximum(cv.gaussian(known, sigma), 1e-4).astype(np.float32)
    carried: Floats = cv.gaussian(field * known[..., None], sigma) / weight[..., None]
    return carried


def membrane(near: Neighbourhood, colours: Floats, where: Where) -> Floats:
    """What to add so that the rim meets, fading inward: (rows, cols, 3)."""
    gap = cv.gaussian(near.colours, 4.0) - cv.gaussian(colours, 4.0)
    fade: Floats = np.exp(near.depth * np.float32(-1 / 30))
    closing: Floats = spread(gap, where, 14.0) * fade[..., None]
    return closing

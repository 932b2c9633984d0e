"""Colour: the gain and offset that bring an answer to its surroundings, held near identity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.patch import Where

Floats = NDArray[np.float32]

HOLD = 0.02
"""Weight of identity against the pairs; colours that the ring does not show stay put."""

_ROUNDS = 8
_MOST_PAIRS = 20_000


def gain_offset(answer: Floats, source: Floats, ring: Where) -> Floats:
    """Robust line per channel from answer to source over pairs of blurred pixels.

    answer, source: (rows, cols, 3) BGR 0..1, blurred. Returns (2, 3): gains, offsets.
    Huber weights (Huber, 1964) with a ridge towards gain 1 and offset 0.
    """
    here, there = answer[ring], source[ring]
    every = slice(None, None, max(1, len(here) // _MOST_PAIRS))
    return np.stack([_line(here[every, c], there[every, c]) for c in range(3)], axis=1)


def toned(colours: Floats, line: Floats) -> Floats:
    """Colours (..., 3) with gains and offsets."""
    result: Floats = colours * line[0] + line[1]
    return result


def _line(x: Floats, y: Floats) -> Floats:
    known = np.stack([x, np.ones_like(x)], axis=1).astype(np.float64)
    found = np.array([1.0, np.median(y - x)])
    for _ in range(_ROUNDS):
        missed = np.abs(known @ found - y)
        weights = 1 / np.maximum(1, (missed / (2 * np.median(missed) + 1e-3)) ** 2)
        weighed = known * weights[:, None]
        square = weighed.T @ known / len(x) + HOLD * np.eye(2)
        found = np.linalg.solve(square, weighed.T @ y / len(x) + (HOLD, 0))
    return found.astype(np.float32)

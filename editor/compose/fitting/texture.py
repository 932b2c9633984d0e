"""Texture: grain and sharpness given to an answer as far as the surroundings bear it out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import residue
from editor.compose.fitting.grain import Grain, added, grained, planned, strips
from editor.compose.patch import Where
from editor.imaging import cv

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Levels = Floats | Bytes

MOST_WORSE = 0.3
"""Difference of colour by which grain may lead away from the source where that is known.

Grain of other dice is right for the eye and wrong for every single pixel; beyond this the
surroundings are so rough that it would be another pattern, not grain.
"""

REDRAWN = 8.0
"""Difference of colour from which on the surroundings were drawn anew, not only softened.

What they lack then tells nothing of what a new thing inside of them should have.
"""

_JUDGED, _PIXELS = 4, 6_000
# Strips in which it is tried, about, and pixels of each; the whole would take far longer.


def textured(came: Bytes, source: Bytes, outside: Where, inside: Where) -> tuple[Bytes, float]:
    """The answer with the grain and sharpness of its surroundings; itself where it has them.

    came, source: (rows, cols, 4) BGRA. outside: where the two may be compared. Also tells the
    share of the source's detail that it came with.
    """
    told = residue.measured(came, source, outside)
    if told is None:
        return came, 1.0
    grain = planned(told, source, came.shape[1])
    strength = _borne_out(came, source, outside, grain) if grain else 0.0
    if grain is None or strength <= 0:
        return came, told.detail
    return grained(came, grain, inside | outside, strength), told.detail


def _borne_out(came: Bytes, source: Bytes, outside: Where, grain: Grain) -> float:
    """How much of a grain the source bears out, 0..1, tried where the two may be compared."""
    rects = strips(outside)
    olds, news, trues = [], [], []
    for rect in rects[:: max(1, len(rects) // _JUDGED)]:
        places = np.flatnonzero(outside[rect.rows_cols])
        some = np.divmod(places[:: max(1, len(places) // _PIXELS)], rect.size.width)
        old = came[rect.rows_cols][some]
        olds.append(old)
        news.append(old + added(came, rect, grain)[some])
        trues.append(source[rect.rows_cols][some])
    before, after, true = (np.concatenate(found) for found in (olds, news, trues))
    was = _differs(before, true)
    if was > REDRAWN:
        return 0.0
    worse = _differs(after, true) - was
    return 1.0 if worse <= MOST_WORSE else MOST_WORSE / worse


def _differs(one: Levels, other: Levels) -> float:
    """Mean difference of colour, CIE 1976, of BGRA levels (places, 4)."""
    steps = _lab(one) - _lab(other)
    return float(np.sqrt((steps**2).sum(axis=-1)).mean())


def _lab(levels: Levels) -> Floats:
    colours = np.clip(levels[None, :, :3] * np.float32(1 / 255), 0, 1)
    return cv.reordered(np.ascontiguousarray(colours, np.float32), "bgr lab")

"""Change: where an answer shows something else than the source, beyond drift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.fit import Fit
from editor.compose.leaking.drift import Frame, framed, settled
from editor.compose.patch import Where
from editor.edits.variant import Variant
from editor.imaging import cv
from editor.imaging.raster import Raster

SMALL, LARGE = 3.0, 10.0
"""Colour differences from which a change can be seen, and from which it is plain."""

_FINE, _COARSE = 1.0, 6.0
# Pixels of blur between which shapes lie.

_AROUND = 5.0
# Pixels of blur over which shapes are compared.

_FAINT = 0.012**2 / 2
# Variance of shapes too faint to be told from grain: they count as alike.

_LIKE = 0.5
# Correlation under which the shapes are others.

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What an answer changed, in the small grid of a frame.

    difference: CIE 1976 colour difference (rows, cols). other: where the shapes are others.
    tone: how far all colours had gone on average, 0..1, before they were brought back.
    """

    frame: Frame
    difference: Floats
    other: Where
    tone: float


def change(base: Raster, variant: Variant, fit: Fit) -> Change:
    """Compare a whole answer with the source after drift: bend, tint, slow light are no change.

    The colour difference is that of CIE 1976, the distance in CIELAB. Works at a small size;
    pure; takes some 50 ms.
    """
    seen = settled(framed(base, variant, fit.to_answer))
    away = seen.source - seen.answer
    difference = np.sqrt((away**2).sum(axis=2)).astype(np.float32)
    return Change(seen.frame, difference, _likeness(*seen.grey) < _LIKE, seen.tone)


def _likeness(one: Floats, other: Floats) -> Floats:
    """Correlation of the shapes around each place, -1..1."""
    one, other = _shapes(one), _shapes(other)
    both = cv.gaussian(one * other, _AROUND) + _FAINT
    mine, theirs = (cv.gaussian(each * each, _AROUND) + _FAINT for each in (one, other))
    return (both / np.sqrt(mine * theirs)).astype(np.float32)


def _shapes(grey: Floats) -> Floats:
    return cv.gaussian(grey, _FINE) - cv.gaussian(grey, _COARSE)

"""Heat: the map of what an answer changed outside of its mask, for the eyes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.fit import Fit
from editor.compose.leaking.change import SMALL, Change, change
from editor.edits.variant import Variant
from editor.imaging.geometry import Rect
from editor.imaging.raster import Raster

HOT = 30.0
"""Colour difference from which the map is as hot as it gets."""

Levels = NDArray[np.uint8]


def heat(base: Raster, variant: Variant, fit: Fit) -> tuple[Rect, Levels]:
    """Where an answer changed what was to stay, and how much.

    Returns the part of the source it covers and (rows, cols) CIE 1976 colour differences, to
    the nearest whole up to 255, in a smaller grid that is stretched over that part. 0 where
    something was painted and where there is no answer. Takes some 60 ms at any size.
    """
    return of_change(change(base, variant, fit))


def of_change(found: Change) -> tuple[Rect, Levels]:
    """The same of a change that is known."""
    levels = np.clip(np.rint(found.difference), 0, 255).astype(np.uint8)
    levels[~found.frame.seen] = 0
    return found.frame.rect, levels


def ramp() -> NDArray[np.float32]:
    """How strongly a colour is laid over each of 256 differences: 256 shares, rising, 0.0 to 1.0.

    Nothing below what can be seen, all from HOT on; the colour is the theme's.
    """
    above = (np.arange(256, dtype=np.float32) - np.float32(SMALL)) / np.float32(HOT - SMALL)
    shares: NDArray[np.float32] = np.sqrt(np.clip(above, 0, 1))
    return shares

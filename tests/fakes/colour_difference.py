"""CIEDE2000: how different two colours look."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv

Floats = NDArray[np.float64]
_C = 25.0**7


def ciede2000(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> Floats:
    """Difference of sRGB pixels, (rows, cols, 3) BGR each; 1 is just visible.

    Source: Sharma, Wu and Dalal, The CIEDE2000 color-difference formula, 2005.
    """
    return of_lab(_lab(one), _lab(other))


def of_lab(one: Floats, other: Floats) -> Floats:
    """The same for L*, a*, b* in the last axis."""
    (l1, a1, b1), (l2, a2, b2) = (np.moveaxis(lab, -1, 0) for lab in (one, other))
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean**7 / (mean**7 + _C))
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1 = np.degrees(np.arctan2(b1, a1 * stretch)) % 360
    h2 = np.degrees(np.arctan2(b2, a2 * stretch)) % 360
    grey = c1 * c2 == 0
    turn = np.where(grey, 0, (h2 - h1 + 180) % 360 - 180)
    hue = np.where(grey, h1 + h2, (h1 + turn / 2) % 360)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    by_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    by_chroma, by_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * _tone(hue)
    away_l, away_c = (l2 - l1) / by_light, (c2 - c1) / by_chroma
    away_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / by_hue
    lean = np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    lean = -2 * np.sqrt(chroma**7 / (chroma**7 + _C)) * lean
    square = away_l**2 + away_c**2 + away_h**2 + lean * away_c * away_h
    difference: Floats = np.sqrt(np.maximum(square, 0))
    return difference


def _tone(hue: Floats) -> Floats:
    def wave(times: int, shift: float) -> Floats:
        angle: Floats = np.radians(times * hue + shift)
        cosine: Floats = np.cos(angle)
        return cosine

    return 1 - 0.17 * wave(1, -30) + 0.24 * wave(2, 0) + 0.32 * wave(3, 6) - 0.20 * wave(4, -63)


def _lab(bgr: NDArray[np.uint8]) -> Floats:
    colours = cv.reordered(bgr.astype(np.float32) / 255, "bgr lab")
    return colours.astype(np.float64)

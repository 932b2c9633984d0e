"""Pictures with a hole whose truth is known, for tests of removal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Colours = NDArray[np.uint8]
Hole = NDArray[np.bool_]


def stripes(rows: int = 120, cols: int = 150) -> Colours:
    """Soft slanting stripes with a little noise: any piece continues any other."""
    y, x = np.mgrid[:rows, :cols]
    wave = 100 + 60 * np.sin((x + y) * 2 * np.pi / 16)
    noise = np.random.default_rng(1).normal(0, 2, (rows, cols))
    picture = np.stack([wave, wave * 0.8 + noise, 200 - wave * 0.5], axis=2)
    return _bytes(picture)


def gradient(rows: int = 120, cols: int = 150) -> Colours:
    """A slow change of brightness across and down, with grain."""
    y, x = np.mgrid[:rows, :cols]
    noise = np.random.default_rng(2).normal(0, 1.5, (rows, cols))
    planes = [60 + x * 0.7 + noise, 90 + y * 0.6 + noise, 180 - x * 0.4 + noise]
    return _bytes(np.stack(planes, axis=2))


def _bytes(picture: NDArray[np.float64]) -> Colours:
    levels: NDArray[np.float64] = np.clip(picture, 0, 255)
    return levels.astype(np.uint8)


def disc(rows: int = 120, cols: int = 150, radius: int = 18) -> Hole:
    """A round hole in the middle."""
    y, x = np.mgrid[:rows, :cols]
    away: Hole = np.hypot(y - rows // 2, x - cols // 2) <= radius
    return away


def holed(picture: Colours, hole: Hole) -> Colours:
    """The picture with something red in its hole."""
    result = picture.copy()
    result[hole] = (20, 30, 230)
    return result


def apart(one: Colours, other: Colours, hole: Hole) -> float:
    """Mean absolute difference inside the hole, in levels."""
    return float(np.abs(one[hole].astype(int) - other[hole]).mean())

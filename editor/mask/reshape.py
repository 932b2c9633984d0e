"""Reshape: a whole mask with its rim moved, softened or cleaned; each gives a new mask."""

from __future__ import annotations

import math
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from editor.imaging import areas, cv
from editor.imaging.geometry import Rect, Size
from editor.mask.derive import bounds
from editor.mask.exchange import binary
from editor.mask.patch import Coverage
from editor.mask.way import Way

STEP = 7
"""Pixels a rim is moved at once: wide discs are slow, and a disc after a disc is a wider one."""

NARROW = 4.0
"""Sigma in pixels up to which a blur is a Gaussian; wider ones are three boxes."""


def reshaped(coverage: Coverage, way: Way, by: int) -> Coverage:
    """The mask after one change; read-only masks are left as they are.

    coverage: (rows, cols), 0 keep .. 255 edit. by: pixels, 0 to MOST[way]; for holes and specks
    the largest area that goes.
    """
    if by < 1 or not coverage.any():
        return coverage.copy()
    match way:
        case "grow":
            return _grown(coverage, by)
        case "shrink":
            return _shrunk(coverage, by)
        case "feather":
            return _feathered(coverage, by)
        case "smooth":
            return _smoothed(coverage, by)
        case "harden":
            return binary(coverage)
        case "fill-holes":
            return _without_holes(coverage, by)
        case "drop-specks":
            return _without_specks(coverage, by)
        case _:
            assert_never(way)


def _grown(coverage: Coverage, by: int) -> Coverage:
    """Each value carried outward by so many pixels, soft rims with it."""
    result, here = _opened(coverage, by + 1)
    part = coverage[here.rows_cols]
    for step in _steps(by):
        part = areas.widened(part, step)
    result[here.rows_cols] = part
    return result


def _shrunk(coverage: Coverage, by: int) -> Coverage:
    """Each rim moved inward by so many pixels; the picture's own border is no rim."""
    result, here = _opened(coverage, 1)
    part = coverage[here.rows_cols]
    for step in _steps(by):
        part = areas.narrowed(part, step)
    result[here.rows_cols] = part
    return result


def _feathered(coverage: Coverage, by: int) -> Coverage:
    """Rims that fade over so many pixels to either side."""
    result, here = _opened(coverage, 2 * by + 1)
    result[here.rows_cols] = _blurred(coverage[here.rows_cols], by / 2)
    return result


def _smoothed(coverage: Coverage, by: int) -> Coverage:
    """Rims without the teeth and dents that are smaller than so many pixels; hard again."""
    result, here = _opened(coverage, by + 1)
    sigma = by / 2
    blurred = _blurred(coverage[here.rows_cols], sigma).astype(np.float32)
    # A straight rim comes out of the blur this much flatter; half coverage stays in place.
    steep = (blurred - 127.5) * np.float32(sigma * math.sqrt(2 * math.pi)) + 127.5
    result[here.rows_cols] = np.clip(steep + 0.5, 0, 255).astype(np.uint8)
    return result


def _without_holes(coverage: Coverage, largest: int) -> Coverage:
    """Kept islands inside of what may change, up to so many pixels each, change as well."""
    result, here = _opened(coverage, 1)
    part = coverage[here.rows_cols]
    # A hole goes with its soft rim where that hangs together with nothing else, else without.
    labels, islands = areas.components((part < 255).view(np.uint8))
    closed = areas.enclosed(islands, part.shape) & (islands[:, 4] <= largest)
    part = np.where(closed[labels], np.uint8(255), part)
    labels, islands = areas.components(np.invert(binary(part)))
    closed = areas.enclosed(islands, part.shape) & (islands[:, 4] <= largest)
    result[here.rows_cols] = _raised(part, labels, closed)
    return result


def _without_specks(coverage: Coverage, largest: int) -> Coverage:
    """Painted islands of up to so many pixels each are kept again, as holes are filled."""
    result, here = _opened(coverage, 0)
    part = coverage[here.rows_cols]
    labels, islands = areas.components(part)
    small = islands[:, 4] <= largest
    small[0] = False
    part = np.where(small[labels], np.uint8(0), part)
    labels, islands = areas.components(binary(part))
    small = islands[:, 4] <= largest
    small[0] = False
    result[here.rows_cols] = np.invert(_raised(np.invert(part), labels, small))
    return result


def _raised(part: Coverage, labels: NDArray[np.int32], chosen: NDArray[np.bool_]) -> Coverage:
    """Chosen islands at the highest level that lies beside each."""
    where = chosen[labels]
    levels = np.zeros(len(chosen), np.uint8)
    np.maximum.at(levels, labels[where], areas.widened(part, 1, "square")[where])
    return np.where(where, levels[labels], part)


def _opened(coverage: Coverage, around: int) -> tuple[Coverage, Rect]:
    """An empty mask, and the rectangle of it in which something may come to be."""
    size = Size(coverage.shape[1], coverage.shape[0])
    return np.zeros_like(coverage), bounds(coverage).grown(around).clipped(size)


def _steps(by: int) -> list[int]:
    return [STEP] * (by // STEP) + [by % STEP] * (by % STEP > 0)


def _blurred(part: Coverage, sigma: float) -> Coverage:
    if sigma <= NARROW:
        return cv.gaussian(part, sigma)
    # Three boxes of this side have the variance of the Gaussian.
    side = 2 * round((math.sqrt(4 * sigma * sigma + 1) - 1) / 2) + 1
    for _ in range(3):
        part = cv.box(part, side)
    return part

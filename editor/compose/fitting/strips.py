"""Strips: the places of an answer in small parts, looked at or changed on two threads at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import field
from editor.compose.fitting.grain import Grain
from editor.compose.fitting.part import Part
from editor.imaging import cv
from editor.imaging.geometry import Rect
from editor.imaging.parallel import at_once

_ROWS, _TALL = 64, 128
# Rows looked at at once to judge, and to change all: parts of the side of a field.

_COLS = field.WIDEST
# Columns worked on at once; the planes stay in the cache.

Bytes = NDArray[np.uint8]
Where = NDArray[np.bool_]


def grained(fitted: Bytes, grain: Grain, inside: Where) -> Bytes:
    """Bring the detail and the grain of an answer to those of the source around it.

    fitted: the answer at its place, (rows, cols, 4) BGRA. inside: places that are changed.
    Fine detail is scaled by what the surroundings lack, at most to the source's own; noise
    beyond the source's is taken out; grain it lacks is added, resampled from the residual of
    flat places of the source, by brightness. The same input gives the same output.
    """
    result = np.empty_like(fitted) if inside.all() else fitted.copy()

    def change(rect: Rect) -> None:
        where = inside[rect.rows_cols]
        told = None if where.all() else where.view(np.uint8)
        *colours, alpha = cv.parted(fitted[rect.rows_cols])
        for colour, more in zip(colours, Part(fitted, rect).added(grain), strict=True):
            cv.add_into(more, colour, told)
        cv.merge_into(result[rect.rows_cols], *colours, alpha)

    at_once(change, [rect for strip in strips(inside, _TALL) for rect in _in_tiles(strip)])
    return result


def strips(where: Where, height: int = _ROWS) -> list[Rect]:
    """The rows and columns of some places, at least one, in parts of a height that suits."""
    rows = np.flatnonzero(where.any(axis=1))
    found = []
    for start in (
        range(int(rows[0]) // height * height, int(rows[-1]) + 1, height) if rows.size else ()
    ):
        cols = np.flatnonzero(where[start : start + height].any(axis=0))
        if cols.size:
            bottom = min(start + height, where.shape[0])
            found.append(Rect(int(cols[0]), start, int(cols[-1]) + 1, bottom))
    return found


def _in_tiles(strip: Rect) -> list[Rect]:
    return [
        Rect(left, strip.top, min(left + _COLS, strip.right), strip.bottom)
        for left in range(strip.left, strip.right, _COLS)
    ]

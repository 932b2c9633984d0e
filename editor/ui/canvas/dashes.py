"""Dashes of lines as lines of their own; arithmetic only, no Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def along(line: NDArray[np.float64], dash: int) -> NDArray[np.int_]:
    """Dashes of a line (points, 2) and gaps as long, counted along it.

    Returns (dashes, 4) x0, y0, x1, y1 in whole pixels, both ends drawn.
    """
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    starts = np.arange(0.0, way[-1], 2 * dash)
    ends = np.minimum(starts + dash - 1, way[-1])
    places = [np.interp(at, way, line[:, axis]) for at in (starts, ends) for axis in (0, 1)]
    dashes: NDArray[np.int_] = np.rint(np.stack(places, axis=1)).astype(int)
    return dashes


def across(lines: NDArray[np.int_], dash: int) -> NDArray[np.int_]:
    """Dashes of upright and level lines (n, 4) and gaps as long, counted over the plane.

    So they go on from one stair of a pixel's edge to the next.
    """
    beat = 2 * dash
    first, last = lines[:, 0] + lines[:, 1], lines[:, 2] + lines[:, 3]
    count = last // beat - first // beat + 1
    line = np.repeat(np.arange(len(lines)), count)
    number = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count)
    start = (first // beat)[line] * beat + number * beat
    ends = np.stack([np.maximum(start, first[line]), np.minimum(start + dash - 1, last[line])])
    level = (lines[:, 3] == lines[:, 1])[line]
    from_corner = ends - first[line]
    x = lines[line, 0] + np.where(level, from_corner, 0)
    y = lines[line, 1] + np.where(level, 0, from_corner)
    dashes = np.stack([x[0], y[0], x[1], y[1]], axis=1)
    there: NDArray[np.int_] = dashes[ends[0] <= ends[1]]
    return there

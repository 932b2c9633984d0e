"""The rim of what is painted, as lines for the eyes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from editor.imaging import areas
from editor.imaging.geometry import Rect, Size
from editor.mask.patch import Coverage

LEVEL = 128
"""Coverage from which a pixel counts as painted, as in the exported mask."""

Line = NDArray[np.int32]
"""(points, 2) positions x, y; a closed line ends where it begins."""


def outline(coverage: Coverage, rects: Iterable[Rect], tolerance: float = 0.0) -> list[Line]:
    """Every rim inside of rectangles, outer and inner, through the middles of the rim's pixels.

    coverage: the whole mask; positions are in its pixels. A rim that leaves a rectangle is an
    open line, which ends a pixel further on. tolerance: pixels by which a line may be off, to
    have few points.
    """
    size = Size(coverage.shape[1], coverage.shape[0])
    lines: list[Line] = []
    for rect in rects:
        if not rect.clipped(size).empty:
            around = rect.grown(1).clipped(size)
            painted = np.greater_equal(coverage[around.rows_cols], LEVEL).view(np.uint8)
            corner = np.array([around.left, around.top], np.int32)
            for rim in areas.find_contours(painted):
                lines += _without_sides(rim + corner, around, size, tolerance)
    return lines


def _without_sides(rim: Line, around: Rect, size: Size, tolerance: float) -> list[Line]:
    """A closed rim without what only follows the sides of the rectangle it was looked for in.

    The sides of the mask itself are rims.
    """
    after = np.concatenate([rim[1:], rim[:1]])
    sides = np.array([around.left, around.top, around.right - 1, around.bottom - 1])
    ends = np.array([0, 0, size.width - 1, size.height - 1])
    aside = np.tile(rim == after, 2) & (np.tile(rim, 2) == sides) & (sides != ends)
    stops = np.flatnonzero(aside.any(axis=1)).tolist()
    if not stops:
        rim = areas.simplified(rim, tolerance) if tolerance > 0 else rim
        return [np.concatenate([rim, rim[:1]])]
    turned = np.concatenate([rim[stops[0] + 1 :], rim[: stops[0] + 1]])
    cuts = [0, *(stop - stops[0] for stop in stops[1:]), len(rim)]
    lines = [turned[begin:end] for begin, end in pairwise(cuts) if end - begin > 1]
    if tolerance > 0:
        lines = [areas.simplified(line, tolerance, closed=False) for line in lines]
    return lines


def edges(coverage: Coverage, rect: Rect) -> NDArray[np.int32]:
    """Where painted and unpainted pixels meet inside a rectangle, as lines between pixels.

    coverage: the whole mask. Returns (lines, 4) with x0, y0, x1, y1 on the corners of its
    pixels, each as long as it goes straight. What lies outside the mask counts as unpainted.
    """
    rows, cols = coverage.shape
    rect = rect.clipped(Size(cols, rows))
    if rect.empty:
        return np.empty((0, 4), np.int32)
    # One pixel more on each side tells whether the rectangle's own sides are rims.
    around = rect.grown(1).clipped(Size(cols, rows))
    painted = np.zeros((rect.size.height + 2, rect.size.width + 2), np.bool_)
    inside = Rect(0, 0, *around.size)
    shift = around.left - rect.left + 1, around.top - rect.top + 1
    target = painted[shift[1] : shift[1] + inside.bottom, shift[0] : shift[0] + inside.right]
    np.greater_equal(coverage[around.rows_cols], LEVEL, out=target)
    flat = _runs(painted[1:, 1:-1] != painted[:-1, 1:-1])
    upright = _runs((painted[1:-1, 1:] != painted[1:-1, :-1]).T)[:, [1, 0, 3, 2]]
    corner = np.array([rect.left, rect.top, rect.left, rect.top], np.int32)
    return np.concatenate([flat, upright]) + corner


def _runs(marks: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Every run of marks along a row as (start, row, end, row)."""
    padded = np.zeros((marks.shape[0], marks.shape[1] + 2), np.int8)
    padded[:, 1:-1] = marks
    turns = np.diff(padded, axis=1)
    at, starts = np.nonzero(turns > 0)
    _, ends = np.nonzero(turns < 0)
    return np.stack([starts, at, ends, at], axis=1).astype(np.int32)

"""The rim of what is painted, as lines for the eyes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.mask.patch import Coverage

LEVEL = 128
"""Coverage from which a pixel counts as painted, as in the exported mask."""

Line = NDArray[np.int32]
"""(points, 2) positions x, y; a closed line does not repeat its first point."""


def outline(coverage: Coverage, rect: Rect, tolerance: float = 0.0) -> list[Line]:
    """Every rim inside a rectangle, outer and inner, through the middles of the rim's pixels.

    coverage: the whole mask; positions are in its pixels. A rim that leaves the rectangle
    follows its border there. tolerance: pixels by which a line may be off, to have few points.
    """
    rect = rect.clipped(Size(coverage.shape[1], coverage.shape[0]))
    if rect.empty:
        return []
    painted = np.greater_equal(coverage[rect.rows_cols], LEVEL).view(np.uint8)
    corner = np.array([rect.left, rect.top], np.int32)
    lines = cv.find_contours(painted)
    if tolerance > 0:
        lines = [cv.simplified(line, tolerance) for line in lines]
    return [line + corner for line in lines]


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

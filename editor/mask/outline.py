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


def outline(coverage: Coverage, rect: Rect) -> list[Line]:
    """Every rim inside a rectangle, outer and inner, through the middles of the rim's pixels.

    coverage: the whole mask; positions are in its pixels. A rim that leaves the rectangle
    follows its border there.
    """
    rect = rect.clipped(Size(coverage.shape[1], coverage.shape[0]))
    if rect.empty:
        return []
    painted = np.greater_equal(coverage[rect.rows_cols], LEVEL).view(np.uint8)
    corner = np.array([rect.left, rect.top], np.int32)
    return [line + corner for line in cv.find_contours(painted)]

"""Runs: neighbours of one value in a grid, as few rectangles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from editor.imaging.geometry import Rect

MIXED = -1
"""Stands for a tile whose pixels differ; else the value they all have does, 0 to 255."""

Grid = NDArray[np.int16]
"""(rows, cols) of tiles."""


def runs(grid: Grid) -> Iterator[tuple[Rect, int]]:
    """Rectangles of the grid that hold one value each and all of it together.

    Rows that are alike are taken together, and so are neighbours in them.
    """
    rows, cols = grid.shape
    turns = np.flatnonzero((grid[1:] != grid[:-1]).any(axis=1)) + 1
    tops = [0, *turns.tolist(), rows]
    for top, bottom in pairwise(tops):
        row = grid[top]
        lefts = [0, *(np.flatnonzero(row[1:] != row[:-1]) + 1).tolist(), cols]
        for left, right in pairwise(lefts):
            yield Rect(left, top, right, bottom), int(row[left])

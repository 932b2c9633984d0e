"""Runs: neighbours of one value in a grid, as few rectangles, and where unlike ones meet."""

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


def rims(grid: Grid, level: int, times: int) -> NDArray[np.bool_]:
    """Where values from a level on may end, inside of a tile or at its sides.

    Beyond the grid they end. Returns squares of so many tiles a side.
    """
    rows, cols = grid.shape
    high = np.pad(grid >= level, 1)
    within = high[:-2, 1:-1] & high[2:, 1:-1] & high[1:-1, :-2] & high[1:-1, 2:]
    found = (grid == MIXED) | (high[1:-1, 1:-1] & ~within)
    by_rows = np.logical_or.reduceat(found, np.arange(0, rows, times), axis=0)
    squares: NDArray[np.bool_] = np.logical_or.reduceat(by_rows, np.arange(0, cols, times), axis=1)
    return squares

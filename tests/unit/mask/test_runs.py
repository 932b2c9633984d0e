import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from editor.imaging.geometry import Rect
from editor.mask.runs import MIXED, Grid, rims, runs

GRIDS = arrays(
    np.int16, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.integers(MIXED, 1)
)


@given(GRIDS)
def test_rectangles_are_the_whole_grid_and_hold_one_value_each(grid: Grid) -> None:
    seen = np.zeros(grid.shape, int)
    for rect, value in runs(grid):
        assert not rect.empty
        assert (grid[rect.rows_cols] == value).all()
        seen[rect.rows_cols] += 1
    assert (seen == 1).all()


def test_neighbours_and_rows_that_are_alike_are_taken_together() -> None:
    grid = np.array([[0, 0, 255], [0, 0, 255], [7, MIXED, MIXED]], np.int16)
    assert list(runs(grid)) == [
        (Rect(0, 0, 2, 2), 0),
        (Rect(2, 0, 3, 2), 255),
        (Rect(0, 2, 1, 3), 7),
        (Rect(1, 2, 3, 3), MIXED),
    ]


def test_a_grid_of_one_value_is_one_rectangle() -> None:
    assert list(runs(np.full((25, 38), 9, np.int16))) == [(Rect(0, 0, 38, 25), 9)]


def test_rims_lie_in_tiles_that_differ_and_in_high_ones_beside_others() -> None:
    grid = np.zeros((6, 6), np.int16)
    grid[1:5, 1:5] = 255
    grid[3, 3] = MIXED
    expected = grid != 0
    expected[2, 2] = False
    assert np.array_equal(rims(grid, 128, 1), expected)
    assert np.array_equal(rims(grid, 128, 2), np.ones((3, 3), bool))
    assert not rims(np.full((3, 3), 127, np.int16), 128, 1).any()
    full = rims(np.full((3, 3), 255, np.int16), 128, 1)
    assert full.sum() == 8
    assert not full[1, 1]

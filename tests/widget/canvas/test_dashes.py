import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from editor.ui.canvas.dashes import across, along

corner = st.integers(-200, 200)


def cells(dashes: np.ndarray) -> set[tuple[int, int]]:
    """Every pixel of upright and level lines."""
    found = set()
    for x0, y0, x1, y1 in dashes.tolist():
        found |= {(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)}
    return found


@given(corner, corner, st.integers(0, 60), st.booleans())
def test_edges_are_dashed_by_their_place(x: int, y: int, length: int, level: bool) -> None:
    line = [x, y, x + length, y] if level else [x, y, x, y + length]
    whole = cells(np.array([line]))
    wanted = {(col, row) for col, row in whole if (col + row) % 8 < 4}
    assert cells(across(np.array([line]), 4)) == wanted


def test_many_edges_at_once_are_each_by_itself() -> None:
    chance = np.random.default_rng(1)
    starts = chance.integers(-50, 50, (40, 2))
    lines = np.concatenate([starts, starts + np.array([[9, 0]])], axis=1)
    lines[20:, 2:] = lines[20:, :2] + np.array([0, 13])
    together = cells(across(lines, 4))
    assert together == set().union(*(cells(across(lines[at : at + 1], 4)) for at in range(40)))
    assert across(lines[:0], 4).shape == (0, 4)


def test_dashes_go_on_around_a_corner() -> None:
    line = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]])
    assert along(line, 4).tolist() == [[0, 0, 3, 0], [8, 0, 10, 1], [10, 6, 10, 9]]


def test_a_point_has_no_dashes() -> None:
    assert along(np.array([[5.0, 5.0], [5.0, 5.0]]), 4).shape == (0, 4)

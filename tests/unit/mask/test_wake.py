import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.imaging.geometry import Rect
from editor.mask.brush import WIDE, Nib, Part, nib
from editor.mask.wake import MARKS, Wake

ROOM = Rect(30, 20, 480, 390)
"""Smaller than a dab, and not at the corner of the plane."""

STEPS = st.one_of(st.integers(-20, 20), st.integers(-300, 300), st.just(0))


def area(parts: list[Part]) -> int:
    return sum((right - left) * (bottom - top) for left, top, right, bottom in parts)


def pressed(nib_: Nib, plane: np.ndarray, col: int, row: int, parts: list[Part]) -> None:
    """Paint parts of a dab, which must lie in the room."""
    kernel, reach = nib_.dab.kernels[0], nib_.dab.reach
    for left, top, right, bottom in parts:
        place = Rect(left + col, top + row, right + col, bottom + row)
        assert not place.empty
        assert place.joined(ROOM) == ROOM
        seen = plane[place.rows_cols]
        part = kernel[reach + top : reach + bottom, reach + left : reach + right]
        np.maximum(seen, part, out=seen)


def all_of(nib_: Nib, col: int, row: int) -> list[Part]:
    """The square of a dab in the room."""
    reach = nib_.dab.reach
    left, top = max(-reach, ROOM.left - col), max(-reach, ROOM.top - row)
    right, bottom = min(reach + 1, ROOM.right - col), min(reach + 1, ROOM.bottom - row)
    return [(left, top, right, bottom)] if left < right and top < bottom else []


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(STEPS, STEPS), max_size=3 * MARKS),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.sampled_from([1.0, 0.25]),
)
def test_what_is_left_out_changes_nothing(
    steps: list[tuple[int, int]], hardness: float, strength: float
) -> None:
    tool = nib(WIDE, hardness, False, strength)
    wake = Wake(tool)
    plane, other = np.zeros((2, 400, 500), np.uint8)
    col, row = 250, 200
    for across, down in [(0, 0), *steps]:
        col, row = col + across, row + down
        pressed(tool, plane, col, row, list(wake.ahead(col, row, ROOM)))
        pressed(tool, other, col, row, all_of(tool, col, row))
        assert np.array_equal(plane, other)


def test_the_first_dab_is_whole_and_a_second_one_there_changes_nothing() -> None:
    tool = nib(WIDE, 0.5, False)
    wake, room = Wake(tool), Rect(0, 0, 1000, 1000)
    assert list(wake.ahead(500, 500, room)) == list(tool.bands[::-1])
    assert list(wake.ahead(500, 500, room)) == []


def test_every_other_dab_goes_upward() -> None:
    wake, room = Wake(nib(WIDE, 0.5, False)), Rect(0, 0, 2000, 2000)
    tops = [[part[1] for part in wake.ahead(600 + 16 * at, 900, room)] for at in range(4)]
    assert [seen == sorted(seen) for seen in tops] == [False, True, False, True]


@pytest.mark.parametrize(("across", "down"), [(16, 0), (-16, 0), (0, 16), (0, -16), (11, -11)])
def test_straight_on_a_part_of_the_ring_is_left(across: int, down: int) -> None:
    tool = nib(2 * WIDE, 0.5, False)
    wake, room = Wake(tool), Rect(0, 0, 4000, 4000)
    for at in range(20):
        left = area(list(wake.ahead(2000 + at * across, 2000 + at * down, room)))
    ring = np.count_nonzero(tool.dab.kernels[0]) - np.pi * tool.core**2
    assert ring / 2 <= left < 0.9 * ring


def test_on_the_way_back_less_is_left() -> None:
    wake, room = Wake(nib(WIDE, 0.5, False)), Rect(0, 0, 3000, 2000)
    there = [area(list(wake.ahead(800 + 16 * at, 900, room))) for at in range(60)]
    back = [area(list(wake.ahead(1744 - 16 * at, 950, room))) for at in range(60)]
    assert sum(back[5:55]) < 0.5 * sum(there[5:55])

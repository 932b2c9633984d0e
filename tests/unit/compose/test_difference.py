"""Differences: what has changed, where, how much, and told for inside and outside apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.compose.blend import Overlay
from editor.compose.difference import LEVELS, Difference, Tally, difference
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from tests.fakes.joining import noise

SIZE = Size(150, 110)
BOX = Rect(20, 15, 120, 100)


def coverage() -> np.ndarray:
    painted = np.zeros((SIZE.height, SIZE.width), np.uint8)
    painted[30:60, 40:90] = 255
    painted[60:62, 40:90] = 1
    return painted


def overlay(base: Raster, box: Rect = BOX) -> Overlay:
    return Overlay(box, base.pixels[box.rows_cols].copy())


def test_an_answer_that_changes_nothing_is_the_same_everywhere() -> None:
    base = noise(SIZE)
    found = difference(base, overlay(base), coverage())
    assert found.rect == BOX
    assert not found.levels.any()
    assert found.tallies(8) == (Tally(50 * 32, 0, 0), Tally(SIZE.area - 50 * 32, 0, 0))


def test_changes_are_counted_by_size_and_by_side_of_the_mask() -> None:
    base = Raster(np.full((SIZE.height, SIZE.width, 4), (100, 100, 100, 255), np.uint8))
    answer = overlay(base)
    answer.pixels[20, 25:27] = (109, 100, 100, 255)  # row 35, columns 45 and 46: inside
    answer.pixels[21, 25] = (100, 92, 100, 255)
    answer.pixels[46, 30] = (100, 100, 99, 255)  # row 61: faintly painted is inside as well
    answer.pixels[0, 0:3] = (100, 100, 108, 255)  # row 15: outside
    answer.pixels[1, 0] = (100, 100, 100, 0)
    found = difference(base, answer, coverage())
    inside, outside = found.tallies(8)
    assert inside == Tally(50 * 32 - 4, 2, 2)
    assert outside == Tally(SIZE.area - 50 * 32 - 4, 3, 1)
    assert (inside.changed, outside.changed) == (4, 4)
    assert inside.all + outside.all == SIZE.area
    assert found.levels[1, 0] == 255
    assert found.tallies(0)[0] == Tally(50 * 32 - 4, 0, 4)
    assert found.tallies(255)[1] == Tally(SIZE.area - 50 * 32 - 4, 4, 0)


def test_without_a_mask_all_is_inside() -> None:
    base = noise(SIZE)
    answer = overlay(base)
    answer.pixels[5, 5] ^= 64
    inside, outside = difference(base, answer, None).tallies(10)
    assert inside == Tally(SIZE.area - 1, 0, 1)
    assert outside == Tally(0, 0, 0)


def test_what_is_painted_beyond_the_answer_is_the_same() -> None:
    base = noise(SIZE)
    everywhere = np.full((SIZE.height, SIZE.width), 255, np.uint8)
    inside, outside = difference(base, overlay(base, Rect(0, 0, 9, 9)), everywhere).tallies(8)
    assert inside == Tally(SIZE.area, 0, 0)
    assert outside == Tally(0, 0, 0)


def test_clear_pixels_are_the_same_whatever_colour_they_hide() -> None:
    base = Raster(np.full((SIZE.height, SIZE.width, 4), (9, 9, 9, 0), np.uint8))
    answer = overlay(base)
    answer.pixels[..., :3] = 200
    answer.pixels[3, 3, 3] = 30
    found = difference(base, answer, None)
    assert found.tallies(8)[0] == Tally(SIZE.area - 1, 0, 1)
    assert found.levels[3, 3] == 191


@given(
    st.integers(1, 300),
    st.integers(1, 300),
    st.floats(0, 0.999),
    st.floats(0, 0.999),
    st.integers(1, 255),
)
def test_one_changed_pixel_is_seen_from_any_distance(
    width: int, height: int, across: float, down: float, level: int
) -> None:
    levels = np.zeros((height, width), np.uint8)
    y, x = int(down * height), int(across * width)
    levels[y, x] = level
    none = np.zeros(LEVELS, np.int64)
    copies = Difference(Rect(0, 0, width, height), levels, none, none).copies
    assert max(copies[-1].shape) <= 64
    for number, copy in enumerate(copies):
        assert copy.shape == (-(-height // 2**number), -(-width // 2**number))
        assert copy[y >> number, x >> number] == level
        assert np.count_nonzero(copy) == 1
        assert copy.flags.c_contiguous


@pytest.mark.parametrize("threshold", [0, 1, 40, 254, 255])
def test_the_counts_are_those_of_the_pixels(threshold: int) -> None:
    base, other = noise(SIZE), noise(SIZE, 5)
    painted = coverage()
    answer = Overlay(BOX, other.pixels[BOX.rows_cols].copy())
    shown = base.pixels.copy()
    shown[BOX.rows_cols] = answer.pixels
    apart = np.abs(shown.astype(int) - base.pixels.astype(int)).max(axis=2)
    for tally, where in zip(
        difference(base, answer, painted).tallies(threshold),
        (painted > 0, painted == 0),
        strict=True,
    ):
        assert tally.same == np.count_nonzero(where & (apart == 0))
        assert tally.small == np.count_nonzero(where & (apart > 0) & (apart <= threshold))
        assert tally.large == np.count_nonzero(where & (apart > threshold))

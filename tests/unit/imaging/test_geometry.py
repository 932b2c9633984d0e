from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.imaging.geometry import NOWHERE, Rect, Size, tiles_over, whole

SIDES = st.integers(-40, 40)
RECTS = st.builds(Rect, SIDES, SIDES, SIDES, SIDES)


def pixels(rect: Rect) -> set[tuple[int, int]]:
    return {(x, y) for x in range(rect.left, rect.right) for y in range(rect.top, rect.bottom)}


def test_sizes() -> None:
    assert Size(3, 4).area == 12
    assert Rect(1, 2, 4, 6).size == Size(3, 4)
    assert whole(Size(3, 4)) == Rect(0, 0, 3, 4)
    assert NOWHERE.empty


def test_a_rectangle_indexes_an_array() -> None:
    grid = np.zeros((5, 6), int)
    grid[Rect(1, 2, 4, 3).rows_cols] = 1
    assert grid.sum() == 3
    assert grid[2, 1:4].all()


@given(RECTS)
def test_empty_means_no_pixels(rect: Rect) -> None:
    assert rect.empty == (not pixels(rect))


@given(RECTS)
def test_clipping_keeps_what_is_on_the_grid(rect: Rect) -> None:
    size = Size(20, 10)
    assert pixels(rect.clipped(size)) == pixels(rect) & pixels(whole(size))


@given(RECTS, RECTS)
def test_joining_covers_both_and_no_more_than_needed(one: Rect, two: Rect) -> None:
    joined = one.joined(two)
    assert pixels(one) | pixels(two) <= pixels(joined)
    if not one.empty and not two.empty:
        sides = zip(one, two, strict=True)
        assert joined == tuple((min, min, max, max)[n](*pair) for n, pair in enumerate(sides))


@given(RECTS, RECTS)
def test_overlap_is_sharing_a_pixel(one: Rect, two: Rect) -> None:
    if not one.empty and not two.empty:
        assert one.overlaps(two) == bool(pixels(one) & pixels(two))


@given(RECTS, RECTS)
def test_seen_from_another_it_lies_as_far_off(one: Rect, two: Rect) -> None:
    seen = one.seen_from(two)
    moved = {(x + two.left, y + two.top) for x, y in pixels(seen)}
    assert moved == pixels(one)
    assert seen.size == one.size


@given(RECTS, st.integers(0, 5))
def test_growing_moves_each_side(rect: Rect, by: int) -> None:
    assert rect.grown(by).grown(-by) == rect
    assert rect.grown(by).size == Size(rect.size.width + 2 * by, rect.size.height + 2 * by)


@given(RECTS, st.integers(1, 16))
def test_tiles_cover_a_rectangle_without_overlap(rect: Rect, side: int) -> None:
    tiles = list(tiles_over(rect, side))
    assert all(tile.left % side == 0 and tile.top % side == 0 for tile in tiles)
    assert all(tile.size == (side, side) and tile.overlaps(rect) for tile in tiles)
    covered = [pixel for tile in tiles for pixel in pixels(tile)]
    assert len(covered) == len(set(covered))
    assert pixels(rect) <= set(covered)


@pytest.mark.parametrize("rect", [NOWHERE, Rect(5, 5, 5, 9)])
def test_nothing_has_no_tiles(rect: Rect) -> None:
    assert list(tiles_over(rect, 8)) == []


def test_common_is_what_both_cover() -> None:
    assert Rect(0, 0, 10, 10).common(Rect(5, -3, 20, 4)) == Rect(5, 0, 10, 4)
    assert Rect(0, 0, 10, 10).common(Rect(10, 0, 20, 10)).empty

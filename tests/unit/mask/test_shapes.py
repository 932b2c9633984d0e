"""Rectangles, ellipses and lassos cover what they enclose, each rim pixel by its area."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.imaging.geometry import Point, Rect, Size
from editor.mask.shapes import BAND, ellipse, lasso, rectangle

SIZE = Size(120, 90)


def laid(parts, size=SIZE) -> np.ndarray:
    coverage = np.zeros((size.height, size.width), np.uint8)
    for rect, part in parts:
        coverage[rect.rows_cols] = part
    return coverage


def area(parts, size=SIZE) -> float:
    return laid(parts, size).sum(dtype=np.int64) / 255


def test_a_rectangle_takes_every_pixel_it_touches() -> None:
    (part,) = rectangle(Point(20.9, 40.2), Point(10.1, 30.0), SIZE)
    assert part.rect == Rect(10, 30, 21, 41)
    assert part.coverage.min() == 255


def test_a_rectangle_beyond_the_picture_is_cut_off() -> None:
    assert area(rectangle(Point(-50, -50), Point(10, 10), SIZE)) == 100
    assert not list(rectangle(Point(-50, -50), Point(-1, 10), SIZE))


def test_an_ellipse_has_the_area_of_one() -> None:
    found = area(ellipse(Point(20.3, 10.2), Point(100.7, 80.9), SIZE))
    assert found == pytest.approx(math.pi * 80.4 / 2 * 70.7 / 2, rel=1e-3)


def test_a_large_ellipse_comes_in_bands() -> None:
    size = Size(900, 2 * BAND + 10)
    parts = list(ellipse(Point(0, 0), Point(900, size.height), size))
    assert [part.rect.top for part in parts] == [0, BAND, 2 * BAND]
    assert area(parts, size) == pytest.approx(math.pi / 4 * 900 * size.height, rel=1e-3)


def test_half_a_pixel_is_half_covered() -> None:
    corners = [Point(10.5, 10), Point(20, 10), Point(20, 20.25), Point(10.5, 20.25)]
    coverage = laid(lasso(corners, SIZE))
    assert coverage[15, 10] == 128
    assert coverage[20, 15] == 64
    assert coverage[20, 10] == 32
    assert coverage[15, 15] == 255
    assert coverage[15, 9] == coverage[21, 15] == coverage[15, 20] == 0


def test_loops_that_cross_count_as_inside() -> None:
    once = [Point(10, 10), Point(30, 10), Point(30, 30), Point(10, 30)]
    assert np.array_equal(laid(lasso(once * 2, SIZE)), laid(lasso(once, SIZE)))
    eight = [Point(10, 10), Point(50, 50), Point(50, 10), Point(10, 50)]
    assert area(lasso(eight, SIZE)) == pytest.approx(800, abs=1)


@pytest.mark.parametrize("corners", [[], [Point(3, 3)], [Point(3, 3), Point(9, 9)]])
def test_less_than_a_triangle_encloses_nothing(corners) -> None:
    assert not list(lasso(corners, SIZE))


def test_a_lasso_outside_of_the_picture_is_nothing() -> None:
    assert not list(lasso([Point(-9, -9), Point(-1, -9), Point(-5, -1)], SIZE))


@given(
    st.lists(st.tuples(st.floats(-40, 160), st.floats(-40, 130)), min_size=3, max_size=12),
    st.integers(0, 11),
    st.booleans(),
)
def test_where_a_lasso_begins_and_which_way_it_runs_do_not_matter(line, first, back) -> None:
    corners = [Point(x, y) for x, y in line]
    turned = corners[first % len(corners) :] + corners[: first % len(corners)]
    other = turned[::-1] if back else turned
    one, two = laid(lasso(corners, SIZE)), laid(lasso(other, SIZE))
    assert np.abs(one.astype(int) - two).max() <= 1


@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 90)), min_size=3, max_size=3))
def test_a_triangle_covers_its_area(line) -> None:
    (ax, ay), (bx, by), (cx, cy) = line
    true = abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
    found = area(lasso([Point(x, y) for x, y in line], SIZE))
    assert found == pytest.approx(true, abs=0.5 + 0.01 * true)

"""A thing is found by a box or a scribble, and its rim lies on the edge in the picture."""

import numpy as np
import pytest

from editor.imaging.geometry import Point, Rect, Size
from editor.mask.object import LARGEST, STEPS, Cut, drawn, improved, in_box, marked, under
from tests.fakes.drawn import opaque
from tests.fakes.objects import box_around, cup, overlap, scene, scribble_on, star

SMALL, LARGE = Size(480, 360), Size(1600, 1200)


def found(cut: Cut, picture) -> np.ndarray:
    for _ in range(STEPS):
        cut = improved(cut)
    part = drawn(cut, picture)
    coverage = np.zeros(picture.pixels.shape[:2], np.uint8)
    coverage[part.rect.rows_cols] = part.coverage
    return coverage


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("thing", [cup, star])
@pytest.mark.parametrize("how", ["box", "scribble"])
def test_drawn_things_are_found(size, thing, how) -> None:
    true = thing(size)
    picture = scene(true)
    by_box = how == "box"
    cut = in_box(picture, box_around(true)) if by_box else under(picture, scribble_on(true))
    assert overlap(found(cut, picture), true) >= 0.97


def test_it_works_on_a_small_picture() -> None:
    cut = in_box(scene(cup(LARGE)), Rect(0, 0, 1600, 1200))
    assert cut.bgr.shape[0] * cut.bgr.shape[1] <= LARGEST
    assert cut.scale < 0.3


def test_nothing_beyond_the_box_is_taken() -> None:
    true = cup(SMALL)
    left = box_around(true)
    half = Rect(left.left, left.top, (left.left + left.right) // 2, left.bottom)
    coverage = found(in_box(scene(true), half), scene(true))
    assert not coverage[:, half.right + 3 :].any()


@pytest.mark.parametrize("thing", [cup, star])
def test_another_thing_of_the_same_colour_is_the_object_of_a_box_and_not_of_a_scribble(
    thing,
) -> None:
    true, apart = thing(SMALL), np.zeros_like(thing(SMALL))
    apart[45:120, 375:465] = 255
    both = np.maximum(true, apart)
    picture = scene(both)
    assert overlap(found(under(picture, scribble_on(true)), picture), true) >= 0.97
    assert overlap(found(under(picture, scribble_on(apart)), picture), apart) >= 0.97
    assert overlap(found(in_box(picture, box_around(both)), picture), both) >= 0.97


def test_a_further_scribble_takes_less_or_more() -> None:
    true = cup(SMALL)
    other = np.zeros_like(true)
    other[20:60, 20:60] = 255
    picture = scene(np.maximum(true, other))
    across = [Point(22, 40), Point(58, 40)]
    less = marked(under(picture, scribble_on(true)), across, inside=False)
    assert found(less, picture)[40, 40] < 128
    assert overlap(found(less, picture), true) >= 0.97
    more = marked(less, across, inside=True)
    assert overlap(found(more, picture), np.maximum(true, other)) >= 0.97


def test_a_scribble_off_the_picture_finds_nothing() -> None:
    picture = scene(cup(SMALL))
    cut = improved(under(picture, [Point(-50, -50), Point(-40, -40)]))
    assert cut.steps == 1
    assert not drawn(cut, picture).coverage.any()


def test_a_tiny_picture_is_no_trouble() -> None:
    picture = opaque(np.full((3, 2, 3), 90, np.uint8))
    cut = improved(in_box(picture, Rect(0, 0, 2, 3)))
    assert drawn(cut, picture).rect == Rect(0, 0, 2, 3)


def test_every_step_gives_the_same_for_the_same() -> None:
    true = star(SMALL)
    picture = scene(true)
    one, two = (found(in_box(picture, box_around(true)), picture) for _ in range(2))
    assert np.array_equal(one, two)


def test_the_rim_lies_within_a_pixel_of_the_edge() -> None:
    true = cup(LARGE)
    picture = scene(true, grain=3)
    coverage = found(in_box(picture, box_around(true)), picture)
    wrong = np.abs(coverage.astype(int) - true)
    rim = (true > 0) & (true < 255)
    assert wrong[rim].mean() < 70
    assert (wrong > 128).sum() < 2 * rim.sum()

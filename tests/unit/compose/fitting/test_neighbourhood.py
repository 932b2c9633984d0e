import numpy as np
import pytest

from editor.compose.fitting.neighbourhood import (
    Answer,
    bent,
    look,
    neighbourhood,
    reduced,
    sight,
    smaller,
    softened,
    within,
)
from editor.compose.fitting.placed import at, matrix
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from tests.fakes.redrawing import ellipse, raster, scene

SIZE = Size(320, 240)
PICTURE = raster(scene(SIZE))
START = matrix(Placement(whole(SIZE), SIZE), SIZE)


def whole_answer(picture: Raster) -> Answer:
    return Answer(picture, np.eye(2, 3))


@pytest.mark.parametrize("longest", [100, 999])
def test_a_part_is_seen_at_a_working_size(longest: int) -> None:
    rect = Rect(40, 20, 300, 220)
    near = neighbourhood(PICTURE, ellipse(SIZE), rect, longest)
    assert max(near.size) == min(longest, 260)
    middle = (near.size.width - 1) / 2, (near.size.height - 1) / 2
    assert at(near.to_source, *middle) == pytest.approx((169.5, 119.5))
    assert near.outside[0, 0]
    row, col = near.size.height // 2, near.size.width // 2
    assert not near.outside[row, col]
    assert near.depth[row, col] > 0
    assert near.away[row, col] == 0
    assert near.depth[0, 0] == 0


def test_without_paint_all_is_far_away() -> None:
    near = neighbourhood(PICTURE, np.zeros((240, 320), np.uint8), whole(SIZE), 100)
    assert near.outside.all()
    assert near.away.min() > 1000


def test_an_answer_of_another_size_is_seen_in_the_same_grid() -> None:
    near = neighbourhood(PICTURE, ellipse(SIZE), whole(SIZE), 160)
    answer = reduced(raster(scene(SIZE)), START, near)
    assert answer.raster.size == Size(160, 120)
    seen = sight(near, answer, START)
    assert seen.there.all()
    assert np.abs(seen.colours - near.colours).mean() < 0.01
    assert np.abs(seen.soft - near.soft).mean() < 0.01


def test_a_sight_is_bent() -> None:
    near = neighbourhood(PICTURE, ellipse(SIZE), whole(SIZE), 999)
    seen = sight(near, whole_answer(PICTURE), START)
    right = np.zeros((240, 320, 2), np.float32)
    right[..., 0] = 5
    after = bent(near, seen, right)
    assert np.abs(after.colours[:, :-5] - seen.colours[:, 5:]).max() < 1e-3
    assert after.there.all()


def test_only_the_own_rim_of_an_area_counts() -> None:
    both = ellipse(SIZE, 0.1, (0.25, 0.5)) | ellipse(SIZE, 0.1, (0.75, 0.5))
    left = ellipse(SIZE, 0.1, (0.25, 0.5))
    near = smaller(look(PICTURE, both, whole(SIZE), 999, left), 999)
    assert not near.outside[120, 240]
    assert near.away[120, 240] > 100
    assert near.depth[120, 80] > 0


def test_of_a_very_large_source_some_pixels_are_enough() -> None:
    large = Size(1600, 1200)
    picture = raster(scene(large))
    near = neighbourhood(picture, ellipse(large), whole(large), 100)
    full = neighbourhood(PICTURE, ellipse(SIZE), whole(SIZE), 100)
    assert near.size == full.size
    assert np.abs(near.depth - full.depth).mean() < 1.0


def test_beyond_an_answer_there_is_nothing() -> None:
    there = np.array([[1.0, 0, -10], [0, 1, 0]])
    inside = within(there, Size(30, 20), Size(15, 20))
    assert inside[:, 10:25].all()
    assert not inside[:, :10].any()
    assert not inside[:, 25:].any()


def test_what_is_clear_in_an_answer_is_not_there() -> None:
    pixels = PICTURE.pixels.copy()
    pixels[:100, :, 3] = 0
    near = neighbourhood(PICTURE, ellipse(SIZE), whole(SIZE), 999)
    seen = sight(near, whole_answer(Raster(pixels)), START)
    assert not seen.there[:98].any()
    assert seen.there[102:].all()


def test_softened_of_what_is_inside_nothing_gets_out() -> None:
    colours = np.zeros((40, 40, 3), np.float32)
    colours[10:30, 10:30] = 1
    outside = colours[..., 0] == 0
    soft = softened(colours, outside)
    assert soft[outside].max() < 1e-6
    assert np.array_equal(soft[~outside], colours[~outside])
    assert 0.01 < softened(colours, np.ones_like(outside))[8, 20].max() < 0.5


def test_a_smaller_one_of_the_same_look_is_as_if_looked_at_alone() -> None:
    size = Size(240, 180)
    picture, mask = raster(scene(size)), ellipse(size)
    seen = look(picture, mask, whole(size), 120)
    largest, small = smaller(seen, 120), smaller(seen, 40)
    alone = neighbourhood(picture, mask, whole(size), 40)
    assert largest.size == (120, 90)
    assert small.size == alone.size == (40, 30)
    np.testing.assert_allclose(small.colours, alone.colours, atol=0.01)
    assert not (small.outside & ~alone.outside).any(), "no paint counts as outside"

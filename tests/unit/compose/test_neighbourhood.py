import numpy as np
import pytest

from editor.compose.neighbourhood import neighbourhood, sight, within
from editor.compose.placed import at, matrix
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from tests.fakes.redrawing import ellipse, raster, scene

SIZE = Size(320, 240)
PICTURE = raster(scene(SIZE))


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
    answer = raster(scene(SIZE))
    seen = sight(near, answer, matrix(Placement(whole(SIZE), SIZE), SIZE))
    assert seen.there.all()
    assert np.abs(seen.colours - near.colours).mean() < 0.01


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
    seen = sight(near, Raster(pixels), matrix(Placement(whole(SIZE), SIZE), SIZE))
    assert not seen.there[:98].any()
    assert seen.there[102:].all()

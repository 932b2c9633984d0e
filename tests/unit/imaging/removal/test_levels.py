import numpy as np
import pytest

from editor.imaging.geometry import Rect
from editor.imaging.removal.levels import bounding, halved, levels, touched, window
from tests.fakes.holes import disc, holed, stripes


def test_the_box_of_a_hole() -> None:
    hole = np.zeros((20, 30), np.bool_)
    hole[4, 7] = hole[9, 20] = True
    assert bounding(hole) == Rect(7, 4, 21, 10)


def test_the_window_has_context_on_every_side() -> None:
    hole = np.zeros((3000, 4000), np.bool_)
    hole[1000:1100, 2000:2200] = True
    assert window(hole, 1.5) == Rect(1700, 700, 2500, 1400)
    assert window(hole, 0.01) == Rect(1952, 952, 2248, 1148)


def test_a_large_hole_gets_less_context_and_never_beyond_the_picture() -> None:
    hole = np.zeros((3000, 4000), np.bool_)
    hole[500:2500, 500:2500] = True
    assert window(hole, 2.5) == Rect(0, 0, 3500, 3000)


def test_each_level_is_half_of_the_one_before() -> None:
    hole = disc(121, 151, 18)
    found = levels(holed(stripes(121, 151), hole), hole, 5.0)
    assert [level.hole.shape for level in found] == [(124, 152), (62, 76), (31, 38)]
    assert found[0].colours.dtype == np.uint8
    assert found[1].colours.dtype == np.float32


def test_the_hole_is_never_mixed_in() -> None:
    hole = disc(120, 150, 18)
    for level in levels(holed(stripes(), hole), hole, 3.0):
        seen = level.colours[~level.hole]
        assert float(seen[:, 2].max()) < 185  # the hole is 230 red, the stripes at most 180


def test_a_long_stroke_is_made_small_too() -> None:
    hole = np.zeros((600, 600), np.bool_)
    hole[100:500, 100:500] |= np.eye(400, dtype=np.bool_)
    assert len(levels(stripes(600, 600), hole, 20.0)) == 4


def test_levels_end_where_too_little_is_known() -> None:
    hole = np.ones((60, 60), np.bool_)
    hole[:20] = False
    assert len(levels(stripes(60, 60), hole, 2.0)) == 2
    hole[5:] = True
    assert levels(stripes(60, 60), hole, 2.0) == []


def test_values_at_half_size_leave_the_hole_out() -> None:
    values = np.zeros((2, 4, 2), np.float32)
    values[..., 0] = [[8, 4, 1, 1], [4, 4, 1, 1]]
    hole = np.array([[True, False, True, True], [False, False, True, True]])
    assert halved(values, hole)[..., 0].ravel().tolist() == pytest.approx([4, 0])


def test_a_patch_reaches_three_pixels() -> None:
    hole = np.zeros((20, 20), np.bool_)
    hole[10, 10] = True
    assert bounding(touched(hole)) == Rect(7, 7, 14, 14)

"""What OpenCV does with areas, as far as our side of it goes."""

import cv2
import numpy as np
import pytest

from editor.imaging import areas


def spot(rows: int = 21, cols: int = 21) -> np.ndarray:
    mask = np.zeros((rows, cols), np.uint8)
    mask[rows // 2, cols // 2] = 200
    return mask


def test_a_spot_becomes_a_disc_and_back() -> None:
    wide = areas.widened(spot(), 5)
    assert wide[10, 5] == wide[5, 10] == wide[10, 15] == 200
    assert wide[5, 5] == wide[10, 4] == 0
    assert np.array_equal(areas.narrowed(wide, 5), spot())


def test_beyond_the_edge_nothing_comes_in_and_nothing_is_lost() -> None:
    full = np.full((9, 9), 255, np.uint8)
    assert areas.narrowed(full, 3).min() == 255
    assert not areas.widened(np.zeros((9, 9), np.uint8), 3).any()


def test_a_flood_takes_one_area_by_its_edges() -> None:
    mask = np.zeros((10, 10), np.uint8)
    mask[1:4, 1:4] = 7
    mask[4, 4] = 9  # beyond a corner
    mask[6:9, 6:9] = 255
    found = areas.flooded(mask, 2, 2)
    assert found[1:4, 1:4].min() == 255
    assert found.sum() == 9 * 255


def test_parts_meet_at_the_strongest_edge() -> None:
    picture = np.zeros((20, 40, 3), np.uint8)
    picture[:, 25:] = 200
    seeds = np.zeros((20, 40), np.int32)
    seeds[10, 5], seeds[10, 35] = 1, 2
    parts = areas.parted(picture, seeds)
    assert (parts[5:15, 2:24] == 1).all()
    assert (parts[5:15, 27:38] == 2).all()
    assert seeds.sum() == 3


def test_a_guided_plane_has_its_rim_where_the_picture_has_it() -> None:
    picture = np.zeros((40, 60, 3), np.uint8)
    picture[:, 30:] = (40, 120, 200)
    plane = np.zeros((40, 60), np.float32)
    plane[:, 28:] = 1
    followed = areas.guided(picture, plane, 6, 10.0)
    assert followed[20, 29] < 0.5 < followed[20, 30]


def test_steepness_is_levels_a_pixel() -> None:
    slope = np.tile(np.arange(0, 100, 5, np.uint8), (20, 1))
    assert areas.steepness(slope)[5:15, 5:15].tolist() == [[5.0] * 10] * 10


@pytest.mark.parametrize("part", [np.s_[1:4, 2:6], np.s_[:, 3:4], np.s_[2:3], np.s_[4:5, 7:8]])
def test_a_view_of_a_plane_is_raised_and_lowered_in_place(part) -> None:
    chance = np.random.default_rng(0)
    before = chance.integers(0, 256, (5, 8), np.uint8)
    other = chance.integers(0, 256, before[part].shape, np.uint8)
    other.flags.writeable = False
    for change, wanted in ((areas.at_least, np.maximum), (areas.at_most, np.minimum)):
        plane, expected = before.copy(), before.copy()
        expected[part] = wanted(before[part], other)
        change(plane[part], other)
        assert np.array_equal(plane, expected)


def block() -> np.ndarray:
    mask = np.zeros((9, 11), np.uint8)
    mask[3:6, 4:8] = 255
    return mask


def test_contours_are_every_rim() -> None:
    ring = np.zeros((12, 12), np.uint8)
    ring[2:10, 2:10] = 255
    ring[5, 5] = 0
    rims = areas.find_contours(ring)
    assert len(rims) == 2
    assert all(rim.shape[1] == 2 for rim in rims)
    assert areas.find_contours(np.zeros((4, 4), np.uint8)) == []


def test_components_count_the_ground_first() -> None:
    labels, stats = areas.components(block())
    assert labels.max() == 1
    assert stats[1].tolist() == [4, 3, 4, 3, 12]


def test_areas_at_an_edge_and_the_ground_are_not_enclosed() -> None:
    mask = block()
    mask[0, 0] = mask[8, 5] = mask[1, 10] = 255
    _, stats = areas.components(mask)
    inside = areas.enclosed(stats, mask.shape)
    assert stats[inside].tolist() == [[4, 3, 4, 3, 12]]


def test_a_hole_is_filled_and_the_rest_left() -> None:
    flat = np.full((9, 11, 3), 90, np.uint8)
    holed = flat.copy()
    holed[3:6, 4:8] = 255
    assert np.abs(areas.inpaint(holed, block(), 3).astype(int) - flat).max() <= 2


def test_a_cut_is_a_single_step_so_that_it_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[object] = []
    cut = cv2.grabCut
    monkeypatch.setattr(cv2, "grabCut", lambda *given: steps.append(given[5]) or cut(*given))
    picture = np.random.default_rng(1).integers(0, 256, (40, 60, 3), np.uint8)
    known = np.full((40, 60), areas.OUTSIDE, np.uint8)
    known[10:30, 20:40] = areas.PERHAPS_INSIDE
    first, models = areas.cut_once(picture, known, None)
    areas.cut_once(picture, first, models)
    assert steps == [1, 1]

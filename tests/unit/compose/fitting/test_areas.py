import numpy as np

from editor.compose.fitting.areas import MOST, areas
from editor.imaging.geometry import Rect, Size, whole
from editor.mask.derive import bounds
from tests.fakes.redrawing import ellipse

SIZE = Size(600, 400)


def dots(count: int) -> np.ndarray:
    coverage = np.zeros((400, 600), np.uint8)
    for number in range(count):
        coverage[100 : 110 + number, 20 + 70 * number : 30 + 70 * number] = 200
    return coverage


def test_one_area_is_all() -> None:
    coverage = ellipse(SIZE)
    (only,) = areas(coverage, bounds(coverage))
    assert only.box == bounds(coverage)
    assert only.own(whole(SIZE)) is None


def test_areas_far_apart_are_taken_one_by_one_the_largest_first() -> None:
    coverage = dots(3)
    found = areas(coverage, bounds(coverage))
    assert [area.box for area in found] == [
        Rect(160, 100, 170, 112),
        Rect(90, 100, 100, 111),
        Rect(20, 100, 30, 110),
    ]
    part = Rect(60, 50, 300, 150)
    own = found[0].own(part)
    assert own is not None
    painted = coverage[part.rows_cols] > 0
    assert own[50:62, 100:110].all()
    assert np.count_nonzero((own > 0) & painted) == 120


def test_areas_side_by_side_are_one() -> None:
    coverage = np.zeros((400, 600), np.uint8)
    coverage[100:150, 100:150] = coverage[100:150, 155:200] = 255
    coverage[300:310, 500:510] = 255
    boxes = [area.box for area in areas(coverage, bounds(coverage))]
    assert boxes == [Rect(100, 100, 200, 150), Rect(500, 300, 510, 310)]


def test_too_many_areas_are_one() -> None:
    coverage = dots(MOST + 1)
    assert len(areas(coverage, bounds(coverage))) == 1


def test_large_masks_are_looked_at_small() -> None:
    coverage = np.zeros((1500, 2000), np.uint8)
    coverage[10:200, 10:200] = coverage[1300:1490, 1700:1990] = 255
    boxes = [area.box for area in areas(coverage, bounds(coverage))]
    assert boxes == [Rect(1700, 1300, 1990, 1490), Rect(10, 10, 200, 200)]

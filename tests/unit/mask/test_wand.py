"""The wand finds what has one colour, connected or anywhere."""

import numpy as np
import pytest

from editor.imaging import cv
from editor.imaging.geometry import Rect
from editor.imaging.raster import Raster
from editor.mask.shapes import Part
from editor.mask.wand import alike, distances
from tests.fakes.drawn import grained, opaque


def squares(grain: float = 0.0) -> Raster:
    """Two red squares on blue, a darker red one beside the first."""
    bgr = np.zeros((300, 400, 3), np.uint8)
    bgr[:] = (200, 120, 60)
    bgr[50:150, 50:150] = bgr[50:150, 250:350] = (40, 50, 200)
    bgr[150:200, 50:150] = (40, 45, 170)
    return opaque(grained(bgr, grain) if grain else bgr)


def found_in(raster: Raster, x: int, y: int, tolerance: float, *, contiguous: bool) -> Part:
    return alike(distances(raster, x, y), x, y, tolerance, contiguous=contiguous)


def taken(part, shape=(300, 400)) -> np.ndarray:
    coverage = np.zeros(shape, np.uint8)
    coverage[part.rect.rows_cols] = part.coverage
    return coverage >= 128


def test_what_hangs_together_is_taken_and_no_more() -> None:
    found = taken(found_in(squares(), 100, 100, 8, contiguous=True))
    assert np.argwhere(found).min(0).tolist() == [50, 50]
    assert found.sum() == 100 * 100


def test_what_has_the_colour_anywhere_is_taken() -> None:
    assert taken(found_in(squares(), 100, 100, 8, contiguous=False)).sum() == 2 * 100 * 100


def test_more_tolerance_takes_what_is_less_alike() -> None:
    assert taken(found_in(squares(), 100, 100, 25, contiguous=True)).sum() == 150 * 100


def test_grain_does_not_decide() -> None:
    found = taken(found_in(squares(grain=4), 100, 100, 22, contiguous=True))
    assert 0.98 * 15000 < found.sum() < 1.02 * 15000


def test_the_rim_is_soft() -> None:
    part = found_in(squares(), 100, 100, 8, contiguous=True)
    assert {0, 255} < set(np.unique(part.coverage).tolist())


def test_a_corner_is_no_connection() -> None:
    bgr = np.zeros((20, 20, 3), np.uint8)
    bgr[5:10, 5:10] = bgr[10:15, 10:15] = 255
    found = taken(found_in(opaque(bgr), 7, 7, 5, contiguous=True), (20, 20))
    assert found.sum() == 25 - 1 or found.sum() == 25


def test_the_place_alone_where_nothing_is_like_it() -> None:
    bgr = np.zeros((30, 30, 3), np.uint8)
    bgr[10, 10] = 255  # its mean with its neighbours is nobody's colour
    part = found_in(opaque(bgr), 10, 10, 1, contiguous=True)
    assert part.rect == Rect(8, 8, 13, 13)
    assert found_in(opaque(bgr), 10, 10, 1, contiguous=False).rect.empty


@pytest.mark.parametrize("tolerance", [1, 10, 40])
def test_the_tolerance_is_a_difference_in_lab(tolerance) -> None:
    steps = np.zeros((40, 256, 3), np.uint8)
    steps[:] = np.arange(256)[None, :, None]
    lab = cv.reordered(steps.astype(np.float32) / 255, "bgr lab")[0, :, 0]
    found = taken(found_in(opaque(steps), 128, 20, tolerance, contiguous=False), (40, 256))
    assert abs(found[20].sum() - (np.abs(lab - lab[128]) <= tolerance).sum()) <= 2

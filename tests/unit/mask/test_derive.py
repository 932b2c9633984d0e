import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.mask.derive import blend_mask, bounds, sent_mask


def blob(seed: int, rows: int = 60, cols: int = 80) -> np.ndarray:
    chance = np.random.default_rng(seed)
    coverage = np.zeros((rows, cols), np.uint8)
    for _ in range(3):
        y, x = chance.integers(0, rows), chance.integers(0, cols)
        coverage[y : y + 15, x : x + 20] = chance.integers(1, 256)
    return coverage


def test_the_sent_mask_is_binary_and_cut_to_the_window() -> None:
    coverage = np.zeros((60, 80), np.uint8)
    coverage[10:20, 30:50] = 1
    sent = sent_mask(coverage, Rect(20, 5, 60, 45), Size(40, 40), 0)
    assert np.unique(sent).tolist() == [0, 255]
    assert (sent > 0).sum() == 200
    assert sent[5:15, 10:30].min() == 255


def test_growing_widens_by_so_many_sent_pixels() -> None:
    coverage = np.zeros((61, 61), np.uint8)
    coverage[30, 30] = 255
    sent = sent_mask(coverage, Rect(0, 0, 61, 61), Size(61, 61), 5)
    ys, xs = np.nonzero(sent)
    far = np.hypot(ys - 30, xs - 30)
    assert far.max() == 5
    assert (sent > 0).sum() == (np.hypot(*(np.mgrid[:61, :61] - 30)) <= 5).sum()


def test_growing_nothing_stays_nothing() -> None:
    assert not sent_mask(np.zeros((9, 9), np.uint8), Rect(0, 0, 9, 9), Size(9, 9), 3).any()


def test_a_small_sent_picture_loses_no_painted_pixel() -> None:
    coverage = np.zeros((800, 800), np.uint8)
    coverage[401, 399] = 3
    sent = sent_mask(coverage, Rect(0, 0, 800, 800), Size(50, 50), 0)
    assert (sent > 0).sum() == 1


def test_a_larger_sent_picture_keeps_the_shape() -> None:
    coverage = np.zeros((10, 10), np.uint8)
    coverage[2:5, 3:7] = 255
    sent = sent_mask(coverage, Rect(0, 0, 10, 10), Size(40, 40), 0)
    assert np.array_equal(sent[::4, ::4], coverage)


@given(st.integers(0, 10_000), st.floats(0, 30))
def test_nothing_is_blended_where_nothing_is_painted(seed: int, feather: float) -> None:
    coverage = blob(seed)
    blend = blend_mask(coverage, feather)
    assert not blend[coverage == 0].any()
    assert (blend <= coverage).all()
    assert blend.dtype == np.uint8


def test_the_feather_runs_inwards_only() -> None:
    coverage = np.zeros((100, 100), np.uint8)
    coverage[20:80, 20:80] = 255
    line = blend_mask(coverage, 10)[50]
    assert line[19] == 0
    assert 0 < line[20] < 10
    assert 120 < line[25] < 160
    assert line[31] == 255
    assert (np.diff(line[:50].astype(int)) >= 0).all()


def test_the_border_of_the_picture_is_no_rim() -> None:
    coverage = np.full((40, 40), 255, np.uint8)
    coverage[:, 30:] = 0
    blend = blend_mask(coverage, 8)
    assert blend[:, :20].min() == 255


def test_a_mask_without_feather_is_a_copy() -> None:
    coverage = blob(1)
    blend = blend_mask(coverage, 0)
    assert np.array_equal(blend, coverage)
    assert blend is not coverage


def test_an_empty_mask_blends_nothing() -> None:
    assert not blend_mask(np.zeros((9, 9), np.uint8), 5).any()


@pytest.mark.parametrize("seed", range(5))
def test_bounds_are_tight(seed: int) -> None:
    coverage = blob(seed)
    box = bounds(coverage)
    inside = coverage[box.rows_cols]
    assert (inside > 0).sum() == (coverage > 0).sum()
    assert inside[0].any()
    assert inside[-1].any()
    assert inside[:, 0].any()
    assert inside[:, -1].any()


def test_nothing_has_no_bounds() -> None:
    assert bounds(np.zeros((5, 5), np.uint8)).empty


def test_what_lies_beyond_the_picture_is_kept() -> None:
    coverage = np.full((40, 40), 255, np.uint8)
    sent = sent_mask(coverage, Rect(-10, -5, 50, 35), Size(60, 40), 0)
    assert (sent[5:, 10:50] == 255).all()
    assert (sent > 0).sum() == 35 * 40
    halved = sent_mask(coverage, Rect(-10, -6, 50, 34), Size(30, 20), 0)
    assert (halved > 0).sum() == 17 * 20


@given(st.integers(0, 10_000), st.sampled_from([1.0, 7.3, 24.0, 120.0]))
def test_a_large_mask_fades_as_if_every_depth_were_known(seed: int, feather: float) -> None:
    coverage = blob(seed, 301, 450)
    coverage[40:270, 50:400] = 255
    coverage[tuple(np.random.default_rng(seed).integers(40, 260, 2))] = 0
    share = np.clip((cv.distance(coverage) - 0.5) / feather, 0, 1)
    exact = share * share * (3 - 2 * share) * coverage
    np.testing.assert_allclose(blend_mask(coverage, feather), exact, atol=6)

import numpy as np
import pytest

from editor.compose.fitting.placed import (
    at,
    back,
    fetched,
    in_profile,
    matrix,
    placed,
    stretch,
    times,
)
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from tests.fakes.colour import display_p3, srgb
from tests.fakes.joining import noise

WINDOW = Rect(10, 20, 50, 60)


def ramp(size: Size) -> Raster:
    """Value = place across, 0 to 200 from edge to edge, whatever the size."""
    across = (np.arange(size.width) + 0.5) / size.width * 200
    pixels = np.empty((size.height, size.width, 4), np.uint8)
    pixels[...] = np.rint(across).astype(np.uint8)[:, None]
    return Raster(pixels)


def test_an_answer_of_the_windows_size_is_only_cut() -> None:
    answer = noise(Size(40, 40))
    part = placed(answer, Placement(WINDOW, answer.size), Rect(15, 30, 25, 50))
    assert np.array_equal(part, answer.pixels[10:30, 5:15])


@pytest.mark.parametrize("size", [Size(20, 20), Size(100, 80), Size(33, 47)])
def test_other_sizes_are_scaled_without_a_shift(size: Size) -> None:
    answer = ramp(size)
    part = placed(answer, Placement(WINDOW, answer.size), Rect(20, 30, 40, 50))
    want = ramp(Size(40, 40)).pixels[10:30, 10:30]
    assert np.abs(part.astype(int) - want).max() <= 1


def test_what_lies_beyond_the_window_is_clear() -> None:
    answer = noise(Size(40, 40))
    part = placed(answer, Placement(WINDOW, answer.size), Rect(0, 50, 60, 70))
    assert np.array_equal(part[:10, 10:50], answer.pixels[30:])
    assert not part[10:].any()
    assert not part[:, :10].any()
    assert not part[:, 50:].any()


def test_a_part_quite_beyond_the_window_is_all_clear() -> None:
    answer = noise(Size(40, 40))
    assert not placed(answer, Placement(WINDOW, answer.size), Rect(90, 90, 95, 99)).any()


@pytest.mark.parametrize("profile", [b"", srgb()])
def test_srgb_stays_as_it_is(profile: bytes) -> None:
    answer = noise(Size(9, 7), clear=True)
    assert np.array_equal(in_profile(answer.pixels, profile), answer.pixels[..., [2, 1, 0, 3]])


def test_a_wide_profile_needs_less_of_its_red() -> None:
    red = np.zeros((1, 1, 4), np.uint8)
    red[..., 2], red[..., 3] = 255, 77
    r, g, b, alpha = in_profile(red, display_p3())[0, 0].tolist()
    # sRGB red is (234, 51, 35) in Display P3 (CSS Color 4, conversion of its example).
    assert (r, g, b) == pytest.approx((234, 51, 35), abs=2)
    assert alpha == 77


def test_a_matrix_is_the_placements_way() -> None:
    there = matrix(Placement(WINDOW, Size(80, 80)), Size(80, 80))
    assert at(there, 10, 20) == pytest.approx((0.5, 0.5))
    assert at(there, 49, 59) == pytest.approx((78.5, 78.5))
    assert stretch(there) == pytest.approx(2)
    assert at(back(there), 0.5, 0.5) == pytest.approx((10, 20))
    assert times(there, back(there)) == pytest.approx(np.eye(2, 3))


@pytest.mark.parametrize("size", [Size(40, 40), Size(20, 20), Size(100, 100)])
def test_fetching_through_the_placement_is_placing(size: Size) -> None:
    answer, placement = ramp(size), Placement(WINDOW, size)
    there = times(np.array([[1.0, 0, 10], [0, 1, 20]]), matrix(placement, size))
    want = placed(answer, placement, WINDOW).astype(int)
    assert np.abs(fetched(answer, there, WINDOW.size).astype(int) - want)[2:-2, 2:-2].max() <= 1


def test_beyond_the_answer_its_edge_is_mirrored() -> None:
    answer = noise(Size(40, 40))
    part = fetched(answer, np.array([[1.0, 0, -5], [0, 1, 0]]), Size(40, 40))
    assert np.array_equal(part[:, 5:], answer.pixels[:, :35])
    assert np.array_equal(part[:, :5], answer.pixels[:, 5:0:-1])


def test_far_beyond_the_answer_all_is_clear() -> None:
    part = fetched(noise(Size(40, 40)), np.array([[1.0, 0, 500], [0, 1, 0]]), Size(9, 9))
    assert not part.any()


def test_the_colour_of_clear_pixels_does_not_bleed() -> None:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[:, :20] = (200, 100, 50, 255)
    pixels[:, 20:, :3] = 255
    part = fetched(Raster(pixels), np.array([[1.0, 0, 0.5], [0, 1, 0]]), Size(40, 40))
    seen = part[..., 3] > 40
    assert np.abs(part[..., :3][seen].astype(int) - (200, 100, 50)).max() <= 2


def test_rows_that_are_fetched_apart_meet_even_beyond_the_answer() -> None:
    answer, size = noise(Size(60, 50)), Size(100, 500)
    there = np.array([[0.3, 0.02, -40], [0.01, 0.2, -30]])
    ends = [at(there, x, y)[1] for x, y in ((0, 0), (99, 499))]
    assert min(ends) < -20
    assert max(ends) > 60
    double = Raster(cv.resize(answer.pixels, Size(120, 100), "cubic"))
    finer = times(there, matrix(Placement(Rect(0, 0, 60, 50), double.size), double.size))
    want = cv.warp(double.pixels, finer, size, "linear", "mirrored")
    assert np.abs(fetched(answer, there, size).astype(int) - want).max() <= 1

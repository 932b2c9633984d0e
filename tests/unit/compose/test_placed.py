import numpy as np
import pytest

from editor.compose.placed import common, in_profile, moved, placed
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


def test_rectangles_meet_and_move() -> None:
    assert common(Rect(0, 0, 9, 9), Rect(5, 2, 20, 4)) == Rect(5, 2, 9, 4)
    assert common(Rect(0, 0, 2, 2), Rect(5, 5, 6, 6)).empty
    assert moved(Rect(5, 6, 7, 8), Rect(1, 2, 99, 99)) == Rect(4, 4, 6, 6)


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

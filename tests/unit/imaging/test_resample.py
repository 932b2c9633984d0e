from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.imaging.geometry import Size
from editor.imaging.raster import Raster
from editor.imaging.resample import fitted, opaque, resized, scaled
from tests.fakes.pictures import noise

SIDES = st.integers(1, 60)


def flat(size: Size, *colour: int) -> Raster:
    return Raster(np.full((size.height, size.width, 4), colour, np.uint8))


@given(st.builds(Size, SIDES, SIDES), st.builds(Size, SIDES, SIDES), st.booleans())
def test_a_flat_picture_stays_flat_at_every_size(one: Size, two: Size, clear: bool) -> None:
    colour = (10, 90, 200, 77 if clear else 255)
    found = resized(flat(one, *colour), two)
    assert found.size == two
    assert np.abs(found.pixels.astype(int) - colour).max() <= 1


def test_the_same_size_is_the_same_picture() -> None:
    raster = flat(Size(4, 4), 1, 2, 3, 4)
    assert resized(raster, Size(4, 4)) is raster


def test_shrinking_averages() -> None:
    pixels = noise(64, 64, 4)
    pixels[..., 3] = 255
    mean = pixels.reshape(32, 2, 32, 2, 4).mean(axis=(1, 3))
    assert np.abs(scaled(pixels, Size(32, 32)) - mean).max() <= 1


def test_the_colour_of_clear_pixels_does_not_bleed() -> None:
    pixels = np.zeros((2, 2, 4), np.uint8)
    pixels[:, 0] = (200, 100, 50, 255)
    pixels[:, 1] = (0, 255, 0, 0)
    assert scaled(pixels, Size(1, 1))[0, 0].tolist() == [200, 100, 50, 128]
    assert scaled(pixels, Size(8, 8))[0, 0].tolist() == [200, 100, 50, 255]


@pytest.mark.parametrize("box", [Size(40, 10), Size(10, 40), Size(1, 1), Size(500, 500)])
def test_fitting_keeps_the_shape_and_never_enlarges(box: Size) -> None:
    found = fitted(flat(Size(80, 60), 0, 0, 0, 255), box).size
    assert found.width <= min(box.width, 80)
    assert found.height <= min(box.height, 60)
    assert abs(found.width * 60 - found.height * 80) <= 80


def test_one_clear_pixel_is_seen() -> None:
    pixels = np.full((5, 5, 4), 255, np.uint8)
    assert opaque(pixels)
    pixels[4, 4, 3] = 254
    assert not opaque(pixels)

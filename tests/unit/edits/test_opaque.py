"""What is sent is opaque, and continues its own colours where nothing was."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from editor.edits.opaque import opaque
from editor.imaging.raster import Raster


def test_an_opaque_picture_is_left_alone():
    picture = Raster(np.full((3, 5, 4), 255, np.uint8))
    assert opaque(picture) is picture


def test_colours_go_on_under_what_is_transparent():
    pixels = np.zeros((40, 60, 4), np.uint8)
    pixels[:, :30] = (200, 10, 30, 255)
    pixels[:, 50:] = (20, 210, 90, 255)
    pixels[:, 30:50, :3] = (0, 0, 255)  # what lies under alpha 0 by chance
    seen = opaque(Raster(pixels)).pixels
    assert (seen[..., 3] == 255).all()
    assert np.array_equal(seen[:, :30], pixels[:, :30])
    assert np.array_equal(seen[:, 50:], pixels[:, 50:])
    between = seen[:, 30:50, :3].astype(int)
    assert (between[..., 2] < 100).all()
    assert np.abs(between[:, 0] - (200, 10, 30)).max() < 60
    assert np.abs(between[:, -1] - (20, 210, 90)).max() < 60


def test_half_transparent_pixels_are_laid_over_what_goes_on():
    pixels = np.zeros((8, 8, 4), np.uint8)
    pixels[...] = (100, 100, 100, 255)
    pixels[4, 4] = (200, 200, 200, 128)
    blue, green, red, alpha = opaque(Raster(pixels)).pixels[4, 4].tolist()
    assert 100 < blue == green == red < 200
    assert alpha == 255


def test_a_picture_of_nothing_is_grey():
    seen = opaque(Raster(np.zeros((5, 7, 4), np.uint8))).pixels
    assert (seen == (128, 128, 128, 255)).all()


@given(
    st.integers(1, 20),
    st.integers(1, 20),
    st.integers(0, 2**32 - 1),
)
def test_whatever_is_visible_stays(rows, cols, seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (rows, cols, 4), np.uint8)
    pixels[..., 3] = np.where(pixels[..., 3] > 127, 255, 0)
    seen = opaque(Raster(pixels.copy())).pixels
    visible = pixels[..., 3] == 255
    assert (seen[..., 3] == 255).all()
    assert np.array_equal(seen[visible], pixels[visible])

import gc

import numpy as np
import pytest
from PySide6.QtGui import QImage, qRgba

from editor.imaging.raster import Raster
from editor.ui.images import colours, image, levels

GREY = [qRgba(level, level, level, 255) for level in range(256)]


def pixels(rows: int = 7, cols: int = 5) -> np.ndarray:
    return np.arange(rows * cols * 4, dtype=np.uint32).astype(np.uint8).reshape(rows, cols, 4)


def test_a_raster_is_shown_in_place() -> None:
    raster = Raster(pixels())
    shown = image(raster)
    blue, green, red, alpha = raster.pixels[3, 2].tolist()
    assert shown.pixelColor(2, 3).getRgb() == (red, green, blue, alpha)
    assert shown.format() is QImage.Format.Format_ARGB32
    assert colours(raster.pixels, opaque=True).format() is QImage.Format.Format_RGB32


def test_writes_are_seen_and_the_memory_stays() -> None:
    coverage = np.zeros((9, 13), np.uint8)
    locked = coverage.view()
    locked.flags.writeable = False
    shown = levels(locked, GREY)
    coverage[4, 11] = 77
    assert shown.pixelIndex(11, 4) == 77
    shown.setColorTable([qRgba(0, level, 0, 255) for level in range(256)])
    coverage[4, 11] = 78
    assert shown.pixelColor(11, 4).getRgb() == (0, 78, 0, 255)
    del coverage, locked
    gc.collect()
    assert shown.pixelIndex(11, 4) == 78


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((4, 4, 3), np.uint8),
        np.zeros((4, 4), np.uint8),
        np.zeros((4, 4, 4), np.uint16),
        np.zeros((4, 8, 4), np.uint8)[:, ::2],
        np.zeros((0, 4, 4), np.uint8),
        np.lib.stride_tricks.as_strided(np.zeros(16, np.uint8), (400, 4, 4), (4, 4, 1)),
    ],
)
def test_memory_that_qt_would_misread_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(AssertionError):
        colours(wrong)


def test_a_table_needs_one_level_a_pixel() -> None:
    with pytest.raises(AssertionError):
        levels(np.zeros((4, 4, 4), np.uint8), GREY)

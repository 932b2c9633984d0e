"""The heat map: stretched over its part of the picture, alike in parts and as a whole."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from editor.imaging.geometry import Rect
from editor.ui.canvas.heat import STRONGEST, HeatMap, hottest
from editor.ui.viewport import Viewport

PANE = QRect(0, 0, 200, 100)
ROUNDING = 3
"""Levels by which the steps between two places of the map may be rounded otherwise."""

RISING = [level / 255 for level in range(256)]


def made(found: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> HeatMap:
    return HeatMap(Rect(100, 0, 200, 100), found, RISING, 0.5)


def drawn(heat: HeatMap, parts: list[QRect], zoom: float = 1.0) -> QImage:
    viewport = Viewport()
    viewport.resize(PANE.width(), PANE.height())
    viewport.show(200, 100)
    viewport.set_zoom(zoom)
    image = QImage(PANE.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(0, 0, 0))
    with QPainter(image) as painter:
        for part in parts:
            heat.draw(painter, part, viewport)
    return image


def test_it_covers_its_part_only_and_lets_the_picture_through() -> None:
    image = drawn(made(np.full((10, 10), 255, np.uint8)), [PANE])
    assert image.pixelColor(50, 50) == QColor(0, 0, 0)
    assert image.pixelColor(150, 50).red() == pytest.approx(hottest().red() * STRONGEST, abs=2)


def test_nothing_is_laid_where_nothing_changed() -> None:
    image = drawn(made(np.zeros((10, 10), np.uint8)), [PANE])
    assert image.pixelColor(150, 50) == QColor(0, 0, 0)


def test_mild_changes_have_another_colour_than_hot_ones() -> None:
    found = np.full((10, 10), 80, np.uint8)
    found[:, 5:] = 255
    image = drawn(made(found), [PANE])
    mild, hot = image.pixelColor(110, 50), image.pixelColor(190, 50)
    assert mild.green() > mild.red() * 0.5
    assert hot.green() < hot.red() * 0.5


def levels_of(image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.frombuffer(image.constBits(), np.uint8).astype(np.int64)


@pytest.mark.parametrize("zoom", [1.0, 1.7, 6.0])
def test_parts_drawn_one_by_one_look_like_the_whole(zoom: float) -> None:
    found = np.random.default_rng(1).integers(0, 256, (12, 12)).astype(np.uint8)
    heat = made(found)
    parts = [QRect(0, 0, 117, 100), QRect(117, 0, 83, 31), QRect(117, 31, 83, 69)]
    one, other = (levels_of(drawn(heat, drawing, zoom)) for drawing in (parts, [PANE]))
    assert np.abs(one - other).max() <= ROUNDING
    outside = drawn(heat, [QRect(0, 0, 20, 20)], 1.0)
    assert outside.pixelColor(150, 50) == QColor(0, 0, 0)

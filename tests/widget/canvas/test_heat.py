"""The heat map: stretched over its part of the picture, alike in parts and as a whole."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt

from editor.imaging.geometry import Rect, Size
from editor.ui.canvas.heat import STRONGEST, HeatMap, hottest
from tests.widget.canvas.conftest import drawn, viewport

PANE = Size(200, 100)
ROUNDING = 3
"""Levels by which the steps between two places of the map may be rounded otherwise."""

RISING = [level / 255 for level in range(256)]


def made(found: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> HeatMap:
    return HeatMap(Rect(100, 0, 200, 100), found, RISING, 0.5)


def glowing(heat: HeatMap, *parts: QRect, zoom: float = 1.0) -> np.ndarray:
    """Red, green and blue of the map over a black picture."""
    view = viewport(zoom, PANE, pane=PANE)
    return drawn(heat, view, *parts, ground=Qt.GlobalColor.black).astype(int)


def test_it_covers_its_part_only_and_lets_the_picture_through() -> None:
    found = glowing(made(np.full((10, 10), 255, np.uint8)))
    assert not found[50, 50].any()
    assert found[50, 150, 0] == pytest.approx(hottest().red() * STRONGEST, abs=2)


def test_nothing_is_laid_where_nothing_changed() -> None:
    assert not glowing(made(np.zeros((10, 10), np.uint8))).any()


def test_mild_changes_have_another_colour_than_hot_ones() -> None:
    changed = np.full((10, 10), 80, np.uint8)
    changed[:, 5:] = 255
    found = glowing(made(changed))
    mild, hot = found[50, 110], found[50, 190]
    assert mild[1] > mild[0] * 0.5
    assert hot[1] < hot[0] * 0.5


@pytest.mark.parametrize("zoom", [1.0, 1.7, 6.0])
def test_parts_drawn_one_by_one_look_like_the_whole(zoom: float) -> None:
    changed = np.random.default_rng(1).integers(0, 256, (12, 12)).astype(np.uint8)
    heat = made(changed)
    parts = QRect(0, 0, 117, 100), QRect(117, 0, 83, 31), QRect(117, 31, 83, 69)
    one, other = glowing(heat, *parts, zoom=zoom), glowing(heat, zoom=zoom)
    assert np.abs(one - other).max() <= ROUNDING
    assert not glowing(heat, QRect(0, 0, 20, 20)).any()

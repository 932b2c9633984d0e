"""Every look of the mask on the canvas: which side, which colour, which view."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor

from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.mask.plane import MaskPlane
from editor.ui.canvas.look import COLOURS, MaskLook, colour_on
from editor.ui.canvas.overlay import MaskOverlay
from editor.ui.theme import current
from tests.fakes.filling import fill_rect
from tests.widget.canvas.conftest import drawn, viewport

PANE = Size(300, 200)
BOX = Rect(100, 50, 200, 150)
RED = QColor(255, 0, 0)
INSIDE, OUTSIDE = (100, 150), (20, 20)


def masked(look: MaskLook, *parts: QRect, zoom: float = 1.0) -> np.ndarray:
    """The mask over a white picture."""
    plane = MaskPlane(PANE)
    fill_rect(plane, BOX, 255)
    fill_rect(plane, Rect(100, 50, 110, 150), 64)
    return drawn(MaskOverlay(plane, look, RED), viewport(zoom, PANE, pane=PANE), *parts)


def test_what_is_kept_can_have_the_tint() -> None:
    found = masked(MaskLook(opacity=1.0, protected=True))
    assert found[INSIDE].tolist() == [255, 255, 255]
    assert found[OUTSIDE].tolist() == [255, 0, 0]


def test_black_and_white_shows_the_coverage_itself() -> None:
    found = masked(MaskLook("mono"))
    assert found[INSIDE].tolist() == [255, 255, 255]
    assert found[OUTSIDE].tolist() == [0, 0, 0]
    assert found[100, 105].tolist() == [64, 64, 64]


def test_the_cut_out_shows_the_picture_only_where_it_may_change() -> None:
    found = masked(MaskLook("cut-out"))
    assert found[INSIDE].tolist() == [255, 255, 255]
    fields = {tuple(colour) for colour in found[:40, :80].reshape(-1, 3).tolist()}
    colours = current().colours
    wanted = {tone.getRgb()[:3] for tone in (colours.checker_low, colours.checker_high)}
    assert fields == wanted
    between = found[100, 105].astype(int)
    assert (between > found[OUTSIDE].astype(int)).all()
    assert (between < 255).all()


@pytest.mark.parametrize("view", ["overlay", "mono", "cut-out"])
@pytest.mark.parametrize("zoom", [0.6, 1.0])
def test_a_part_drawn_again_is_the_same(view: str, zoom: float) -> None:
    look = MaskLook(view, protected=True)  # type: ignore[arg-type]  # one of the views
    whole = masked(look, zoom=zoom)
    part = masked(look, QRect(83, 41, 90, 77), zoom=zoom)
    inside = slice(41, 118), slice(83, 173)
    assert (part[inside] == whole[inside]).all()


def test_a_hatch_belongs_to_the_tint_alone() -> None:
    for view in ("mono", "cut-out"):
        found = masked(MaskLook(view), zoom=3.0)  # type: ignore[arg-type]  # one of the views
        assert (found[90:110, 140:160] == 255).all()


def test_it_is_fainter_while_painting() -> None:
    theme = current().overlay
    assert MaskLook().strength(painting=False) == pytest.approx(theme.resting)
    assert MaskLook().strength(painting=True) == pytest.approx(theme.painting)


@pytest.mark.parametrize("name", COLOURS[:-1])
def test_the_automatic_colour_is_another_than_the_pictures(name: str) -> None:
    preset = current().overlay.presets[name]
    pixels = np.zeros((90, 120, 4), np.uint8)
    pixels[:] = preset.blue(), preset.green(), preset.red(), 255
    assert colour_on(MaskLook(colour=name), Raster(pixels)) == preset
    assert colour_on(MaskLook(colour="auto"), Raster(pixels)) != preset
    assert colour_on(MaskLook(colour="auto"), None) == current().overlay.presets["red"]

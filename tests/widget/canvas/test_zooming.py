"""Zooming by click and by drag, with the tool for it and with keys whatever the tool."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from editor.session.painting import Painting
from editor.ui.canvas.canvas import Canvas
from tests.widget.canvas.conftest import Hand

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SPACE = Qt.Key.Key_Space


def test_it_is_dragged_about_the_place_of_the_press(canvas: Canvas, hand: Hand) -> None:
    canvas.set_tool("zoom")
    view, at = canvas.viewport, canvas.viewport.to_picture(100, 80)
    hand.press((100, 80))
    hand.move((102, 80))
    assert view.zoom == 1.0, "a click may slip"
    for x in (110, 160, 221, 340):
        hand.move((x, 80))
    assert view.zoom == pytest.approx(4.0)
    assert view.to_picture(100, 80) == pytest.approx(at, abs=0.3)
    hand.move((220, 80))
    hand.release((220, 80))
    assert view.zoom == pytest.approx(2.0)


@pytest.mark.parametrize("tool", ["brush", "lasso", "hand"])
def test_ctrl_and_space_zoom_whatever_the_tool(
    canvas: Canvas, hand: Hand, painting: Painting, tool: str
) -> None:
    canvas.set_tool(tool)
    hand.key(SPACE, CONTROL, up=False)
    assert canvas.cursor().shape() is Qt.CursorShape.PointingHandCursor
    hand.drag((200, 150), modifiers=CONTROL)
    assert canvas.viewport.zoom == 2.0
    hand.drag((200, 150), modifiers=CONTROL | ALT)
    assert canvas.viewport.zoom == 1.0
    hand.key(SPACE, CONTROL, down=False)
    assert canvas.cursor().shape() is not Qt.CursorShape.PointingHandCursor
    assert painting.plane is not None
    assert painting.plane.is_empty
    assert not canvas.sketch.open

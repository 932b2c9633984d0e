"""A pen in the window: what its pressure does is offered, and Alt never opens the menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.canvas.test_pen import pen
from tests.widget.window.easel import Easel

ALT = (
    Qt.MouseButton.NoButton,
    Qt.KeyboardModifier.AltModifier,
    Qt.ScrollPhase.NoScrollPhase,
    False,
)
"""Of a wheel that is turned with Alt held, which turns it sideways on some systems."""

MOVE = QEvent.Type.TabletMove


def test_what_a_pen_does_is_offered_once_there_is_one(at_easel) -> None:
    async def test(easel: Easel) -> None:
        names = ("tool-pressure", "tool-feel")
        assert not any(easel.find(name).isVisible() for name in names)
        pen(easel.canvas, MOVE, (100, 100), 0.0)
        await easel.settled()
        assert all(easel.find(name).isVisible() for name in names)
        easel.find("tool-pressure").chosen.emit("strength")
        easel.find("tool-feel").chosen.emit("firm")
        setup = easel.session.masking.toolbox.setup
        assert (setup.pressure, setup.feel) == ("strength", "firm")
        assert easel.session.painting.brush.pressure == "strength"
        easel.canvas.set_tool("wand")
        assert not any(easel.find(name).isVisible() for name in names)

    at_easel(test)


def test_alt_with_a_pen_or_a_mouse_never_opens_the_menu(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.session.painting.fill_all()
        bar, alt = easel.window.menuBar(), Qt.KeyboardModifier.AltModifier
        for stroke in ("pen", "mouse", "nothing"):
            QTest.keyPress(easel.canvas, Qt.Key.Key_Alt)
            if stroke == "pen":
                pen(easel.canvas, QEvent.Type.TabletPress, (100, 100), held=alt)
                pen(easel.canvas, MOVE, (150, 100), held=alt)
                pen(easel.canvas, QEvent.Type.TabletRelease, (150, 100), held=alt)
            if stroke == "mouse":
                easel.drag((300, 200), (350, 200), modifiers=alt)
            QTest.keyRelease(easel.canvas, Qt.Key.Key_Alt, alt)
            assert bar.activeAction() is None
            assert easel.canvas.hasFocus()
        assert not easel.pixels.all()

    at_easel(test)


def test_the_brush_is_calmed_as_its_options_say(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.session.painting.set_brush(diameter=10)
        easel.find("tool-smoothing").chosen.emit("strong")
        easel.drag((100, 100), (140, 100), (140, 140))
        assert easel.pixels[100, 140] == 0, "the corner was cut"
        assert easel.pixels[139, 140] == 255

    at_easel(test)


def test_the_wheel_with_alt_changes_the_size(at_easel) -> None:
    async def test(easel: Easel) -> None:
        painting, view, at = easel.session.painting, easel.canvas.viewport, QPointF(100, 100)
        painting.set_brush(diameter=20)
        zoom = view.zoom

        def turn(by: int) -> None:
            event = QWheelEvent(at, easel.canvas.mapToGlobal(at), QPoint(), QPoint(by, 0), *ALT)
            QApplication.sendEvent(easel.canvas, event)

        turn(120)
        assert painting.brush.diameter == 23
        for _ in range(4):
            turn(-30)
        assert painting.brush.diameter == 20
        assert view.zoom == zoom

    at_easel(test)


def test_shift_in_the_drag_keeps_to_an_axis(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.session.painting.set_brush(diameter=10)
        to_pane = easel.canvas.viewport.to_pane
        easel.hand.press(to_pane(100, 100))
        easel.hand.move(to_pane(200, 120), modifiers=Qt.KeyboardModifier.ShiftModifier)
        easel.hand.release(to_pane(200, 120))
        assert (easel.pixels[100, 200], easel.pixels[115, 200]) == (255, 0)

    at_easel(test)

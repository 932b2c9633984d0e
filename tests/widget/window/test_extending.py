"""The canvas is extended by numbers or by hand, by keys alone, and back by one undo."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from editor.imaging.geometry import Size
from editor.ui.canvas.grips import Grip
from editor.ui.wiring import extending
from tests.fakes.living import offered, paint, until
from tests.fakes.shot import pixels
from tests.fakes.windowed import focus
from tests.widget.window.easel import Easel

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def test_numbers_for_the_sides_extend_the_canvas(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.do("extend")
        bar = easel.find("extend-bar")
        assert bar.isVisible()
        assert not easel.find("tool-options").isVisible()
        field = focus(easel.window)
        assert field is not None
        assert field.objectName() == "extend-left-field"
        QTest.keyClicks(field, "60")
        easel.find("extend-bottom-field").setFocus()
        easel.find("extend-bottom-field").setValue(30)
        easel.press(Key.Key_Return)
        turned = easel.session.painting.turned
        larger = Size(540, 350)
        await until(turned, lambda: easel.session.painting.plane.size == larger)
        await easel.settled()
        assert easel.session.document.base.size == larger
        assert easel.pixels[0, 0] == easel.pixels[349, 300] == 255
        assert easel.pixels[100, 100] == 0
        assert not bar.isVisible()
        assert easel.find("tool-options").isVisible()
        assert focus(easel.window) is easel.canvas
        assert not easel.canvas.chrome._hint, "there is something to send already"
        easel.do("undo")
        await until(turned, lambda: easel.session.painting.plane.size == Size(480, 320))
        await easel.settled()
        assert not easel.pixels.any()

    at_easel(test)


def test_a_side_and_a_corner_are_dragged_with_the_numbers_beside(at_easel) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session)
        painted = easel.pixels.copy()
        easel.do("extend")
        larger = easel.canvas.larger
        assert "Shift: keep the shape" in easel.window.hints.accessibleDescription()

        def shown() -> list[int]:
            sides = ("left", "top", "right", "bottom")
            return [int(easel.find(f"extend-{side}").value()) for side in sides]

        easel.drag((480, 100), (530, 100))
        assert shown() == [0, 0, 50, 0]
        assert easel.find("extend-size").text() == "530 × 320"
        shot = pixels(easel.find("extend-size"))
        inked = np.nonzero((shot != shot[0, 0]).any(axis=(0, 2)))[0]
        assert inked.min() <= 2, "under the title where the bar has two lines"
        easel.drag((0, 0), (-20, -30))
        assert shown() == [20, 30, 50, 0]
        easel.find("extend-bottom-field").setValue(10)
        corner = QPointF(*easel.canvas.viewport.to_pane(530, 330))
        assert larger.grip_at(corner, line=False) == Grip(1, 1)
        easel.canvas.setFocus()
        easel.press(Key.Key_Return)
        assert larger.shown, "what was decided is seen until it is there"
        assert easel.window.hints.accessibleDescription() == "Drag: pan, Esc: stop"
        turned = easel.session.painting.turned
        await until(turned, lambda: easel.session.painting.plane.size == Size(550, 360))
        await easel.settled()
        assert not larger.shown
        assert np.array_equal(easel.pixels[30:350, 20:500], painted)
        assert (easel.pixels[:30] == 255).all()
        assert (easel.pixels[:, 500:] == 255).all()
        assert easel.canvas.viewport.fitted

    at_easel(test)


def test_the_bar_takes_two_lines_where_one_is_too_wide(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.do("extend")
        bar, first, last = map(easel.find, ("extend-bar", "extend-left", "extend-drop"))

        def top(widget: QWidget) -> int:
            return widget.mapTo(bar, QPoint(0, 0)).y()

        assert abs(top(first) - top(last)) < 8
        easel.window.resize(920, 700)
        easel.window.stage.place_bars()
        assert bar.width() >= bar.sizeHint().width()
        assert top(last) - top(first) > 20
        assert bar.rect().contains(QRect(last.mapTo(bar, QPoint(0, 0)), last.size()))

    at_easel(test)


def test_escape_leaves_the_pull_first(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.do("extend")
        at = easel.canvas.viewport.to_pane
        easel.hand.press(at(480, 100))
        easel.hand.move(at(530, 100))
        easel.press(Key.Key_Escape)
        assert easel.find("extend-right").value() == 0
        assert easel.find("extend-bar").isVisible()
        easel.press(Key.Key_Escape)
        assert not easel.find("extend-bar").isVisible()
        assert not easel.canvas.larger.shown

    at_easel(test)


@pytest.mark.parametrize("command", ["tool:lasso", "beside", "mask-grow", "digit:0"])
def test_it_makes_way_for_what_needs_the_canvas(at_easel, command: str) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session)
        if command == "beside":
            await offered(easel.session, "v1", 90)
        easel.do("extend")
        if command in easel.window.actions_by_id:
            easel.do(command)
        else:
            easel.canvas.setFocus()
            easel.press(Key.Key_L if command == "tool:lasso" else Key.Key_0)
        assert not easel.find("extend-bar").isVisible()
        assert not easel.canvas.larger.shown

    at_easel(test)


def test_a_canvas_that_is_too_large_is_not_made(at_easel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extending, "MEGAPIXELS", 1)

    async def test(easel: Easel) -> None:
        easel.do("extend")
        bar, limit, button = map(easel.find, ("extend-bar", "extend-limit", "extend-do"))
        assert not limit.isVisible()
        easel.find("extend-left-field").setValue(4000)
        assert limit.accessibleName() == "1 megapixels at most"
        assert not button.isEnabled()
        easel.press(Key.Key_Return)
        assert bar.isVisible()
        easel.find("extend-left-field").setValue(0)
        assert button.isEnabled()
        easel.drag((0, 100), (-5000, 100))
        assert limit.accessibleName() == "1 megapixels at most"
        assert button.isEnabled()

    at_easel(test)


@pytest.mark.parametrize("by", ["escape", "undo"])
def test_it_is_seen_at_work_and_stopped(at_easel, by: str) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session)
        easel.do("extend")
        easel.find("extend-left-field").setValue(60)
        easel.press(Key.Key_Return)
        larger = easel.canvas.larger
        assert "Esc: stop" in easel.window.hints.accessibleDescription()
        easel.press(Key.Key_L)
        assert larger.shown, "it goes on, so it is seen to"
        await asyncio.sleep(0)
        easel.press(Key.Key_Escape) if by == "escape" else easel.do("undo")
        await easel.settled()
        assert not larger.shown
        assert easel.steps == 1
        assert easel.session.painting.plane.size == Size(480, 320)
        assert "Esc: stop" not in easel.window.hints.accessibleDescription()

    at_easel(test)


@pytest.mark.parametrize("by", ["key", "button", "enter on the button", "canvas key", "picture"])
def test_it_is_given_up(at_easel, by: str) -> None:
    async def test(easel: Easel) -> None:
        easel.do("extend")
        easel.find("extend-top-field").setValue(30)
        if by == "key":
            easel.press(Key.Key_Escape)
        elif by == "button":
            QTest.mouseClick(easel.find("extend-drop"), LEFT)
        elif by == "enter on the button":
            easel.find("extend-drop").setFocus()
            easel.press(Key.Key_Return)
        elif by == "canvas key":
            QTest.keyClick(easel.canvas, Key.Key_Escape)
        else:
            easel.session.painting.turned.emit()
        assert not easel.find("extend-bar").isVisible()
        await easel.settled()
        assert easel.session.painting.plane.size == Size(480, 320)

    at_easel(test)


def test_nothing_is_tried_of_the_mask_meanwhile_and_nothing_painted_under_the_bar(
    at_easel,
) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session)
        easel.do("mask-grow")
        await easel.settled()
        easel.do("extend")
        assert easel.session.masking.reshaping.trying is None
        assert not easel.find("reshape-bar").isVisible()
        bar = easel.find("extend-bar")
        QTest.mouseClick(bar, LEFT, pos=bar.rect().topLeft())
        assert easel.steps == 1
        QTest.mouseClick(easel.find("extend-do"), LEFT)
        await easel.settled()
        assert easel.session.painting.plane.size == Size(480, 320)

    at_easel(test)

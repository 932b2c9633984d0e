"""The canvas is extended by numbers, by keys alone, and back by one undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.imaging.geometry import Size
from tests.fakes.living import paint, until
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
        easel.do("undo")
        await until(turned, lambda: easel.session.painting.plane.size == Size(480, 320))
        await easel.settled()
        assert not easel.pixels.any()

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

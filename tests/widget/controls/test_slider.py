"""Slider: what is dragged, stepped and given back is reported; what is shown is not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.ui.controls.slider import Slider

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slider(qtbot: QtBot) -> Slider:
    made = Slider("edge", "Edge", 100, "How softly it fades in")
    qtbot.addWidget(made)
    made.resize(200, 28)
    made.show()
    return made


def heard_by(slider: Slider) -> list[object]:
    heard: list[object] = []
    slider.chosen.connect(heard.append)
    slider.reset.connect(lambda: heard.append("reset"))
    return heard


def test_what_is_shown_is_not_reported(slider: Slider) -> None:
    heard = heard_by(slider)
    slider.show_value(40, "12 px")
    assert (slider.value(), heard) == (40, [])


@pytest.mark.parametrize("turned", [False, True])
def test_a_drag_reports_where_the_knob_is(slider: Slider, turned: bool) -> None:
    if turned:
        slider.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    heard = heard_by(slider)
    start, end = (199, 1) if turned else (1, 199)
    QTest.mousePress(slider, LEFT, pos=QPoint(start, 14))
    QTest.mouseMove(slider, QPoint(100, 14))
    QTest.mouseMove(slider, QPoint(end, 14))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(end, 14))
    assert heard[0] == 0
    assert 0 < heard[1] < heard[-1] == 100
    QTest.mouseMove(slider, QPoint(60, 14))
    assert heard[-1] == 100


def test_keys_step_and_give_back(slider: Slider) -> None:
    slider.show_value(40, "")
    heard = heard_by(slider)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    QTest.keyClick(slider, Qt.Key.Key_Backspace)
    assert heard == [41, 51, "reset"]


def test_a_double_click_gives_back_and_a_wheel_does_nothing(slider: Slider) -> None:
    heard = heard_by(slider)
    QTest.mouseDClick(slider, LEFT, pos=QPoint(70, 14))
    assert heard[-1] == "reset"


def test_off_it_says_why(slider: Slider) -> None:
    slider.set_off("Nothing is shown.")
    assert not slider.isEnabled()
    assert "Nothing is shown." in slider.toolTip()
    slider.set_off("")
    assert "How softly" in slider.toolTip()

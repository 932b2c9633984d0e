"""What is shown soon: once a turn, before it is painted, and again when it is asked for again."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.ui.wiring.soon import Soon


class Painted(QWidget):
    """Tells when it is painted."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told

    def paintEvent(self, event: QPaintEvent) -> None:
        self._told.append("painted")


def test_many_wishes_of_one_turn_are_shown_once_before_the_frame(qtbot: QtBot) -> None:
    told: list[str] = []
    widget = Painted(told)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    told.clear()
    soon = Soon(lambda: told.append("shown"), widget)
    widget.update()
    soon.ask()
    soon.ask()
    assert told == []
    qtbot.waitUntil(lambda: "painted" in told)
    assert told == ["shown", "painted"]


def test_what_is_asked_for_while_it_is_shown_comes_once_more(qtbot: QtBot) -> None:
    parent, told = QObject(), list[int]()

    def show() -> None:
        told.append(len(told))
        if len(told) == 1:
            soon.ask()

    soon = Soon(show, parent)
    soon.ask()
    qtbot.waitUntil(lambda: told == [0, 1])

"""Drawing at once: first the frame, then the wait, and only for what was drawn."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.ui.canvas import ahead
from editor.ui.canvas.ahead import draw_at_once

RECT = QRect(10, 20, 30, 40)


class Watched(QWidget):
    """Tells when it is drawn, and what of its window is begun and ended.

    drawn: whether anything of its window has been drawn.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.told: list[object] = []
        self.drawn = True

    def paintEvent(self, event: QPaintEvent) -> None:
        self.told.append(event.region())

    def backingStore(self) -> SimpleNamespace:
        return SimpleNamespace(
            paintDevice=lambda: self if self.drawn else None,
            beginPaint=lambda rect: self.told.append(rect),
            endPaint=lambda: self.told.append("ended"),
        )


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 200)
    return window


@pytest.fixture
def watched(qtbot: QtBot, window: QWidget) -> Watched:
    """A widget with a place of its own in a window that is shown."""
    watched = Watched(window)
    watched.setGeometry(50, 60, 100, 100)
    with qtbot.waitExposed(window):
        window.show()
    watched.repaint()
    watched.told.clear()
    return watched


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def put(platform: str) -> None:
        monkeypatch.setattr(
            ahead, "QGuiApplication", SimpleNamespace(platformName=lambda: platform)
        )

    return put


def test_x_is_waited_for_behind_the_frame(watched: Watched, on: Callable[[str], None]) -> None:
    on("xcb")
    draw_at_once(watched, RECT)
    assert watched.told == [QRegion(RECT), RECT.translated(50, 60), "ended"]


def test_other_screens_are_not_waited_for(watched: Watched, on: Callable[[str], None]) -> None:
    on("windows")
    draw_at_once(watched, RECT)
    assert watched.told == [QRegion(RECT)]


def test_what_is_hidden_is_not_taken_for_drawn(watched: Watched, on: Callable[[str], None]) -> None:
    on("xcb")
    watched.hide()
    draw_at_once(watched, RECT)
    assert watched.told == []


def test_a_window_that_has_not_been_shown_has_nothing_to_wait_for(
    watched: Watched, on: Callable[[str], None]
) -> None:
    """Qt would read what is not there yet, and end the program."""
    on("xcb")
    watched.drawn = False
    draw_at_once(watched, RECT)
    assert watched.told == [QRegion(RECT)]

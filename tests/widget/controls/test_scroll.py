"""Scroll: what is in it keeps its width when the bar comes, and no part of it is under the bar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.ui import style
from editor.ui.controls.scroll import Scroll
from editor.ui.theme import current


@pytest.mark.parametrize("mirrored", [False, True])
def test_nothing_moves_when_the_bar_comes(qapp: QApplication, qtbot: QtBot, mirrored: bool) -> None:
    style.apply(qapp, "dark", still=True)
    scroll = Scroll("scroll", "Settings")
    qtbot.addWidget(scroll)
    if mirrored:
        scroll.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    body, field, far = QWidget(), QWidget(), current().sizes.far
    column = QVBoxLayout(body)
    column.setContentsMargins(far, 0, far, 0)
    column.addWidget(field)
    scroll.setWidget(body)
    scroll.resize(300, 200)
    scroll.show()
    bar = scroll.verticalScrollBar()

    def place() -> tuple[int, int]:
        left = field.mapTo(scroll, field.rect().topLeft()).x()
        return left, left + field.width()

    assert place() == (far, 300 - far)
    field.setFixedHeight(900)
    qtbot.waitUntil(bar.isVisible)
    assert place() == (far, 300 - far)
    beside = bar.mapTo(scroll, bar.rect().topLeft()).x()
    assert beside + bar.width() <= far if mirrored else beside >= 300 - far
    field.setFixedHeight(20)
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert place() == (far, 300 - far)


def test_a_line_tells_where_the_column_goes_on(qtbot: QtBot) -> None:
    scroll = Scroll("scroll", "Settings")
    qtbot.addWidget(scroll)
    body = QWidget()
    body.setFixedHeight(900)
    scroll.setWidget(body)
    scroll.resize(300, 200)
    scroll.show()
    above, below = (scroll.findChild(QWidget, f"scroll-{end}") for end in ("above", "below"))
    assert above is not None
    assert below is not None
    bar = scroll.verticalScrollBar()

    def ends() -> tuple[bool, bool]:
        return above.isVisible(), below.isVisible()

    assert ends() == (False, True)
    bar.setValue(100)
    assert ends() == (True, True)
    assert scroll.grab().toImage().pixelColor(100, 199) == current().colours.hairline
    bar.setValue(bar.maximum())
    assert ends() == (True, False)
    body.setFixedHeight(100)
    qtbot.waitUntil(lambda: ends() == (False, False))

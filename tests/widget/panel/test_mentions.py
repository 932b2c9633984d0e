"""What is offered after an "@" lies under the line that is typed, not over it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.panel.prompt import Prompt


def test_the_list_leaves_the_line_free(qtbot: QtBot, active: Callable[[QWidget], None]) -> None:
    prompt = Prompt()
    qtbot.addWidget(prompt)
    prompt.resize(640, 44)
    active(prompt)
    prompt.mentions.show_references(["coffee.png", "rocket.jpg"])
    prompt.text.setFocus()
    QTest.keyClicks(prompt.text, "a hat like @")
    offered = prompt.text.list
    assert isinstance(offered, QListView)
    assert offered.isVisible()
    assert offered.model().rowCount() == 2
    line = prompt.text.cursorRect()
    bottom = prompt.text.viewport().mapToGlobal(line.bottomLeft()).y()
    assert offered.geometry().top() >= bottom - 1
    assert not offered.mask().contains(offered.rect().topLeft())
    assert offered.mask().contains(offered.rect().center())
    offered.hide()

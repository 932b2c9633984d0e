"""The History list: newest first, what was undone is grey, and a click tells how far to go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from editor.ui import style
from editor.ui.controls.message import Message
from editor.ui.history import HistoryList
from editor.ui.theme import current


@pytest.fixture
def history(qtbot: QtBot) -> HistoryList:
    shown = HistoryList()
    qtbot.addWidget(shown)
    shown.resize(240, 200)
    shown.show()
    return shown


def rows(history: HistoryList) -> QListWidget:
    found = history.findChild(QListWidget, "history-list")
    assert found is not None
    return found


def test_the_newest_step_is_first_and_what_was_undone_is_grey(history: HistoryList) -> None:
    history.show_steps(["Open a.png", "Mask", "Keep v1"], done=2)
    shown = [rows(history).item(row) for row in range(3)]
    assert [item.text() for item in shown] == ["Keep v1", "Mask", "Open a.png"]
    colours = [item.foreground().color() for item in shown]
    assert colours == [current().colours.disabled, *[current().colours.text] * 2]
    assert rows(history).currentItem() is shown[1]


@pytest.mark.parametrize(("row", "by"), [(0, [1]), (1, []), (2, [-1])])
def test_a_click_tells_how_many_steps_to_go(history: HistoryList, row: int, by: list[int]) -> None:
    history.show_steps(["Open a.png", "Mask", "Keep v1"], done=2)
    chosen: list[int] = []
    history.chosen.connect(chosen.append)
    place = rows(history).visualItemRect(rows(history).item(row)).center()
    QTest.mouseClick(rows(history).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == by


def test_a_sentence_stands_where_there_is_no_step(history: HistoryList) -> None:
    empty = history.findChild(Message, "history-empty")
    assert empty is not None
    for titles in ([], ["Mask"], []):
        history.show_steps(titles, done=len(titles))
        assert empty.isVisible() is not bool(titles)
        assert rows(history).isVisible() is bool(titles)


def test_when_everything_was_undone_nothing_is_marked(history: HistoryList) -> None:
    history.show_steps(["Mask"], done=0)
    assert rows(history).currentItem() is None


def test_another_theme_writes_in_its_own_colours(history: HistoryList, qapp: QApplication) -> None:
    history.show_steps(["Open a.png", "Mask"], done=2)
    style.apply(qapp, "light", still=True)
    qapp.processEvents()
    assert rows(history).item(1).foreground().color() == current().colours.text

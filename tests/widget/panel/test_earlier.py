"""The list of earlier prompts: searched by typing, walked and taken by keys or a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.preferences.prompts import Prompted
from editor.ui.panel.earlier import Earlier

ENTRIES = (
    Prompted("a red kite", "gpt-image-2"),
    Prompted("a blue kite\nover the sea", "flux"),
    Prompted("night " * 100, "flux"),
)
Key = Qt.Key


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(500, 40)
    shown.show()
    return shown


@pytest.fixture
def earlier(over: QWidget) -> Earlier:
    made = Earlier(over)
    made.offer(ENTRIES, over)
    return made


def rows(earlier: Earlier) -> list[str]:
    return [earlier.list.item(row).text() for row in range(earlier.list.count())]


def test_the_newest_is_first_and_each_names_its_model(earlier: Earlier, over: QWidget) -> None:
    assert earlier.isVisible()
    assert earlier.width() == over.width()
    assert rows(earlier)[:2] == [
        "a red kite  (gpt-image-2)",
        "a blue kite over the sea  (flux)",
    ]
    assert len(rows(earlier)[2]) < 200
    assert all(line in earlier.list.item(1).toolTip() for line in ENTRIES[1].prompt.splitlines())


def test_typing_searches_prompts_and_models(qtbot: QtBot, earlier: Earlier) -> None:
    qtbot.keyClicks(earlier.search, "kite flux")
    assert rows(earlier) == ["a blue kite over the sea  (flux)"]
    with qtbot.waitSignal(earlier.chosen) as heard:
        qtbot.keyClick(earlier.search, Key.Key_Return)
    assert heard.args == [ENTRIES[1].prompt]
    assert not earlier.isVisible()


def test_keys_walk_and_a_click_takes(qtbot: QtBot, earlier: Earlier) -> None:
    heard: list[str] = []
    earlier.chosen.connect(heard.append)
    qtbot.keyClick(earlier.search, Key.Key_Down)
    qtbot.keyClick(earlier.search, Key.Key_Enter)
    place = earlier.list.visualItemRect(earlier.list.item(0)).center()
    qtbot.mouseClick(earlier.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == [ENTRIES[1].prompt, ENTRIES[0].prompt]


def test_where_nothing_was_sent_yet_no_search_is_blamed(earlier: Earlier, over: QWidget) -> None:
    earlier.offer([], over)
    assert rows(earlier) == ["Each prompt that is sent is listed here"]


def test_a_tip_shows_marks_of_a_prompt_as_they_were_typed(earlier: Earlier, over: QWidget) -> None:
    earlier.offer([Prompted("<h1>a kite</h1> & <img src=x>", "flux")], over)
    shown = QTextDocumentFragment.fromHtml(earlier.list.item(0).toolTip())
    assert shown.toPlainText() == "<h1>a kite</h1> & <img src=x>"


def test_nothing_found_is_said_and_cannot_be_taken(
    qtbot: QtBot, earlier: Earlier, over: QWidget
) -> None:
    qtbot.keyClicks(earlier.search, "zebra")
    assert rows(earlier) == ["No prompt was sent that holds these words"]
    with qtbot.assertNotEmitted(earlier.chosen):
        qtbot.keyClick(earlier.search, Key.Key_Return)
        place = earlier.list.visualItemRect(earlier.list.item(0)).center()
        qtbot.mouseClick(earlier.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(earlier.search, Key.Key_Escape)
    assert not earlier.isVisible()
    earlier.offer(ENTRIES, over)
    assert (earlier.search.value(), len(rows(earlier))) == ("", 3)

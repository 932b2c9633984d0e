"""The History list: newest first, what was undone is grey, and a click tells how far to go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from editor.session.chronicle import Row
from editor.session.session import Session
from editor.ui import style
from editor.ui.controls.message import Message
from editor.ui.history import HistoryList, _when
from editor.ui.theme import current
from editor.ui.window import Window
from tests.fakes.living import Live, answered, opened, paint, scene, until
from tests.fakes.windowed import focus

MADE = datetime(2026, 3, 4, 17, 5, tzinfo=UTC)


@pytest.fixture
def history(qtbot: QtBot) -> HistoryList:
    shown = HistoryList()
    qtbot.addWidget(shown)
    shown.resize(240, 200)
    shown.show()
    return shown


def listed(*titles: str, done: int) -> list[Row]:
    """Rows of steps, of which so many are done."""
    return [Row(title, MADE, number < done) for number, title in enumerate(titles)]


def rows(history: HistoryList) -> QListWidget:
    found = history.findChild(QListWidget, "history-list")
    assert found is not None
    return found


def test_the_newest_step_is_first_and_what_was_undone_is_grey(history: HistoryList) -> None:
    history.show_rows(listed("Open a.png", "Mask", "Keep v1", done=2))
    shown = [rows(history).item(row) for row in range(3)]
    assert [item.text() for item in shown] == ["Keep v1", "Mask", "Open a.png"]
    colours = [item.foreground().color() for item in shown]
    assert colours == [current().colours.disabled, *[current().colours.text] * 2]
    assert rows(history).currentItem() is shown[1]


@pytest.mark.parametrize(("row", "by"), [(0, [1]), (1, []), (2, [-1])])
def test_a_click_tells_how_many_steps_to_go(history: HistoryList, row: int, by: list[int]) -> None:
    history.show_rows(listed("Open a.png", "Mask", "Keep v1", done=2))
    chosen: list[int] = []
    history.chosen.connect(chosen.append)
    place = rows(history).visualItemRect(rows(history).item(row)).center()
    QTest.mouseClick(rows(history).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == by


def test_a_sentence_stands_where_there_is_no_step(history: HistoryList) -> None:
    empty = history.findChild(Message, "history-empty")
    assert empty is not None
    for titles in ([], ["Mask"], []):
        history.show_rows(listed(*titles, done=len(titles)))
        assert empty.isVisible() is not bool(titles)
        assert rows(history).isVisible() is bool(titles)


def test_when_everything_was_undone_nothing_is_marked(history: HistoryList) -> None:
    history.show_rows(listed("Mask", done=0))
    assert rows(history).currentItem() is None


def test_another_theme_writes_in_its_own_colours(history: HistoryList, qapp: QApplication) -> None:
    history.show_rows(listed("Open a.png", "Mask", done=2))
    style.apply(qapp, "light", still=True)
    qapp.processEvents()
    assert rows(history).item(1).foreground().color() == current().colours.text


def test_a_round_is_no_step_and_leads_to_its_answers(history: HistoryList) -> None:
    first, mask, keep = listed("Open a.png", "Mask", "Keep v1", done=3)
    history.show_rows([first, mask, Row("Ask for: a kite", MADE, round="r1"), keep])
    steps: list[int] = []
    rounds: list[str] = []
    history.chosen.connect(steps.append)
    history.round_chosen.connect(rounds.append)
    for row in range(4):
        rows(history).itemClicked.emit(rows(history).item(row))
    assert (steps, rounds) == ([-1, -2], ["r1"])
    assert rows(history).item(1).foreground().color() == current().colours.secondary
    assert rows(history).currentRow() == 0


def test_an_edit_left_behind_is_no_step_and_leads_back_to_it(history: HistoryList) -> None:
    mask, keep = listed("Mask", "Keep v2", done=2)
    left = Row("Keep v1", MADE, edit="k1", there=False)
    history.show_rows([mask, left, replace(keep, there=False), Row("Keep v0", MADE, edit="k0")])
    steps: list[int] = []
    edits: list[str] = []
    history.chosen.connect(steps.append)
    history.edit_chosen.connect(edits.append)
    for row in range(4):
        rows(history).itemClicked.emit(rows(history).item(row))
    assert (steps, edits) == ([-1], ["k0", "k1"])
    found = [rows(history).item(row) for row in range(4)]
    grey, text = current().colours.disabled, current().colours.text
    assert [item.foreground().color() for item in found] == [text, grey, grey, text]
    assert ["go back to it" in item.toolTip() for item in found] == [False, False, True, False]
    assert rows(history).currentRow() == 1


def test_a_row_has_its_time_behind_its_title(history: HistoryList) -> None:
    history.show_rows([Row("Earlier"), Row("A title that is by far too long for one line", MADE)])
    late, early = (rows(history).item(row) for row in range(2))
    assert early.toolTip() == ""
    assert "2026" in late.toolTip()
    without = history.grab().toImage()
    history.show_rows([Row("Earlier"), Row("A title that is by far too long for one line")])
    assert history.grab().toImage() != without


def test_what_was_not_done_today_shows_its_day() -> None:
    local = MADE.astimezone()
    day = QDate(local.year, local.month, local.day)
    time = _when(MADE, day)
    assert f":{local.minute:02}" in time
    for other in (day.addDays(1), day.addYears(1)):
        assert _when(MADE, other) == QLocale().toString(day, QLocale.FormatType.ShortFormat)
        assert _when(MADE, other) != time


def test_a_round_is_listed_and_a_click_shows_its_answer(live: Live, tmp_path: Path) -> None:
    photo = scene(tmp_path / "photo.png")

    async def work(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await answered(session)
        session.gallery.leave()
        found = [rows(window.history).item(row) for row in range(3)]
        titles = ["Remove what is painted", "Brush", "Open photo.png"]
        assert [item.text() for item in found] == titles
        assert all(item.toolTip() for item in found)
        window.stage.canvas.setFocus()
        place = rows(window.history).visualItemRect(found[0]).center()
        QTest.mouseClick(rows(window.history).viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert session.gallery.state.shown == 1
        assert focus(window) is window.stage.canvas, "keys still mean the picture"

    async def look(session: Session) -> None:
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        found = session.chronicle.rows(session.painting.slot)
        assert [row.title for row in found] == ["Brush", "Remove what is painted"]
        assert all(row.made for row in found)

    live.show(work)
    live.run(look, live.path)


def test_a_long_title_is_cut_before_the_time_and_never_scrolls(qtbot: QtBot) -> None:
    history = HistoryList()
    qtbot.addWidget(history)
    history.show_rows(listed("Ask for: a red raincoat with wooden buttons, wet", "Mask", done=2))
    history.resize(800, 200)
    history.show()
    QApplication.processEvents()
    history.resize(240, 200)
    listing = rows(history)
    assert listing.visualItemRect(listing.item(1)).width() == listing.viewport().width()
    assert not listing.horizontalScrollBar().isVisible()

"""Toasts and empty states: they say one thing and offer what can be done about it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from editor.ui import theme
from editor.ui.controls.button import Button
from editor.ui.controls.empty_state import EmptyState
from editor.ui.controls.option import Option
from editor.ui.controls.toast import MOST, Offer, Toast, Toasts
from editor.ui.language import bound
from tests.fakes.parts import part

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stage(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def test_news_lie_at_the_bottom_left_and_take_no_more_room_than_they_need(stage: QWidget) -> None:
    toasts = Toasts(stage)
    assert toasts.isHidden()
    toasts.tell("Exported portrait_edit.png")
    assert toasts.isVisible()
    assert toasts.geometry().left() == 12
    assert stage.height() - toasts.geometry().bottom() - 1 == 12
    assert toasts.width() == theme.current().sizes.toast
    stage.resize(900, 400)
    assert stage.height() - toasts.geometry().bottom() - 1 == 12
    toasts.set_margin(80)
    assert stage.height() - toasts.geometry().bottom() - 1 == 80
    stage.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    toasts.set_margin(12)
    assert stage.width() - toasts.geometry().right() - 1 == 12


def test_news_go_by_themselves_and_errors_stay(qtbot: QtBot, stage: QWidget) -> None:
    toasts = Toasts(stage)
    error = toasts.fail("The provider refused the picture.", "HTTP 400")
    news = toasts.tell("Kept.")
    assert news._timer.isActive()
    news._timer.timeout.emit()
    assert [toast.words for toast in toasts.shown()] == ["The provider refused the picture."]
    error.start()
    assert not error._timer.isActive()


def test_hovering_stops_the_clock(qtbot: QtBot, stage: QWidget) -> None:
    news = Toasts(stage).tell("Kept.")
    where = QPointF(5, 5)
    QApplication.sendEvent(news, QEnterEvent(where, where, where))
    assert not news._timer.isActive()
    QApplication.sendEvent(news, QEvent(QEvent.Type.Leave))
    assert news._timer.isActive()


def test_there_are_never_more_than_three_and_errors_outlast_news(stage: QWidget) -> None:
    toasts = Toasts(stage)
    toasts.fail("error")
    for number in range(5):
        toasts.tell(f"news {number}")
    words = [toast.words for toast in toasts.shown()]
    assert len(words) == MOST
    assert words == ["error", "news 3", "news 4"]


def test_offers_are_reported_and_details_shown_on_request(qtbot: QtBot, stage: QWidget) -> None:
    toasts = Toasts(stage)
    toast = toasts.fail("Refused.", "<b>HTTP 400</b> · e", [Offer("retry", "Retry")])
    with qtbot.waitSignal(toasts.acted) as heard:
        qtbot.mouseClick(part(toast, QPushButton, "toast-1-retry"), LEFT)
    assert heard.args == ["retry"]
    more = part(toast, QLabel, "toast-1-more")
    assert isinstance(more, QLabel)
    assert more.isHidden()
    low = toasts.height()
    qtbot.mouseClick(part(toast, QPushButton, "toast-1-details"), LEFT)
    assert not more.isHidden()
    assert more.text() == bound("<b>HTTP 400</b> · e")
    assert more.textFormat() is Qt.TextFormat.PlainText
    assert toasts.height() > low
    qtbot.mouseClick(part(toast, QPushButton, "toast-1-details"), LEFT)
    assert toasts.height() == low
    qtbot.mouseClick(part(toast, QPushButton, "toast-1-copy-details"), LEFT)
    assert QGuiApplication.clipboard().text() == "Refused.\n\n<b>HTTP 400</b> · e"
    qtbot.mouseClick(part(toast, QToolButton, "toast-1-close"), LEFT)
    assert toasts.shown() == []
    assert toasts.isHidden()


def test_links_share_a_row_as_long_as_it_holds_them(stage: QWidget) -> None:
    sizes = theme.current().sizes
    room, words = sizes.toast - 36 - sizes.near, "n"

    def wide(words: str) -> int:
        button = Button("button", words, "link")
        button.ensurePolished()
        return button.sizeHint().width()

    while wide("Look") + sizes.near + wide(words + "n") <= room:
        words += "n"
    for longer, rows in (("", 1), ("nnn", 2)):
        offers = [Offer("look", "Look"), Offer("again", words + longer)]
        toast = Toasts(stage).tell(f"News {rows}", offers=offers)
        layout = toast.layout()
        assert layout is not None
        layout.activate()
        tops = {link.geometry().top() for link in toast.findChildren(Button)}
        assert len(tops) == rows


def test_foreign_words_in_news_stay_plain(stage: QWidget) -> None:
    toast = Toasts(stage).tell("<img src=x> a & b")
    label = part(toast, QLabel, "toast-1-words")
    assert isinstance(label, QLabel)
    assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("tone", ["quiet", "ok", "warn", "error"])
def test_every_tone_paints(qtbot: QtBot, tone: str) -> None:
    toast = Toast("t", "Something happened.", tone)
    qtbot.addWidget(toast)
    assert toast.accessibleName() == "Something happened."
    assert not toast.grab().isNull()


def test_an_empty_place_says_what_to_do(qtbot: QtBot) -> None:
    actions = [Option("open", "Open"), Option("paste", "Paste", off="Nothing to paste.")]
    empty = EmptyState("empty", "Drop a picture here", actions, icon="picture")
    qtbot.addWidget(empty)
    empty.resize(480, 300)
    empty.show()
    with qtbot.waitSignal(empty.chosen) as heard:
        qtbot.mouseClick(part(empty, QPushButton, "empty-open"), LEFT)
    assert heard.args == ["open"]
    assert not part(empty, QPushButton, "empty-paste").isEnabled()
    assert not empty.grab().isNull()
    empty.show_words("Drop another")
    label = part(empty, QLabel, "empty-words")
    assert isinstance(label, QLabel)
    assert label.text() == "Drop another"


def test_recent_things_are_listed_and_taken_away(qtbot: QtBot) -> None:
    empty = EmptyState("empty", "Results appear here")
    qtbot.addWidget(empty)
    empty.show()
    empty.show_recent("Recent", [Option("/a", "cats & dogs.frisket")])
    button = part(empty, QPushButton, "empty-recent-0")
    assert isinstance(button, QPushButton)
    assert button.text() == "cats && dogs.frisket"
    with qtbot.waitSignal(empty.chosen) as heard:
        qtbot.mouseClick(button, LEFT)
    assert heard.args == ["/a"]
    empty.show_recent("Recent", [])
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert empty.findChild(QPushButton) is None
    assert not empty.grab().isNull()


@pytest.mark.parametrize("side", list(Qt.LayoutDirection)[:2])
def test_words_of_news_leave_room_for_the_icon_in_every_language(
    qtbot: QtBot, side: Qt.LayoutDirection, qapp: QApplication, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight))
    qapp.setLayoutDirection(side)
    toast = Toast("t", "The provider refused the picture; nothing was charged. " * 2, "error")
    qtbot.addWidget(toast)
    toast.show()
    words = part(toast, QLabel, "t-words").geometry()
    icon = QRect(10, 9, 20, 20)
    if side is Qt.LayoutDirection.RightToLeft:
        icon.moveRight(toast.width() - 11)
    assert not words.intersects(icon)

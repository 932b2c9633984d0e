"""PromptBar: grows, sends with Ctrl+Enter only, keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.controls.button import RING
from editor.ui.controls.option import Option
from editor.ui.controls.prompt_bar import PromptBar
from editor.ui.theme import current

Active = Callable[[QWidget], None]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot, active: Active) -> PromptBar:
    made = PromptBar()
    qtbot.addWidget(made)
    made.send.show_words("Edit ×2", "about $0.11", "Edit ×2, about $0.11")
    active(made)
    made.resize(made.sizeHint())
    made.setFocus()
    return made


def test_it_is_one_line_high_at_first_and_never_too_wide(bar: PromptBar) -> None:
    sizes = current().sizes
    assert bar.sizeHint().height() == sizes.prompt
    assert bar.maximumWidth() == sizes.prompt_widest


def test_it_grows_to_five_lines_and_then_scrolls(qtbot: QtBot, bar: PromptBar) -> None:
    heights = []
    for _ in range(8):
        with qtbot.waitSignal(bar.grew, raising=False, timeout=50):
            bar.text.insertPlainText("line\n")
        heights.append(bar.sizeHint().height())
    assert heights[0] > current().sizes.prompt
    assert heights == sorted(heights)
    assert heights[3] == heights[-1]
    bar.show_text("")
    assert bar.sizeHint().height() == current().sizes.prompt


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_enter_sends(qtbot: QtBot, bar: PromptBar, key: Qt.Key) -> None:
    with qtbot.waitSignal(bar.sent):
        qtbot.keyClick(bar.text, key, CONTROL)


@pytest.mark.parametrize("keys", [Qt.KeyboardModifier.NoModifier, SHIFT])
def test_enter_alone_never_sends(qtbot: QtBot, bar: PromptBar, keys: Qt.KeyboardModifier) -> None:
    with qtbot.assertNotEmitted(bar.sent):
        qtbot.keyClick(bar.text, Qt.Key.Key_Return, keys)
        assert bar.text.toPlainText() == ""
        qtbot.keyClicks(bar.text, "coat")
        qtbot.keyClick(bar.text, Qt.Key.Key_Return, keys)
    assert bar.text.toPlainText() == "coat\n"


def test_a_held_enter_adds_no_lines(bar: PromptBar) -> None:
    bar.show_text("coat")
    held = QKeyEvent(
        QEvent.Type.KeyPress,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.NoModifier,
        "\r",
        True,
    )
    QApplication.sendEvent(bar.text, held)
    assert bar.text.toPlainText() == "coat"


def test_nothing_is_sent_while_the_button_is_off(qtbot: QtBot, bar: PromptBar) -> None:
    bar.send.show_words("Edit", reason="Paint what may change.")
    with qtbot.assertNotEmitted(bar.sent):
        qtbot.keyClick(bar.text, Qt.Key.Key_Return, CONTROL)
        qtbot.mouseClick(bar.send, LEFT)
    assert "Paint what may change." in bar.send.toolTip()


def test_the_button_speaks_its_whole_sentence(bar: PromptBar) -> None:
    assert bar.send.accessibleName() == "Edit ×2, about $0.11"
    assert "Ctrl+Enter" in bar.send.toolTip()
    wide = bar.send.sizeHint().width()
    bar.send.show_words("Edit")
    assert bar.send.sizeHint().width() < wide


def test_an_open_tooltip_learns_how_much_goes_where(
    bar: PromptBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, words, widget: told.append(words))
    monkeypatch.setattr(QToolTip, "isVisible", lambda: True)
    bar.send.show_amount("1 picture, 1.4 MB to api.example.com")
    assert told == []
    monkeypatch.setattr(bar.send, "underMouse", lambda: True)
    bar.send.show_amount("2 pictures, 3.1 MB to api.example.com")
    (words,) = told
    assert "2 pictures, 3.1 MB to api.example.com" in words


def test_the_button_has_a_look_for_every_state(bar: PromptBar) -> None:
    rest = bar.send.grab().toImage()
    assert rest.pixelColor(4, 18) == current().colours.primary
    bar.send.setDown(True)
    assert bar.send.grab().toImage().pixelColor(4, 18) == current().colours.primary_pressed
    bar.send.setDown(False)
    bar.send.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert bar.send.grab().toImage().pixelColor(4, 18) == current().colours.primary_hover
    bar.send.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    bar.send.setFocus()
    assert bar.send.grab().toImage().pixelColor(0, 18) == current().colours.accent
    bar.send.show_words("Edit", reason="No.")
    assert bar.send.grab().toImage().pixelColor(4, 18) == current().colours.hairline


def test_clicks_are_reported(qtbot: QtBot, bar: PromptBar) -> None:
    with qtbot.waitSignal(bar.sent):
        qtbot.mouseClick(bar.send, LEFT)
    bar.show_running(True)
    with qtbot.waitSignal(bar.stopped):
        qtbot.mouseClick(bar.stop, LEFT)
    bar.show_running(False)
    assert not bar.stop.isVisible()


def test_typing_is_reported_and_showing_is_not(qtbot: QtBot, bar: PromptBar) -> None:
    heard: list[str] = []
    bar.changed.connect(heard.append)
    bar.show_text("red")
    bar.show_text("red")
    assert heard == []
    bar.text.moveCursor(bar.text.textCursor().MoveOperation.End)
    qtbot.keyClicks(bar.text, "!")
    assert heard == ["red!"]


def test_escape_leaves(qtbot: QtBot, bar: PromptBar) -> None:
    with qtbot.waitSignal(bar.left):
        qtbot.keyClick(bar.text, Qt.Key.Key_Escape)


def test_earlier_prompts_come_back_and_the_draft_is_kept(qtbot: QtBot, bar: PromptBar) -> None:
    bar.text.set_history(["first", "second"])
    bar.show_text("draft")
    up, down = Qt.Key.Key_Up, Qt.Key.Key_Down
    seen = []
    for key in (up, up, up, down, down, down):
        qtbot.keyClick(bar.text, key, Qt.KeyboardModifier.AltModifier)
        seen.append(bar.text.toPlainText())
    assert seen == ["second", "first", "first", "second", "draft", "draft"]


def test_a_recalled_prompt_that_is_changed_is_the_draft(qtbot: QtBot, bar: PromptBar) -> None:
    bar.text.set_history(["first", "second"])
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(bar.text, Qt.Key.Key_Up, alt)
    qtbot.keyClicks(bar.text, "!")
    qtbot.keyClick(bar.text, Qt.Key.Key_Up, alt)
    assert bar.text.toPlainText() == "second"
    qtbot.keyClick(bar.text, Qt.Key.Key_Down, alt)
    assert bar.text.toPlainText() == "second!"


def test_without_alt_up_and_down_walk_through_the_lines(qtbot: QtBot, bar: PromptBar) -> None:
    bar.text.set_history(["first"])
    bar.show_text("one\ntwo")
    bar.text.moveCursor(bar.text.textCursor().MoveOperation.End)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(bar.text, key)
        assert bar.text.toPlainText() == "one\ntwo"


def test_an_earlier_prompt_that_is_taken_is_typed_by_the_person(
    qtbot: QtBot, bar: PromptBar
) -> None:
    heard: list[str] = []
    bar.changed.connect(heard.append)
    bar.text.set_history(["first"])
    qtbot.keyClick(bar.text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert heard == ["first"]


def test_a_sentence_can_stand_in_its_place_and_the_text_is_kept(
    qtbot: QtBot, bar: PromptBar
) -> None:
    bar.show_text("a red coat")
    bar.show_standing("Remove what is painted", "Add a provider")
    assert not bar.text.isVisible()
    assert bar.standing.isVisible()
    assert bar.sizeHint().height() == current().sizes.prompt
    with qtbot.waitSignal(bar.link_taken):
        qtbot.mouseClick(bar.link, LEFT)
    bar.show_standing("")
    assert bar.text.isVisible()
    assert not bar.link.isVisible()
    assert bar.text.toPlainText() == "a red coat"


def test_a_hint_makes_room_for_itself(bar: PromptBar) -> None:
    before = bar.sizeHint().height()
    bar.show_hint("Paint what may change.")
    assert bar.sizeHint().height() > before
    bar.show_hint("")
    assert bar.sizeHint().height() == before


@pytest.mark.parametrize("mirrored", [False, True])
def test_offers_stand_where_the_line_begins_or_behind_the_hint(
    bar: PromptBar, mirrored: bool
) -> None:
    if mirrored:
        bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bar.show_offers([Option("last", "Last mask"), Option("whole", "Edit the whole picture")])
    bar.show_text("one\ntwo\nthree")
    bar.resize(bar.sizeHint())
    bar.layout().activate()

    def begins(name: str) -> int:
        made = bar.findChild(QWidget, name)
        at = made.mapTo(bar, made.rect().topLeft()).x()
        return bar.width() - at - made.width() if mirrored else at

    assert begins("prompt-last") + RING == begins("prompt-text"), "its words, not its ring"
    assert begins("prompt-whole") > begins("prompt-last")
    for name in ("prompt-last", "prompt-whole"):
        made = bar.findChild(QWidget, name)
        assert made.width() == made.sizeHint().width(), "its words stand in its middle"
    bar.show_hint("Paint what may change.")
    bar.layout().activate()
    assert begins("prompt-hint") == begins("prompt-text")
    assert begins("prompt-last") > begins("prompt-text") + 100


@pytest.mark.parametrize("standing", ["", "Remove what is painted"])
def test_what_stands_below_leaves_the_buttons_on_the_line_of_the_words(
    bar: PromptBar, standing: str
) -> None:
    def place(name: str) -> int:
        bar.resize(bar.sizeHint())
        bar.layout().activate()
        made = bar.findChild(QWidget, name)
        return made.mapTo(bar, made.rect().center()).y()

    bar.show_standing(standing, "Use words" if standing else "")
    before = [place(name) for name in ("prompt-send", "prompt-link")]
    bar.show_offers([Option("last", "Last mask")])
    assert [place(name) for name in ("prompt-send", "prompt-link")] == before
    assert place("prompt-last") > before[0] + 12


@pytest.mark.parametrize("words", ["kleine Wörter ", "كلمات صغيرة "])
def test_words_begin_at_their_own_side_and_none_is_cut_off(bar: PromptBar, words: str) -> None:
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bar.show_text(words * 60)
    bar.resize(bar.sizeHint())
    bar.show()
    QApplication.processEvents()
    mirrored = words[0] > "z"
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    assert bar.text.document().defaultTextOption().alignment() == side
    assert bar.text.contentOffset().x() == 0
    bar.show_text("")


def test_the_small_buttons_stand_in_the_middle_of_the_one_that_sends(bar: PromptBar) -> None:
    bar.show_running(True)
    bar.show_text("one\ntwo\nthree")
    bar.resize(bar.sizeHint())
    bar.layout().activate()
    assert bar.stop.geometry().center().y() == bar.send.geometry().center().y()


def mime(**parts: object) -> QMimeData:
    data = QMimeData()
    if "text" in parts:
        data.setText(str(parts["text"]))
    if "file" in parts:
        data.setUrls([QUrl.fromLocalFile(str(parts["file"]))])
    if "image" in parts:
        image = QImage(4, 4, QImage.Format.Format_RGB32)
        image.fill(QColor("red"))
        data.setImageData(image)
    return data


def test_words_are_pasted_and_pictures_are_passed_on(qtbot: QtBot, bar: PromptBar) -> None:
    bar.text.insertFromMimeData(mime(text="blue"))
    assert bar.text.toPlainText() == "blue"
    for data in (mime(image=True), mime(file="/tmp/a.png")):
        assert bar.text.canInsertFromMimeData(data)
        with qtbot.waitSignal(bar.picture_pasted):
            bar.text.insertFromMimeData(data)
    assert bar.text.toPlainText() == "blue"


def test_files_dropped_on_it_belong_to_the_window(bar: PromptBar) -> None:
    assert not bar.text.acceptDrops()


def test_the_focused_bar_wears_a_ring(bar: PromptBar) -> None:
    assert bar.text.hasFocus()
    assert bar.grab().toImage().pixelColor(300, 0) == current().colours.accent
    bar.send.setFocus()
    assert bar.grab().toImage().pixelColor(300, 0) == current().colours.outline


def test_words_that_are_there_before_it_is_shown_end_beside_the_scroll_bar(
    qtbot: QtBot, active: Active
) -> None:
    made = PromptBar()
    qtbot.addWidget(made)
    made.show_text("A red raincoat with wooden buttons, wet from the rain. " * 12)
    made.setFixedWidth(600)
    active(made)
    layout = made.text.document().firstBlock().layout()
    assert made.text.verticalScrollBar().isVisible()
    assert layout.lineAt(0).width() == made.text.viewport().width()

"""IconButton, Button and Switch: named, described, off with a reason, kind to the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.controls.button import Button, flush
from editor.ui.controls.icon_button import IconButton, Look
from editor.ui.controls.switch import Switch
from editor.ui.controls.tooltip import describe, plain
from editor.ui.theme import current

Active = Callable[[QWidget], None]


def test_an_icon_button_tells_its_name_and_keys(qtbot: QtBot) -> None:
    button = IconButton("tool-brush", "brush", "Brush", "B")
    qtbot.addWidget(button)
    assert button.objectName() == "tool-brush"
    assert button.accessibleName() == "Brush"
    assert ">Brush  (B)<" in button.toolTip()


@pytest.mark.parametrize(("look", "side"), [("tool", 32), ("small", 24), ("over", 24)])
def test_an_icon_button_is_never_smaller_than_a_target(qtbot: QtBot, look: Look, side: int) -> None:
    button = IconButton("x", "close", "Close", look=look)
    qtbot.addWidget(button)
    assert (button.width(), button.height()) == (side, side)
    assert side >= current().sizes.target
    assert not button.grab().isNull()


def test_an_icon_button_that_is_off_says_why(qtbot: QtBot) -> None:
    button = IconButton("undo", "undo", "Undo", "Ctrl+Z")
    qtbot.addWidget(button)
    button.set_off("Nothing to undo.")
    assert not button.isEnabled()
    assert "Nothing to undo." in button.toolTip()
    assert button.accessibleDescription() == "Nothing to undo."
    button.set_off("")
    assert button.isEnabled()
    assert "Nothing" not in button.toolTip()


def test_an_icon_button_can_change_its_meaning(qtbot: QtBot) -> None:
    button = IconButton("corner", "stop", "Stop")
    qtbot.addWidget(button)
    before = button.grab().toImage()
    button.show_icon("close", "Remove")
    assert button.accessibleName() == "Remove"
    assert button.grab().toImage() != before


def test_a_checked_tool_looks_different(qtbot: QtBot) -> None:
    button = IconButton("tool", "brush", "Brush")
    qtbot.addWidget(button)
    button.setCheckable(True)
    rest = button.grab().toImage()
    button.setChecked(True)
    assert button.grab().toImage() != rest


def test_clicking_leaves_the_keyboard_where_it_was(qtbot: QtBot, active: Active) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    line, button, link = QLineEdit(), IconButton("b", "undo", "Undo"), Button("l", "Copy", "link")
    for part in (line, button, link):
        column.addWidget(part)
    active(host)
    line.setFocus()
    for part in (button, link):
        with qtbot.waitSignal(part.clicked):
            qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
        assert line.hasFocus()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert button.hasFocus()


def test_a_focused_button_wears_a_ring(qtbot: QtBot, active: Active) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    button = IconButton("b", "undo", "Undo", parent=host)
    active(host)
    button.clearFocus()
    before = button.grab().toImage()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    after = button.grab().toImage()
    assert before != after
    assert after.pixelColor(0, 16) == current().colours.accent


def test_a_button_that_is_off_says_why(qtbot: QtBot) -> None:
    button = Button("paste", "Paste", icon="paste", keys="Ctrl+V")
    qtbot.addWidget(button)
    button.set_off("The clipboard holds no picture.")
    assert not button.isEnabled()
    assert "Ctrl+V" in button.toolTip()
    assert "no picture" in button.toolTip()


def test_a_short_text_can_be_described_in_full(qtbot: QtBot) -> None:
    button = Button("more", "6")
    qtbot.addWidget(button)
    button.describe("Six variants")
    assert button.accessibleName() == "Six variants"


def test_a_switch_shows_without_reporting_and_reports_clicks(qtbot: QtBot) -> None:
    switch = Switch("stream", "Stream")
    qtbot.addWidget(switch)
    heard: list[bool] = []
    switch.clicked.connect(lambda on: heard.append(on))
    switch.show_value(True)
    assert switch.value()
    assert heard == []
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert heard == [False]
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert heard == [False, True]
    switch.set_off("Only for streams.")
    assert not switch.isEnabled()


def test_a_switch_shows_its_state_by_place_and_fill(qtbot: QtBot) -> None:
    switch = Switch("stream", "Stream")
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())
    off = switch.grab().toImage()
    switch.show_value(True)
    on = switch.grab().toImage()
    assert on.pixelColor(10, 14) == current().colours.primary
    assert off != on
    switch.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert switch.grab().toImage() != on


def test_foreign_words_in_a_tooltip_are_never_markup(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    describe(widget, "Retry", reason="<b>owned</b> & more\nsecond line")
    assert "&lt;b&gt;owned" in widget.toolTip()
    assert ">second line<" in widget.toolTip()
    assert plain("") == ""


def test_only_a_long_line_of_a_tooltip_wraps(qtbot: QtBot) -> None:
    def high(words: str) -> int:
        label = QLabel(plain(words))
        qtbot.addWidget(label)
        label.setWordWrap(True)  # as Qt's own label of tooltips does
        return label.sizeHint().height()

    line = high("Undo")
    assert high("1 picture and a mask, 1.4 MB to api.example.com") == line
    assert high("Edit, about $0.009  (Ctrl+Enter)\n\n1 picture, 1.4 MB to 127.0.0.1") == 2 * line
    assert high("word " * 40) > 2 * line


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_words_of_links_begin_where_their_column_does(qtbot: QtBot, mirrored: bool) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    if mirrored:
        host.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    column = QVBoxLayout(host)
    column.setContentsMargins(16, 0, 16, 0)
    first, second = Button("a", "First", "link"), Button("b", "Second", "quiet")
    column.addLayout(flush(first, second))
    host.resize(300, 60)
    host.show()
    begins = [300 - one.geometry().right() - 1 if mirrored else one.x() for one in (first, second)]
    assert begins[0] == 12
    assert begins[1] == 12 + first.width() + current().sizes.near
    assert first.width() == first.sizeHint().width()

"""The list of keys is searched, fits small windows, and shows what is printed on the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from editor.session.session import Session
from editor.ui import printed
from editor.ui.actions import ON_STAGE, commands
from editor.ui.key_list import KeyList
from editor.ui.window import Window
from tests.fakes.living import Live, opened


def words(keys: KeyList) -> list[str]:
    """What it shows, once all that is wanted is made."""
    made(keys)
    area = keys.findChild(QScrollArea)
    return [label.text() for label in area.widget().findChildren(QLabel)]


def made(keys: KeyList) -> None:
    """Wait until the sheet that is being made is the one that is seen."""
    turns = keys.findChild(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly)
    while turns.isActive():
        QCoreApplication.processEvents()


@pytest.fixture
def keys(qtbot: QtBot) -> KeyList:
    keys = KeyList()
    qtbot.addWidget(keys)
    keys.resize(1000, 600)
    keys.show()
    made(keys)
    return keys


def test_typing_leaves_what_holds_all_words(keys: KeyList) -> None:
    assert {"Brush", "Undo", "Difference"} <= set(words(keys))
    QTest.keyClicks(keys.search, "ZOOM mask")
    assert words(keys) == ["View", "Ctrl+Alt+0", "Zoom to mask"]
    keys.search.clear()
    QTest.keyClicks(keys.search, "f10")
    assert words(keys)[1:] == ["F10", "Difference", "Shift+F10", "Show what changed outside"]
    keys.search.clear()
    QTest.keyClicks(keys.search, "nothing at all")
    assert words(keys) == ["No key does that"]


def test_every_tool_and_every_command_with_a_key_is_there(keys: KeyList) -> None:
    shown = words(keys)
    for letter in ("B", "L", "M", "W", "O", "R", "H", "Z", "Q", "E, X"):
        assert letter in shown
    for command in commands():
        if command.keys:
            assert QKeySequence(command.keys[0]).toString() in shown
    on_stage = {printed.said(keys, {}).replace("Del", "Delete") for keys in ON_STAGE.values()}
    assert on_stage <= set(shown)


@pytest.mark.parametrize("width", [420, 800, 1300])
def test_it_scrolls_down_and_never_across(keys: KeyList, width: int) -> None:
    keys.resize(width, 300)
    made(keys)
    area = keys.findChild(QScrollArea)
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(keys.search, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(keys.search, Qt.Key.Key_Up)
    QTest.keyClick(keys.search, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_closed_it_keeps_no_words(keys: KeyList) -> None:
    keys.hide()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(keys.findChildren(QLabel)) < 5
    keys.show()
    keys.hide()  # before all are made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(keys.findChildren(QLabel)) < 5
    keys.show()
    assert "Undo" in words(keys)


def test_other_keyboards_show_their_own_signs(
    keys: KeyList, monkeypatch: pytest.MonkeyPatch
) -> None:
    def about() -> bool:
        return any(
            label.isVisible()
            for label in keys.findChildren(QLabel)
            if "US keyboard" in label.text()
        )

    assert about()
    keys.hide()
    monkeypatch.setattr(printed, "signs", lambda: {56: "И", 34: "Х", 35: "Ъ", 24: "Й"})
    keys.show()
    shown = words(keys)
    assert shown[shown.index("И") + 1] == "Brush"
    assert "Shift+Х  Ъ" in shown
    assert not about()
    none = Qt.KeyboardModifier.NoModifier
    typed = QKeyEvent(QEvent.Type.KeyPress, 0, none, "й")  # QTest types ASCII only
    QApplication.sendEvent(keys.search, typed)
    assert words(keys)[1] == "Й"


@pytest.mark.parametrize("side", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_keys_begin_below_their_title_whichever_way_their_signs_run(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, side: Qt.LayoutDirection
) -> None:
    monkeypatch.setattr(printed, "signs", lambda: {56: "لا", 34: "ج", 35: "د"})
    monkeypatch.setattr(QGuiApplication, "isRightToLeft", lambda: side is not side.LeftToRight)
    keys = KeyList()
    qtbot.addWidget(keys)
    keys.resize(1000, 600)
    keys.show()
    made(keys)
    labels = {label.text(): label.alignment() for label in keys.findChildren(QLabel)}
    begins = Qt.AlignmentFlag.AlignLeft if side is side.LeftToRight else Qt.AlignmentFlag.AlignRight
    mark = "\u200e"
    for text in ("Tools", f"{mark}لا{mark}", f"Shift+{mark}ج{mark}  {mark}د{mark}", "L"):
        assert labels[text] & begins
        assert labels[text] & Qt.AlignmentFlag.AlignAbsolute


def test_escape_and_the_same_key_again_leave_it(
    live: Live, photo: Path, active: Callable[[QWidget], None]
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        keys = window.stage.keys
        window.actions_by_id["keys"].trigger()
        assert keys.isVisible()
        QTest.keyClick(keys.search, Qt.Key.Key_Escape)
        assert not keys.isVisible()
        QTest.keyClick(window.stage.prompt.text, "?")
        assert not keys.isVisible()
        assert window.stage.prompt.text.toPlainText() == "?"
        QTest.keyClick(window, "?")
        assert keys.isVisible()
        window.actions_by_id["keys"].trigger()
        assert not keys.isVisible()

    live.show(script)

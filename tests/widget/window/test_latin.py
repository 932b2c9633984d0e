"""Ctrl with a letter of another script, as a Russian or an Arabic keyboard sends it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from editor.ui import latin
from editor.ui.keys import KeyFilter

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

Z, COMMA = 52, 59
# Places on the keyboard, as X11 numbers them.

YA, TILDE = 0x42F, 0x7E
# What is printed on the key of Z in Russia, and with Shift in Arabia.


@pytest.fixture(autouse=True)
def on_x(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latin, "QGuiApplication", SimpleNamespace(platformName=lambda: "xcb"))


def pressed(key: int, modifiers: Qt.KeyboardModifier, place: int = Z) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, place, 0, 0)


@pytest.mark.parametrize(
    ("key", "modifiers", "place", "letter"),
    [
        (YA, CTRL, Z, Qt.Key.Key_Z),
        (YA, CTRL | SHIFT, Z, Qt.Key.Key_Z),
        (TILDE, CTRL | SHIFT, Z, Qt.Key.Key_Z),
        (TILDE, CTRL, Z, None),
        (YA, Qt.KeyboardModifier.NoModifier, Z, None),
        (YA, CTRL | ALT, Z, None),
        (YA, CTRL, COMMA, None),
        (Qt.Key.Key_Z, CTRL, Z, None),
        (Qt.Key.Key_Y, CTRL | SHIFT, Z, None),
        (Qt.Key.Key_F6, CTRL, Z, None),
    ],
)
def test_only_letters_of_other_scripts_are_taken_by_their_place(
    key: int, modifiers: Qt.KeyboardModifier, place: int, letter: Qt.Key | None
) -> None:
    assert latin.letter_of(pressed(key, modifiers, place)) is letter


def test_other_systems_need_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latin, "QGuiApplication", SimpleNamespace(platformName=lambda: "windows"))
    assert latin.letter_of(pressed(YA, CTRL)) is None


def test_a_menu_hears_it(qtbot: QtBot) -> None:
    window, done = QWidget(), []
    qtbot.addWidget(window)
    for keys in ("Ctrl+Z", "Ctrl+Shift+Z"):
        action = QAction(keys, window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False, keys=keys: done.append(keys))
    keep = KeyFilter(window, done.append)
    QCoreApplication.sendEvent(window, pressed(YA, CTRL))
    QCoreApplication.sendEvent(window, pressed(YA, CTRL | SHIFT))
    assert done == ["Ctrl+Z", "Ctrl+Shift+Z"]
    assert keep.parent() is window


def test_a_text_keeps_its_own(qtbot: QtBot, active: Callable[[QWidget], None]) -> None:
    window, done = QWidget(), []
    qtbot.addWidget(window)
    text = QPlainTextEdit(window)
    text.insertPlainText("words")
    action = QAction("undo", window)
    action.setShortcut(QKeySequence("Ctrl+Z"))
    action.triggered.connect(lambda: done.append("undo"))
    KeyFilter(window, done.append)
    active(window)
    text.setFocus()
    QCoreApplication.sendEvent(text, pressed(YA, CTRL))
    assert text.toPlainText() == ""
    assert done == []

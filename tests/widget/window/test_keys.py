"""Keys of the stage: by meaning or by place, and never taken from whoever is typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.keys import PLACES, KeyFilter, command_of
from editor.ui.printed import US

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


def pressed(
    key: int, modifiers: Qt.KeyboardModifier = NONE, code: int = 0, *, repeated: bool = False
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, code, 0, 0, "", repeated)


@pytest.mark.parametrize(
    ("key", "command"),
    [
        (Key.Key_B, "tool:brush"),
        (Key.Key_E, "flip"),
        (Key.Key_X, "flip"),
        (Key.Key_H, "tool:hand"),
        (Key.Key_Z, "tool:zoom"),
        (Key.Key_0, "digit:0"),
        (Key.Key_9, "digit:9"),
        (Key.Key_Return, "enter"),
        (Key.Key_Enter, "enter"),
        (Key.Key_Escape, "escape"),
        (Key.Key_Delete, "delete"),
        (Key.Key_PageDown, "next-picture"),
        (Key.Key_PageUp, "previous-picture"),
        (Key.Key_Q, "mask-view"),
        (Key.Key_Space, ""),
    ],
)
def test_each_key_has_its_command(key: Key, command: str) -> None:
    assert command_of(pressed(key)) == command


def test_places_are_those_of_the_letters_of_a_us_keyboard() -> None:
    digits = {10 + at: f"{(at + 1) % 10}" for at in range(10)}
    for code, sign in {**digits, **US}.items():
        key = QKeySequence(sign)[0].key()
        assert command_of(pressed(key)) == PLACES.get(code, ""), sign


def test_the_number_pad_counts_and_modifiers_do_not() -> None:
    assert command_of(pressed(Key.Key_3, Qt.KeyboardModifier.KeypadModifier)) == "digit:3"
    for modifier in (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.AltModifier,
    ):
        assert command_of(pressed(Key.Key_B, modifier)) == ""


@pytest.mark.parametrize("platform", ["xcb", "wayland"])
def test_where_places_are_known_the_place_decides(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Russian layout has no B, and a French one no digits without Shift."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    assert command_of(pressed(0x0418, code=56)) == "tool:brush"
    assert command_of(pressed(Key.Key_Ampersand, code=10)) == "digit:1"
    assert command_of(pressed(Key.Key_Agrave, code=19)) == "digit:0"
    assert command_of(pressed(Key.Key_B, code=57)) == ""
    assert command_of(pressed(Key.Key_Return, code=36)) == "enter"
    assert command_of(pressed(Key.Key_B)) == "tool:brush"


@pytest.fixture
def window(qtbot: QtBot, active: Callable[[QWidget], None]) -> QWidget:
    found = QWidget()
    qtbot.addWidget(found)
    active(found)
    return found


@pytest.fixture
def done(window: QWidget) -> Iterator[list[str]]:
    """What was done since the filter listens to the window."""
    commands: list[str] = []
    keys = KeyFilter(window, commands.append)
    yield commands
    keys.deleteLater()


def typed(widget: QWidget, key: Key) -> None:
    """Give a widget the keyboard, and press a key."""
    widget.show()
    widget.setFocus()
    assert QApplication.focusWidget() is widget
    QTest.keyClick(widget, key)


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QComboBox])
def test_text_fields_keep_their_keys(window: QWidget, done: list[str], kind: type[QWidget]) -> None:
    field = kind(window)
    typed(field, Key.Key_B)
    assert done == []
    typed(window, Key.Key_B)
    assert done == ["tool:brush"]


def test_another_window_keeps_its_keys(qtbot: QtBot, window: QWidget, done: list[str]) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    QTest.keyClick(other, Key.Key_B)
    assert done == []


def test_a_held_key_counts_once(window: QWidget, done: list[str]) -> None:
    QGuiApplication.sendEvent(window, pressed(Key.Key_E))
    for _ in range(3):
        QGuiApplication.sendEvent(window, pressed(Key.Key_E, repeated=True))
    assert done == ["flip"]


class Taking(QWidget):
    """Takes every key, as a tile takes those it knows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()


def test_delete_is_left_to_tiles(window: QWidget, done: list[str]) -> None:
    for name, count in (("pictures-a", 0), ("results-a", 0), ("canvas", 1)):
        widget = Taking(window)
        widget.setObjectName(name)
        typed(widget, Key.Key_Delete)
        assert len(done) == count
        QTest.keyClick(widget, Key.Key_B)
        assert done.pop() == "tool:brush"


def test_tab_hides_the_panels_on_the_canvas_only(window: QWidget, done: list[str]) -> None:
    canvas, other = QWidget(window), QWidget(window)
    canvas.setObjectName("canvas")
    typed(other, Key.Key_Tab)
    assert done == []
    typed(canvas, Key.Key_Tab)
    assert done == ["panels"]


class Ignoring(QLineEdit):
    """Leaves every key to what it lies in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


def test_a_key_that_a_text_leaves_goes_on_as_a_command(window: QWidget, done: list[str]) -> None:
    box = QWidget(window)
    field = Ignoring(box)
    box.show()
    typed(field, Key.Key_Escape)
    assert done == ["escape"]


def test_what_had_the_keyboard_before_is_heard_too(
    qtbot: QtBot, active: Callable[[QWidget], None]
) -> None:
    window, done = QWidget(), list[str]()
    qtbot.addWidget(window)
    canvas = QWidget(window)
    canvas.setObjectName("canvas")
    active(window)
    canvas.setFocus()
    KeyFilter(window, done.append)
    QTest.keyClick(canvas, Key.Key_Tab)
    assert done == ["panels"]


def test_nothing_else_is_asked_about(
    window: QWidget, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QObject] = []
    monkeypatch.setattr(
        KeyFilter, "eventFilter", lambda self, watched, event: bool(asked.append(watched))
    )
    idle = QWidget(window)
    idle.show()
    idle.move(20, 20)
    QGuiApplication.sendEvent(window, pressed(Key.Key_B))
    assert window in asked
    assert idle not in asked

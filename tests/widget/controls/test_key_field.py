"""KeyField and ChoiceTile: a key is masked, handed on and gone; a choice moves by arrows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.controls.choice_tile import ChoiceTile
from editor.ui.controls.key_field import KeyField

KEY = "sk-canary-0123456789"


@pytest.fixture
def field(qtbot: QtBot) -> KeyField:
    made = KeyField("key", "Key", "Keep")
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def everything(widget: QWidget) -> str:
    """Whatever eyes, screen readers or the clipboard can get out of it."""
    told = [widget.accessibleName(), widget.toolTip(), QGuiApplication.clipboard().text()]
    for line in widget.findChildren(QLineEdit):
        told += [line.text(), line.displayText(), line.placeholderText(), line.selectedText()]
    return " ".join(told)


def test_a_pasted_key_is_handed_on_at_once_and_is_gone(field: KeyField, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(KEY)
    with qtbot.waitSignal(field.given) as given:
        field.line.paste()
        field.line.textEdited.emit(field.line.text())
    QGuiApplication.clipboard().clear()
    assert given.args == [KEY]
    assert KEY not in everything(field)
    assert not field.confirm.isVisible()


def test_a_key_pasted_by_keys_is_handed_on_once(field: KeyField, qtbot: QtBot) -> None:
    given = []
    field.given.connect(given.append)
    QGuiApplication.clipboard().setText(KEY)
    QTest.keySequence(field.line, QKeySequence(QKeySequence.StandardKey.Paste))
    QGuiApplication.clipboard().clear()
    assert given == [KEY]
    QTest.keySequence(field.line, QKeySequence(QKeySequence.StandardKey.Undo))
    assert field.line.text() == ""


@pytest.mark.parametrize("confirm", ["enter", "button"])
def test_a_typed_key_is_dots_until_it_is_confirmed(
    confirm: str, field: KeyField, qtbot: QtBot
) -> None:
    QTest.keyClicks(field.line, "abc")
    assert field.confirm.isVisible()
    assert "abc" not in field.line.displayText()
    with qtbot.waitSignal(field.given) as given:
        if confirm == "enter":
            QTest.keyClick(field.line, Qt.Key.Key_Return)
        else:
            field.confirm.click()
    assert given.args == ["abc"]
    assert field.line.text() == ""


def test_nothing_is_not_given(field: KeyField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(field.given):
        QTest.keyClick(field.line, Qt.Key.Key_Return)


def test_no_menu_of_qt_comes_up(field: KeyField) -> None:
    at = field.line.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, field.line.mapToGlobal(at))
    QApplication.sendEvent(field.line, event)
    assert event.isAccepted()
    assert QApplication.activePopupWidget() is None


def test_it_says_what_is_wrong_and_why_it_is_off(field: KeyField) -> None:
    field.show_wrong(True)
    assert field.line.property("wrong") is True
    field.show_hint("Paste it")
    assert field.line.placeholderText() == "Paste it"
    field.set_off("One moment")
    assert not field.isEnabled()
    assert field.line.accessibleDescription() == "One moment"


@pytest.fixture
def tiles(qtbot: QtBot) -> Iterator[list[ChoiceTile]]:
    host = QWidget()
    qtbot.addWidget(host)
    row = QHBoxLayout(host)
    made = [ChoiceTile(f"tile-{name}", name) for name in ("OpenAI", "Ace Data")]
    host.group = QButtonGroup(host)
    for tile in made:
        row.addWidget(tile)
        host.group.addButton(tile)
    made[0].setChecked(True)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    yield made
    host.close()


def test_arrows_move_the_choice(tiles: list[ChoiceTile]) -> None:
    tiles[0].setFocus()
    QTest.keyClick(tiles[0], Qt.Key.Key_Right)
    assert tiles[1].isChecked()
    QTest.mouseClick(tiles[0], Qt.MouseButton.LeftButton)
    assert tiles[0].isChecked()


def test_what_is_known_of_a_choice_is_spoken_and_drawn(tiles: list[ChoiceTile]) -> None:
    before = tiles[1].grab().toImage()
    tiles[1].show_note("key: keyring", "ok")
    assert tiles[1].grab().toImage() != before
    assert tiles[1].accessibleDescription() == "key: keyring"
    drawn = tiles[1].grab().toImage()
    tiles[1].setEnabled(False)
    assert tiles[1].grab().toImage() != drawn
    tiles[0].setDown(True)
    tiles[1].setEnabled(True)
    tiles[1].setDown(True)
    assert tiles[1].grab().toImage() != drawn

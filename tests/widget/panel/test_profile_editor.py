"""The editor of a profile: numbers, remarks, and what is wrong beside its line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.capability.profile import Fault, template
from editor.capability.sentence import Sentence
from editor.errors import CannotWrite
from editor.session.profiles import Draft
from editor.ui import style
from editor.ui.controls.code_text import CodeText
from editor.ui.controls.combo import Combo
from editor.ui.controls.message import Message
from editor.ui.panel.profile_editor import ProfileEditor
from tests.fakes.pseudo_locale import PseudoLocale, untranslated

DRAFT = Draft("my-server", template(), (), ("azure", "litellm"))
FAULT = Fault(3, Sentence("unexpected key '{key}'", key="engines"))


@pytest.fixture
def editor(qtbot: QtBot) -> ProfileEditor:
    made = ProfileEditor()
    qtbot.addWidget(made)
    made.resize(288, 700)
    made.show_draft(DRAFT)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def button(editor: QWidget, name: str) -> QPushButton:
    found = editor.findChild(QPushButton, name)
    assert found is not None
    return found


def said(editor: QWidget) -> str:
    found = editor.findChild(Message, "profile-said")
    assert found is not None
    return found.words


def test_a_sound_profile_may_be_saved(editor: ProfileEditor, qtbot: QtBot) -> None:
    assert said(editor) == "Nothing is wrong with it."
    assert not button(editor, "profile-find").isVisible()
    for signal, name in ((editor.saved, "profile-save"), (editor.left, "profile-leave")):
        with qtbot.waitSignal(signal):
            button(editor, name).click()


def test_what_is_wrong_is_found_by_its_line(editor: ProfileEditor) -> None:
    clean = editor.text.grab().toImage()
    editor.show_draft(replace(DRAFT, faults=(FAULT,)))
    assert said(editor) == "Unexpected key 'engines'"
    assert not button(editor, "profile-save").isEnabled()
    assert editor.text.accessibleDescription() == "Unexpected key 'engines'"
    assert editor.text.grab().toImage() != clean
    button(editor, "profile-find").click()
    assert editor.text.textCursor().blockNumber() == 2
    assert editor.text.hasFocus()
    editor.show_draft(replace(DRAFT, faults=None))
    assert said(editor) == "Looking…"
    editor.show_draft(replace(DRAFT, trouble=CannotWrite("The disk is full.")))
    assert said(editor) == "The disk is full."


def test_what_is_typed_is_reported_and_what_is_shown_is_not(
    editor: ProfileEditor, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(editor.written) as written:
        QTest.keyClicks(editor.text, "#")
    assert written.args == ["#" + template()]
    with qtbot.assertNotEmitted(editor.written):
        editor.show_draft(replace(DRAFT, text="label = 'x'"))
    assert editor.text.toPlainText() == "label = 'x'"
    line = editor.findChild(QWidget, "profile-id")
    with qtbot.waitSignal(editor.called) as called:
        QTest.keyClicks(line, "2")
    assert called.args == ["my-server2"]


@pytest.mark.parametrize(("chosen", "begun"), [("azure", "azure"), ("-", "")])
def test_it_begins_with_an_example(
    chosen: str, begun: str, editor: ProfileEditor, qtbot: QtBot
) -> None:
    combo = editor.findChild(Combo, "profile-begin")
    assert combo is not None
    with qtbot.waitSignal(editor.begun) as heard:
        combo.chosen.emit(chosen)
    assert heard.args == [begun]
    editor.show_draft(replace(DRAFT, id="azure"))
    assert combo.value() == "azure"
    editor.show_draft(replace(DRAFT, beginnings=()))
    assert not combo.isVisible()


def test_every_word_can_be_translated(pseudo: PseudoLocale, qtbot: QtBot) -> None:
    made = ProfileEditor()
    qtbot.addWidget(made)
    for draft in (DRAFT, replace(DRAFT, faults=(FAULT,)), replace(DRAFT, faults=None)):
        made.show_draft(draft)
        assert untranslated(made, frozenset({"engines"})) == []


def test_lines_are_numbered_as_far_as_they_are_seen(editor: ProfileEditor) -> None:
    rows = editor.text.rows()
    assert [number for number, _, _ in rows] == list(range(1, len(rows) + 1))
    editor.text.go_to(60)
    assert 60 in [number for number, _, _ in editor.text.rows()]


def test_a_wrapped_line_is_said_to_be_wrong_behind_its_last_word(
    editor: ProfileEditor,
) -> None:
    before = editor.text.grab().toImage()
    editor.text.show_wrong({1: "wrong"})
    assert editor.text.grab().toImage() != before


def test_the_text_follows_the_theme_and_has_no_menu_of_qt(
    editor: ProfileEditor, qapp: QApplication
) -> None:
    text = editor.text
    dark = text.grab().toImage()
    style.apply(qapp, "light", still=True)
    assert text.grab().toImage() != dark
    at = QPoint(5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, text.mapToGlobal(at))
    text.contextMenuEvent(event)
    assert event.isAccepted()


def test_tab_leaves_the_text(editor: ProfileEditor) -> None:
    editor.text.setFocus()
    QTest.keyClick(editor.text, Qt.Key.Key_Tab)
    assert not editor.text.hasFocus()


def test_it_has_a_size_before_it_is_shown(qtbot: QtBot) -> None:
    made = CodeText("text", "Text")
    qtbot.addWidget(made)
    assert made.sizeHint().height() > made.minimumHeight()

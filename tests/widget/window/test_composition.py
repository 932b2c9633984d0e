"""Input methods: they compose words in the prompt, and take no key of the canvas."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.window import Window
from tests.fakes.living import Live, opened, paint

CONTROL = Qt.KeyboardModifier.ControlModifier


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def test_enter_never_sends_while_a_word_is_composed(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    async def send() -> None:
        sent.append("sent")

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        text = window.stage.prompt.text
        monkeypatch.setattr(session, "send", send)
        text.left.connect(lambda: sent.append("left"))
        text.setFocus()
        QTest.keyClicks(text, "a ")
        compose(text, "たこ")
        assert text.composing
        for modifiers in (Qt.KeyboardModifier.NoModifier, CONTROL):
            QTest.keyClick(text, Qt.Key.Key_Return, modifiers)
        QTest.keyClick(text, Qt.Key.Key_Escape)
        assert sent == []
        assert text.toPlainText() == "a "
        compose(text, "", "凧")
        assert not text.composing
        assert text.toPlainText() == "a 凧"
        assert session.form.state.prompt == "a 凧"
        QTest.keyClick(text, Qt.Key.Key_Return, CONTROL)
        await finish()
        assert sent == ["sent"]

    live.show(script)


def test_the_canvas_leaves_no_key_to_an_input_method(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        canvas = window.stage.canvas
        canvas.setFocus()
        asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
        QApplication.sendEvent(canvas, asked)
        assert not asked.value(Qt.InputMethodQuery.ImEnabled)
        assert not canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        compose(canvas, "b")
        QTest.keyClick(canvas, Qt.Key.Key_L)
        assert canvas.tool == "lasso"

    live.show(script)


def test_a_lone_alt_opens_no_menu_after_mouse_and_key(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        canvas = window.stage.canvas
        QTest.keyPress(canvas, Qt.Key.Key_Alt)
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier)
        QTest.keyRelease(canvas, Qt.Key.Key_Alt)
        assert window.menuBar().activeAction() is None
        assert canvas.hasFocus()

    live.show(script)

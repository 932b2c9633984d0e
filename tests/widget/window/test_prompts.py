"""Earlier prompts in the window: Alt+Up in the prompt, and a list that fills it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.project.project import Round
from editor.session.session import Session
from editor.ui.panel.earlier import Earlier
from editor.ui.window import Window
from tests.fakes.living import Live


def test_earlier_prompts_are_walked_and_chosen(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        session.form.set_model("openai", "gpt-image-2")
        for number, prompt in enumerate(("a red kite", "a blue kite")):
            session.prompts.add(Round(str(number), "s", "openai", "gpt-image-2", prompt))
        text = window.stage.prompt.text
        QTest.keyClick(text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert session.form.state.prompt == "a blue kite"
        window.actions_by_id["prompts"].trigger()
        (earlier,) = window.findChildren(Earlier)
        assert earlier.isVisible()
        QTest.keyClicks(earlier.search, "red")
        QTest.keyClick(earlier.search, Qt.Key.Key_Return)
        assert session.form.state.prompt == text.toPlainText() == "a red kite"
        window.actions_by_id["prompts"].trigger()
        assert window.findChildren(Earlier) == [earlier]
        earlier.hide()

    live.show(script)

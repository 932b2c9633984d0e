"""What is offered at the prompt where nothing is painted."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.session.session import Session
from editor.ui.controls.button import Button
from editor.ui.window import Window
from tests.fakes.living import Live, opened, paint, scene


def links(window: Window) -> list[str]:
    return [
        button.text() for button in window.stage.prompt.findChildren(Button) if button.isVisible()
    ]


def test_the_whole_picture_is_offered_and_the_lock_says_that_nothing_is_protected(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(window: Window, session: Session) -> None:
        said: list[str] = []
        monkeypatch.setattr(window.stage.canvas, "show_lock", said.append)
        await opened(session, scene(tmp_path / "photo.png"))
        session.form.set_model("openai", "gpt-image-2")
        assert links(window) == []
        session.form.set_prompt("a red kite")
        session.sending.judge()
        assert links(window) == ["Edit the whole picture"]
        (button,) = (b for b in window.stage.prompt.findChildren(Button) if b.isVisible())
        assert "nothing is protected" in button.toolTip()
        button.click()
        session.sending.judge()
        assert said[-1] == "nothing is protected in this edit"
        session.form.set_provider("offline")
        assert said[-1] == ""
        session.form.set_provider("openai")
        assert said[-1] == "nothing is protected in this edit"
        assert links(window) == []
        assert window.stage.prompt.send.isEnabled()
        window.actions_by_id["undo"].trigger()
        session.sending.judge()
        assert said[-1] == ""
        assert links(window) == ["Edit the whole picture"]
        paint(session)
        assert links(window) == []

    live.show(script)

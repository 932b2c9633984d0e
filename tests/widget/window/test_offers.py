"""What is offered at the prompt where nothing is painted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from editor.session.covering import LAST
from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.controls.button import Button
from editor.ui.window import Window
from tests.fakes.living import Live, offered, opened, paint, scene, until


def links(window: Window) -> list[str]:
    return [
        button.text() for button in window.stage.prompt.findChildren(Button) if button.isVisible()
    ]


def test_the_whole_picture_is_offered_and_the_lock_says_that_nothing_is_protected(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(window: Window, session: Session) -> None:
        said: list[tuple[str, bool]] = []
        monkeypatch.setattr(
            window.stage.canvas, "show_lock", lambda words, *, open: said.append((words, open))
        )
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
        assert said[-1] == ("nothing is protected in this edit", True)
        session.form.set_provider("offline")
        assert said[-1] == ("", False)
        session.form.set_provider("openai")
        assert said[-1] == ("nothing is protected in this edit", True)
        assert links(window) == []
        assert window.stage.prompt.send.isEnabled()
        window.actions_by_id["undo"].trigger()
        session.sending.judge()
        assert said[-1] == ("", False)
        assert links(window) == ["Edit the whole picture"]
        paint(session)
        assert links(window) == []

    live.show(script)


def test_the_last_mask_is_a_click_away_once_an_edit_is_kept(live: Live, tmp_path: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        again = window.actions_by_id["mask-last"]
        paint(session)
        assert not again.isEnabled()
        painted = session.painting.plane.snapshot()
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        assert session.painting.plane.is_empty, "a fresh mask after each kept edit"
        await finish()
        assert "Last mask" in links(window)
        buttons = window.stage.prompt.findChildren(Button)
        next(button for button in buttons if button.text() == "Last mask").click()
        assert np.array_equal(session.painting.plane.pixels, painted)
        assert "Last mask" not in links(window)
        window.actions_by_id["undo"].trigger()
        assert session.painting.plane.is_empty
        assert again.isEnabled()
        paint(session, 100, 100)
        again.trigger()
        assert np.array_equal(session.painting.plane.pixels, painted)
        assert live.told == []

    live.show(script)


def test_the_last_mask_is_there_after_a_restart(live: Live, tmp_path: Path) -> None:
    async def first(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        paint(session)
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")

    async def second(session: Session) -> None:
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        assert session.covering.ways == (LAST,)
        session.covering.go(LAST)
        assert session.painting.plane.pixels[160, 240] == 255

    live.run(first)
    live.run(second, live.path)


def test_the_mask_stays_when_the_prompt_changes(live: Live, tmp_path: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        session.form.set_model("openai", "gpt-image-2")
        paint(session)
        painted = session.painting.plane.snapshot()
        for words in ("a red kite", "", "a blue kite"):
            window.stage.prompt.changed.emit(words)
            session.sending.judge()
            assert np.array_equal(session.painting.plane.pixels, painted)
        assert session.form.state.prompt == "a blue kite"

    live.show(script)

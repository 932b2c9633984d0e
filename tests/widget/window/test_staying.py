"""A project that stays on this computer: what is offered, what is refused, where it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.edits.job import State
from editor.session.session import Session
from editor.ui.controls.combo import Combo
from editor.ui.controls.message import Message
from editor.ui.controls.row import FieldRow
from editor.ui.controls.segmented import Segmented
from editor.ui.exporting import ExportPanel
from editor.ui.window import Window
from tests.fakes.acting import Play
from tests.fakes.living import Live, answered, opened, paint, scene, until, wish
from tests.fakes.provider import Provider


def offered(window: Window) -> list[str]:
    combo = window.panel.findChild(Combo, "provider")
    return [combo.itemData(at) for at in range(combo.count())]


def test_the_switch_is_said_and_kept_in_the_project(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(window: Window, session: Session) -> None:
        said: list[str] = []
        monkeypatch.setattr(window.hints, "show_facts", lambda *facts: said.extend(facts))
        await opened(session, scene(tmp_path / "photo.png"))
        session.form.set_provider("openai")
        assert "openai" in offered(window)
        window.actions_by_id["local"].trigger()
        assert offered(window) == ["offline"]
        assert session.form.state.offline
        assert "stays on this computer" in window.windowTitle()
        assert "stays on this computer" in said
        assert not window.stage.prompt.link.isVisible()

    async def again(window: Window, session: Session) -> None:
        assert session.form.state.local
        assert window.actions_by_id["local"].isChecked()
        window.actions_by_id["local"].trigger()
        assert window.windowTitle() == "Frisket"
        assert "openai" in offered(window)

    live.show(script)
    live.show(again, live.path)


def test_the_export_panel_says_what_a_recipe_says_of_it(live: Live, tmp_path: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        paint(session)
        session.form.set_provider("offline")
        await answered(session)
        window.actions_by_id["export-as"].trigger()
        (panel,) = window.findChildren(ExportPanel)

        def said() -> list[str]:
            lines = panel.findChild(FieldRow, "row-export-recipe").findChildren(Message)
            return [line.words for line in lines if line.words]

        assert said() == []
        window.actions_by_id["local"].trigger()
        assert said() == ["It says that this project stays on this computer"]
        panel.findChild(Segmented, "export-recipe").chosen.emit("none")
        assert said() == []

    live.show(script)


def test_what_waits_is_stopped_and_an_edit_that_slips_through_is_refused(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    paid.always(Play(hold="head"))

    async def script(window: Window, session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        paint(session)
        wish(session, count=6)
        await session.send()
        jobs = [entry.job for entry in session.gallery.state.entries]
        await until(
            session.jobs.changed, lambda: sum(session.jobs.job(id).sent for id in jobs) == 4
        )
        groups = session.rounds.of(session.gallery.state.entries[0].round)
        assert groups is not None
        window.actions_by_id["local"].trigger()
        await until(session.jobs.changed, lambda: session.jobs.running == 4)
        await session.choosing.redo(jobs[-1])
        newest = session.jobs.job(session.gallery.state.entries[0].job)
        assert newest.state is State.FAILED
        paid.release()
        await until(session.jobs.changed, lambda: session.jobs.running == 0)

    live.show(script)
    assert len(paid.log) == 4

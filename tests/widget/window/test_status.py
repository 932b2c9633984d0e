"""Chips, captions, facts and commands: what the window says of the session as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QLocale

from editor.compose.blend import BEYOND
from editor.decoding.pool import Opened
from editor.errors import InputProblem
from editor.imaging.geometry import Rect
from editor.session.held import Held
from editor.session.loop import finish, turn
from editor.session.session import Session
from editor.ui.controls.icon_button import IconButton
from editor.ui.gallery.pane import Pane
from editor.ui.window import Window
from tests.fakes.answering import begun
from tests.fakes.living import Live, based, offered, opened, paint, until


class Said:
    """What the canvas and the line of facts were last told to show."""

    def __init__(self, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        self.last: dict[str, object] = {}
        for owner, name in (
            (window.stage.canvas, "show_lock"),
            (window.stage.canvas, "show_caption"),
            (window.stage.canvas.frame, "say"),
            (window.hints, "show_facts"),
        ):
            monkeypatch.setattr(owner, name, self._heard(name, getattr(owner, name)))

    def _heard(self, name: str, real):
        def tell(*values: object, **more: object) -> None:
            self.last[name] = values[0] if len(values) == 1 else values
            real(*values, **more)

        return tell


def test_the_lock_tells_what_it_counted(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(window: Window, session: Session) -> None:
        said = Said(window, monkeypatch)
        await opened(session, photo)
        assert said.last["show_lock"] == ""
        paint(session)
        protected = int(np.count_nonzero(session.painting.plane.pixels == 0))
        await offered(session, "v1", 90)
        assert said.last["show_lock"] == f"0 of {protected:,} changed"
        session.gallery.leave()
        assert said.last["show_lock"] == ""
        entry = session.gallery.state.entries[0]
        session.gallery._change(entry.id, proof=(12345, 99999))
        session.gallery.show(1)
        assert said.last["show_lock"] == "12,345 of 99,999 changed"

    live.show(script)


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("german")
def test_numbers_are_grouped_as_the_language_does(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(window: Window, session: Session) -> None:
        said = Said(window, monkeypatch)
        await opened(session, photo)
        paint(session)
        entry = await offered(session, "v1", 90)
        session.gallery._change(entry.id, proof=(0, 1234567))
        session.gallery.show(1)
        assert said.last["show_lock"] == "0 of 1.234.567 changed"

    live.show(script)


def test_the_stage_says_what_it_shows(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(window: Window, session: Session) -> None:
        said = Said(window, monkeypatch)
        await opened(session, photo)
        assert said.last["show_caption"] == ""
        paint(session)
        await offered(session, "v1", 90)
        assert said.last["show_caption"] == "Showing v1 - Enter keeps, Esc back"
        session.gallery.show(0)
        assert said.last["show_caption"] == "Showing the original - Esc back"
        session.gallery.leave()
        assert said.last["show_caption"] == ""

    live.show(script)


def test_the_stage_says_where_an_answer_does_not_reach_all_of_the_mask(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        chrome = window.stage.canvas.chrome
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        assert chrome._words["beyond"] == ""
        await offered(session, "v2", 40, Rect(0, 0, 240, 320))
        session.gallery.show(1)
        assert chrome._words["beyond"] == BEYOND
        session.gallery.leave()
        assert chrome._words["beyond"] == ""

    live.show(script)


def test_the_depth_and_what_intake_changed_are_told(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = np.zeros((40, 60, 3), np.uint16)
    assert cv2.imwrite(str(tmp_path / "deep.png"), deep)

    async def script(window: Window, session: Session) -> None:
        said = Said(window, monkeypatch)
        await opened(session, tmp_path / "deep.png")
        depth, kept = said.last["show_facts"]
        assert depth == "16-bit sRGB"
        assert kept.startswith("16 bits per channel are kept")
        held = session.document.target
        facts = replace(held.facts, depth=8, profile_name="Display P3", notes=("Turned.", "Cut."))
        session.document.rebase(replace(held, facts=facts), session.document.base)
        await turn()
        assert said.last["show_facts"] == ("8-bit Display P3", "Turned.")
        session.document.remove(held.slot)
        await turn()
        assert said.last["show_facts"] == ()

    live.show(script)


NEEDS = {
    "picture": ("export", "export-as", "mask-all", "fit", "send", "remove"),
    "mask": ("export-mask", "mask-none", "zoom-mask", "paste-result"),
    "variant": ("grid", "beside", "divider", "difference", "tear-off", "zoom-change", "keep"),
    "pages": ("page-next", "page-previous"),
    "running": ("stop",),
    "undo": ("undo",),
    "redo": ("redo",),
    "": ("new", "open", "paste", "quit", "keys", "about", "dark"),
}


def enabled(window: Window) -> set[str]:
    """What is there, by the commands that are on; all that need the same thing agree."""
    found = set()
    for need, ids in NEEDS.items():
        states = {window.actions_by_id[id].isEnabled() for id in ids}
        assert len(states) == 1, (need, ids)
        found |= {need} if states.pop() else set()
    return found - {""}


def test_commands_are_on_where_they_can_act(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        assert enabled(window) == set()
        await opened(session, photo)
        assert enabled(window) == {"picture", "undo"}
        paint(session)
        assert enabled(window) == {"picture", "undo", "mask"}
        session.undo()
        assert enabled(window) == {"picture", "undo", "redo"}
        session.redo()
        await offered(session, "v1", 90)
        assert enabled(window) == {"picture", "undo", "mask", "variant"}
        (job,) = begun(session, count=1)
        assert enabled(window) == {"picture", "undo", "mask", "variant", "running"}
        session.jobs.stop(job.id)
        session.gallery.remove("v1")
        assert enabled(window) == {"picture", "undo", "mask"}
        session.document.remove(session.painting.slot)
        assert enabled(window) == {"undo"}
        session.undo()
        await based(session)
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        assert enabled(window) == {"picture", "undo", "redo", "mask"}

    live.show(script)


def test_the_tool_column_says_why_something_is_off(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        def tip(name: str) -> str:
            button = window.tools.findChild(IconButton, name)
            assert button is not None
            return button.toolTip()

        await opened(session, photo)
        assert "Nothing to redo" in tip("tools-redo")
        assert "no results to compare" in tip("tools-grid")
        paint(session)
        await offered(session, "v1", 90)
        session.undo()
        assert "Nothing to redo" not in tip("tools-redo")
        assert "no results to compare" not in tip("tools-grid")

    live.show(script)


def test_the_original_of_a_comparison_is_the_untouched_source(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        source = session.document.base.pixels
        paint(session)
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        window.actions_by_id["beside"].trigger()
        await finish()
        panes = [pane for pane in window.stage.compare.findChildren(Pane) if pane.isVisible()]
        assert [pane.accessibleName() for pane in panes] == ["Original", "v1"]
        assert np.array_equal(panes[0]._look.picture.raster.pixels, source)
        assert np.array_equal(panes[1]._look.picture.raster.pixels, session.document.base.pixels)

    live.show(script)


def test_a_source_that_could_not_be_read_is_read_at_the_next_look(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []

    async def script(window: Window, session: Session) -> None:
        canvas, real = window.stage.canvas, session.document.source

        async def failing(held: Held) -> Opened:
            reads.append(held.digest)
            if len(reads) in {1, 2}:
                raise InputProblem("{name} is not there.", name=held.name)
            return await real(held)

        monkeypatch.setattr(session.document, "source", failing)
        await opened(session, photo)
        source = session.document.base.pixels
        paint(session)
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        for looks in (1, 2):
            session.gallery.show(0)
            await finish()
            session.gallery.changed.emit(session.gallery.state)
            await finish()
            assert len(reads) == looks
            assert canvas._layers.source is None
            session.gallery.leave()
        session.gallery.show(0)
        await finish()
        assert np.array_equal(canvas._layers.source.raster.pixels, source)
        session.gallery.leave()
        session.gallery.show(0)
        await finish()
        assert len(reads) == 3

    live.show(script)
    assert [notice.template for notice in live.told] == ["{name} is not there."] * 2

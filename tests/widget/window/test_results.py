"""Results by keys and clicks: who keeps, who removes, who stops, who takes the stage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.edits.job import State
from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.controls.tile_face import Kind
from editor.ui.gallery.pane import Pane
from editor.ui.window import Window
from editor.ui.wiring.results import FEW
from tests.fakes.acting import Play
from tests.fakes.answering import arrive, begun, joined
from tests.fakes.full_disk import FULL, full
from tests.fakes.living import Live, offered, opened, paint, until, wired, wish
from tests.fakes.provider import Provider
from tests.fakes.shot import pixels
from tests.fakes.windowed import focus, kept, result

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


ANSWER, SPOT = (90, 90, 90), (20, 20, 230)
"""Blue, green and red in the middle of the scene: of the answer, and before it."""


def middle(window: Window) -> tuple[int, ...]:
    """The colour on the stage in the middle of the picture."""
    canvas = window.stage.canvas
    x, y = map(int, canvas.viewport.to_pane(240, 160))
    return tuple(int(level) for level in pixels(canvas)[y, x, :3])


def test_enter_keeps_what_is_shown_and_a_double_click_keeps_its_tile(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        for id in ("v1", "v2", "v3"):
            await offered(session, id, 90)
        session.gallery.show(2)
        window.stage.canvas.setFocus()
        QTest.keyClick(window.stage.canvas, Key.Key_Return)
        await kept(session, 1)
        session.gallery.leave()
        QTest.mouseDClick(result(window, "v3"), LEFT)
        await kept(session, 2)
        assert [edit.variant for edit in session.document.target.kept] == ["v2", "v3"]

    live.show(script)


def test_what_cannot_be_kept_is_still_seen_with_the_reason(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        session.gallery.show(1)
        with monkeypatch.context() as patched:
            patched.setattr(session.store, "keep", full)
            QTest.keyClick(window.stage.canvas, Key.Key_Return)
            assert middle(window) == ANSWER
            await finish(patience=60)
        assert [notice.template for notice in live.told] == [FULL]
        assert middle(window) == ANSWER
        assert session.gallery.state.shown == 1
        QTest.keyClick(window.stage.canvas, Key.Key_Return)
        await kept(session, 1)
        await finish(patience=60)
        assert session.gallery.state.shown is None
        assert middle(window) == ANSWER

    live.show(script)


def test_enter_keeps_neither_the_original_nor_what_has_not_arrived(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        QTest.mouseDClick(result(window, "original"), LEFT)
        assert session.gallery.state.shown == 0
        QTest.keyClick(window.stage.canvas, Key.Key_Return)
        (job,) = begun(session, count=1)
        assert focus(window) is result(window, job.id)
        QTest.keyClick(result(window, job.id), Key.Key_Return)
        assert focus(window) is result(window, job.id)
        await finish()
        assert session.document.target.kept == ()

    live.show(script)


def test_delete_rejects_what_is_shown_and_else_clears_the_mask(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        canvas = window.stage.canvas
        QTest.keyClick(canvas, Key.Key_Delete)
        assert session.gallery.state.entries == ()
        assert not session.painting.plane.is_empty
        QTest.keyClick(canvas, Key.Key_Delete)
        assert session.painting.plane.is_empty

    live.show(script)


def test_a_tile_is_removed_by_delete_and_the_original_is_not(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        for id in ("v1", "v2"):
            await offered(session, id, 90)
        QTest.keyClick(result(window, "original"), Key.Key_Delete)
        QTest.keyClick(result(window, "v1"), Key.Key_Delete)
        assert [entry.id for entry in session.gallery.state.entries] == ["v2"]
        assert window.strip.results.tile("v1") is None
        assert not session.painting.plane.is_empty

    live.show(script)


def test_stopping_and_then_removing_a_request(live: Live, photo: Path, paid: Provider) -> None:
    """Delete stops what runs, and takes away what has ended; Shift+Esc stops everything."""
    paid.always(Play(hold="head"))

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session, count=3)
        window.actions_by_id["send"].trigger()
        await until(session.gallery.begun, lambda: len(session.gallery.state.entries) == 3)
        jobs = [entry.job for entry in session.gallery.state.entries]
        await until(session.jobs.changed, lambda: all(session.jobs.job(id).sent for id in jobs))
        assert {result(window, id).face.kind for id in jobs} == {Kind.WAITING}
        assert window.actions_by_id["stop"].isEnabled()
        QTest.keyClick(result(window, jobs[0]), Key.Key_Delete)
        assert session.jobs.running == 2
        assert result(window, jobs[0]).face.kind is Kind.LEFT
        QTest.keyClick(result(window, jobs[0]), Key.Key_Delete)
        await until(session.jobs.changed, lambda: session.jobs.job(jobs[0]).state is State.UNKNOWN)
        assert result(window, jobs[0]).face.kind is Kind.UNKNOWN
        QTest.keyClick(result(window, jobs[0]), Key.Key_Delete)
        assert len(session.gallery.state.entries) == 2
        assert session.jobs.job(jobs[0]) is None
        result(window, jobs[1]).stopped.emit()
        assert session.jobs.running == 1
        window.actions_by_id["stop"].trigger()
        assert session.jobs.running == 0
        assert not window.actions_by_id["stop"].isEnabled()
        paid.release()
        await until(session.jobs.changed, lambda: session.jobs.job(jobs[2]).state.ended)
        await until(session.jobs.changed, lambda: session.jobs.job(jobs[1]).state.ended)
        assert [session.jobs.job(id).state for id in jobs[1:]] == [State.DONE] * 2

    live.show(script)


def test_the_clock_of_a_tile_runs_only_while_something_is_awaited(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        assert not wired(window).results.beat.isActive()
        (job,) = begun(session, count=1)
        assert wired(window).results.beat.isActive()
        session.jobs.stop(job.id)
        assert not wired(window).results.beat.isActive()

    live.show(script)


def test_typing_and_painting_are_not_disturbed_by_an_answer(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        session.form.set_provider("openai")
        paint(session)
        first, second, third = begun(session, count=3)
        assert focus(window) is result(window, first.id)
        window.stage.prompt.setFocus(Qt.FocusReason.OtherFocusReason)
        arrive(session, first)
        await joined(session, first.id)
        assert session.gallery.state.shown is None
        window.stage.canvas.setFocus()
        session.gallery.show(2)
        session.painting.begin(100, 100)
        arrive(session, second)
        await joined(session, second.id)
        assert session.gallery.state.shown is None
        session.painting.end()
        session.gallery.show(3)
        arrive(session, third)
        await joined(session, third.id)
        assert session.gallery.state.shown == 3

    live.show(script)


def test_panes_of_the_grid_choose_and_keep(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        begun(session, count=1)
        window.actions_by_id["grid"].trigger()
        panes = [pane for pane in window.stage.compare.findChildren(Pane) if pane.isVisible()]
        assert [pane.accessibleName() for pane in panes] == ["Original", "v2"]
        QTest.mouseClick(panes[1], LEFT)
        assert session.gallery.state.shown == 2
        QTest.mouseClick(panes[0], LEFT)
        assert session.gallery.state.shown == 0
        QTest.mouseDClick(panes[1], LEFT)
        await kept(session, 1)
        assert session.gallery.state.shown is None

    live.show(script)


def test_the_source_is_seen_while_its_key_is_held_and_after_its_digit(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        session.gallery.leave()
        canvas = window.stage.canvas
        assert middle(window) == ANSWER
        QTest.keyPress(canvas, Key.Key_Backslash)
        await finish()
        assert middle(window) == SPOT
        QTest.keyRelease(canvas, Key.Key_Backslash)
        await finish()
        assert middle(window) == ANSWER
        tile = window.strip.pictures.tile(session.painting.slot)
        tile.setFocus()
        QTest.keyPress(tile, Key.Key_Backslash)
        await finish()
        assert middle(window) == SPOT, "a tile has the keyboard"
        window.stage.prompt.setFocus()
        QTest.keyRelease(focus(window), Key.Key_Backslash)
        await finish()
        assert middle(window) == ANSWER
        session.gallery.show(0)
        await finish()
        assert middle(window) == SPOT
        session.gallery.leave()
        assert middle(window) == ANSWER

    live.show(script)


def test_many_tiles_are_shown_together_and_not_for_each_chunk_that_went_out(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        jobs = begun(session, count=FEW + 4)
        strip, shown = window.strip.results, []
        show = strip.show_faces
        monkeypatch.setattr(strip, "show_faces", lambda *all: (shown.append(1), show(*all)))
        for job in jobs:
            session.jobs.changed.emit(replace(job, progress=0.5, total=9))
        for job in jobs:
            session.jobs.stop(job.id)
        assert shown == []  # they have just been shown, and what comes on their heels waits
        await until(wired(window).results.pause.timeout, lambda: bool(shown))
        assert {result(window, job.id).face.kind for job in jobs} == {Kind.STOPPED}

    live.show(script)


def test_a_face_is_made_anew_only_where_something_about_it_is_another(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        await offered(session, "v2", 120)
        first, second = (entry.id for entry in session.gallery.state.entries)
        before = {id: result(window, id).face for id in (first, second)}
        session.gallery.mark(first, starred=True)
        wired(window).results.show_all()
        assert result(window, first).face.starred
        assert result(window, second).face is before[second]

    live.show(script)

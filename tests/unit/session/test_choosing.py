"""Stars, rejects, replacing what was kept, and taking an answer although the base changed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import cv2
import numpy as np
import pytest

from editor.edits.job import Job
from editor.errors import CannotWrite
from editor.session.loop import spawn
from editor.session.session import Session
from editor.session.timeline import Kind
from tests.fakes.answering import arrive, begun, joined
from tests.fakes.full_disk import full
from tests.fakes.living import Live, based, offered, opened, paint, until


def even(colour: int) -> bytes:
    """An answer of one grey."""
    return cv2.imencode(".png", np.full((32, 48, 3), colour, np.uint8))[1].tobytes()


async def round_of(session: Session, *colours: int) -> tuple[Job, ...]:
    """Answers of one round, each of one grey."""
    jobs = begun(session, f"round of {len(colours)}", len(colours))
    for job, colour in zip(jobs, colours, strict=True):
        arrive(session, job, even(colour))
        await joined(session, job.id)
    return jobs


def ids(session: Session) -> list[str]:
    return [entry.id for entry in session.gallery.state.entries]


def seen(session: Session) -> tuple[int | None, int]:
    return session.gallery.state.shown, session.gallery.state.current


def middle(session: Session) -> int:
    """The grey of the base in the middle of what is painted."""
    assert session.document.base is not None
    return int(session.document.base.pixels[160, 240, 0])


async def kept(session: Session, *variants: str) -> None:
    """Wait until exactly these are kept, lowest first."""
    document = session.document
    await until(
        session.finishing.kept,
        lambda: [one.variant for one in document.target.kept] == list(variants),
    )


def test_a_star_is_given_and_taken(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        session.choosing.star("v1")
        assert session.gallery.state.entries[0].starred
        session.choosing.star("v1")
        session.choosing.star("nobody")
        assert not session.gallery.state.entries[0].starred

    live.run(script)


def test_a_reject_leaves_its_place_to_the_next_and_comes_back_by_undo(
    live: Live, photo: Path
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        first, second, third = await round_of(session, 60, 90, 120)
        session.gallery.show(2)
        session.choosing.reject(second.id)
        assert ids(session) == [first.id, third.id]
        assert seen(session) == (2, 2)
        session.choosing.reject(third.id)
        assert (ids(session), seen(session)) == ([first.id], (1, 1))
        session.choosing.reject(first.id)
        session.choosing.reject(first.id)
        assert (ids(session), seen(session)) == ([], (None, 0))
        assert [step.title for step in session.timeline.steps][-3:] == [
            "Reject v2",
            "Reject v2",
            "Reject v1",
        ]
        session.undo()
        session.undo()
        session.undo()
        assert ids(session) == [first.id, second.id, third.id]
        session.redo()
        assert ids(session) == [first.id, third.id]
        assert session.timeline.undoable(session.painting.slot).kind is Kind.REJECT

    live.run(script)


def test_rejecting_another_leaves_the_stage_alone(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        first, second = await round_of(session, 60, 90)
        session.gallery.show(2)
        session.choosing.reject(first.id)
        assert session.gallery.state.entry.id == second.id
        session.undo()
        assert session.gallery.state.entry.id == second.id

    live.run(script)


def test_stars_and_rejects_survive_a_restart(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        for id in ("a", "b", "c"):
            await offered(session, id, 90)
        session.choosing.star("a")
        session.choosing.reject("b")
        session.choosing.reject("c")
        session.undo()

    async def look(session: Session) -> None:
        await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))
        stars = {entry.id: entry.starred for entry in session.gallery.state.entries}
        assert stars == {"a": True, "c": False}

    live.run(script)
    live.run(look, live.path)


def test_another_of_the_round_takes_the_place_of_what_was_kept(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        untouched = middle(session)
        first, second = await round_of(session, 60, 90)
        choosing, gallery = session.choosing, session.gallery
        gallery.show(2)
        assert choosing.replaces(gallery.state.entry) == ""
        await session.keep()
        assert middle(session) == 90
        gallery.show(2)
        assert choosing.is_kept(gallery.state.entry)
        assert choosing.replaces(gallery.state.entry) == ""
        await session.keep()
        assert len(session.document.target.kept) == 1
        gallery.show(1)
        assert choosing.replaces(gallery.state.entry) == "v2"
        await session.keep()
        await kept(session, first.id)
        assert middle(session) == 60
        assert [step.title for step in session.timeline.steps][-2:] == [
            "Keep v2",
            "Replace v2 by v1",
        ]
        for _ in range(2):
            session.undo()
        await kept(session, second.id)
        assert middle(session) == 90
        for _ in range(2):
            session.undo()
        await kept(session)
        assert middle(session) == untouched
        session.redo()
        session.redo()
        await kept(session, first.id)
        assert middle(session) == 60

    live.run(script)


def test_an_answer_that_cannot_be_kept_stays_on_the_stage(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        session.gallery.show(1)
        with monkeypatch.context() as patched:
            patched.setattr(session.store, "keep", full)
            with pytest.raises(CannotWrite, match="disk is full"):
                await session.keep()
        assert seen(session) == (1, 1)
        assert session.document.target.kept == ()
        assert not session.painting.plane.is_empty
        await session.keep()
        assert seen(session) == (None, 1)
        assert len(session.document.target.kept) == 1

    live.run(script)


def test_an_answer_is_on_the_stage_until_it_is_kept_and_is_kept_once(
    live: Live, photo: Path
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        first, _ = await round_of(session, 60, 90)
        session.gallery.show(1)
        at_work = spawn(session.keep(), "keep")
        await asyncio.sleep(0)
        await session.keep()
        assert seen(session) == (1, 1)
        session.gallery.show(2)
        await at_work
        assert seen(session) == (2, 2), "what is looked at meanwhile stays"
        assert [one.variant for one in session.document.target.kept] == [first.id]
        session.gallery.show(1)
        await session.keep()
        assert seen(session) == (None, 1)
        assert len(session.document.target.kept) == 1

    live.run(script)


def test_an_answer_that_comes_after_the_keep_replaces_it_too(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        first, second = begun(session)
        arrive(session, first, even(60))
        await joined(session, first.id)
        session.gallery.show(1)
        await session.keep()
        await kept(session, first.id)
        arrive(session, second, even(90))
        await joined(session, second.id)
        entry = session.gallery.find(second.id)
        assert entry is not None
        assert not entry.stale
        assert entry.proof[0] == 0
        session.gallery.show(2)
        session.choosing.reject(first.id)
        assert session.choosing.replaces(session.gallery.state.entry) == "the kept edit"
        await session.keep()
        await kept(session, second.id)
        assert middle(session) == 90

    live.run(script)


def test_what_was_replaced_is_so_after_a_restart(live: Live, photo: Path) -> None:
    names: list[str] = []

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        first, second = await round_of(session, 60, 90)
        names.extend((first.id, second.id))
        for number in (1, 2):
            session.gallery.show(number)
            await session.keep()
        await kept(session, second.id)

    async def look(session: Session) -> None:
        await based(session)
        assert [one.variant for one in session.document.target.kept] == names[1:]
        assert middle(session) == 90
        await joined(session, names[0])
        entry = session.gallery.find(names[0])
        assert entry is not None
        assert session.choosing.replaces(entry).startswith("v")
        await session.finishing.keep(entry, "Replace")
        await kept(session, names[0])
        assert middle(session) == 60

    live.run(script)
    live.run(look, live.path)


def test_what_replaces_a_kept_edit_is_exported_without_it(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await round_of(session, 60, 90)
        session.gallery.show(1)
        await session.keep()
        session.gallery.show(2)
        finished = await session.finishing.finished(session.gallery.state.entry)
        assert finished.result.samples[160, 240, 0] == 90

    live.run(script)


def test_a_new_mask_is_left_alone_when_an_answer_is_replaced(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        _, second = await round_of(session, 60, 90)
        session.gallery.show(1)
        await session.keep()
        paint(session, 100, 100)
        session.gallery.show(2)
        await session.keep()
        await kept(session, second.id)
        assert session.painting.plane.pixels[100, 100] == 255

    live.run(script)


def test_an_answer_is_taken_although_it_was_made_before_the_last_change(
    live: Live, photo: Path
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "old", 60)
        session.gallery.leave()
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")

        def stale() -> bool:
            entry = session.gallery.find("old")
            return entry is not None and entry.stale

        await until(session.gallery.changed, stale)
        assert "anyway" in session.choosing.can("old")
        session.choosing.take_anyway("old")
        session.choosing.take_anyway("nobody")
        assert not stale()
        assert "anyway" not in session.choosing.can("old")
        paint(session)
        await session.finishing.keep(await offered(session, "v2", 120), "Keep v2")
        await until(session.gallery.changed, stale)
        session.choosing.take_anyway("old")

    async def look(session: Session) -> None:
        await joined(session, "old")
        entry = session.gallery.find("old")
        assert entry is not None
        assert not entry.stale

    live.run(script)
    live.run(look, live.path)

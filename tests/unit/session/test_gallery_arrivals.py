"""Answers as they come: previews, prices, what cannot be read, and every new base."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from editor.compose.blend import Overlay
from editor.edits.events import Finished, Picture
from editor.edits.job import State
from editor.session import gallery as module
from editor.session.gallery import Gallery
from editor.session.jobs import Arrival
from editor.session.loop import finish, spawn
from editor.session.session import Session
from tests.fakes.answering import ANSWER, arrive, begun, framed, joined
from tests.fakes.living import Live, offered, opened, paint, until


def seen(gallery: Gallery) -> tuple[int | None, int]:
    return gallery.state.shown, gallery.state.current


def test_an_answer_that_is_kept_does_not_come_back_to_the_stage(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        first, second = begun(session)
        for job in (first, second):
            arrive(session, job)
            await joined(session, job.id)
        session.gallery.show(2)
        await session.keep()
        assert len(session.document.target.kept) == 1
        await finish()
        assert seen(session.gallery) == (None, 2)

    live.run(script)


def test_what_an_answer_cost_and_took_is_known(live: Live, photo: Path) -> None:
    usage = {
        "input_tokens": 1000,
        "output_tokens": 2000,
        "input_tokens_details": {"image_tokens": 900, "text_tokens": 100},
    }

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        jobs = begun(session, count=3)
        (later,) = begun(session, "later", 1)
        assert session.spending.typical(later) == 0.0
        for job, seconds in zip(jobs, (30.0, 10.0, 20.0), strict=True):
            arrive(session, job, seconds=seconds, usage=usage)
            await joined(session, job.id)
        entry = session.gallery.find(jobs[0].id)
        assert entry is not None
        assert entry.variant is not None
        assert entry.variant.price == pytest.approx((900 * 8 + 100 * 5 + 2000 * 30) / 1e6)
        assert entry.variant.seconds == 30.0
        assert session.spending.typical(later) == 20.0

    live.run(script)


def test_an_answer_that_cannot_be_read_fails_with_the_reason(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        (job,) = begun(session, count=1)
        arrive(session, job, b"not a picture")
        session.jobs._hear(job.id, Finished())

        def failed() -> bool:
            found = session.jobs.job(job.id)
            return found is not None and found.state is State.FAILED

        await until(session.jobs.changed, failed)
        entry = session.gallery.find(job.id)
        assert entry is not None
        assert entry.variant is None
        found = session.jobs.job(job.id)
        assert found is not None
        assert "the answer" in str(found.problem)

    live.run(script)


def test_an_answer_nobody_waits_for_is_left_alone(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        (job,) = begun(session, count=1)
        session.gallery.remove(job.id)
        await session.gallery._arrive(
            Arrival(job, Picture(0, ANSWER), framed(session, job).placement, 1.0)
        )
        await session.gallery._preview(job.id, ANSWER)
        assert session.gallery.state.entries == ()

    live.run(script)


def test_previews_show_in_the_tile_and_never_on_the_stage(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        (job,) = begun(session, count=1)
        session.jobs.previewed.emit(job.id, b"too early, nothing is framed")
        session.jobs._placed[job.id] = framed(session, job).placement
        session.jobs.previewed.emit(job.id, b"not a picture")
        session.jobs.previewed.emit(job.id, ANSWER)

        def shown() -> bool:
            entry = session.gallery.find(job.id)
            return entry is not None and entry.tile is not None

        await until(session.gallery.changed, shown)
        entry = session.gallery.find(job.id)
        assert entry is not None
        assert (entry.variant, entry.joined) == (None, None)
        assert seen(session.gallery) == (None, 1)

    live.run(script)
    assert not live.told


def test_answers_are_joined_again_to_every_new_base(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        for id, x in (("over", 240), ("apart", 60), ("kept", 250)):
            session.painting.clear()
            paint(session, x)
            await offered(session, id, 90)
        session.gallery.leave()
        kept = session.gallery.find("kept")
        assert kept is not None
        await session.finishing.keep(kept, "Keep v1")
        held = session.document.target
        assert held is not None

        def rejoined() -> bool:
            others = (entry for entry in session.gallery.state.entries if entry.id != "kept")
            return all(entry.joined_on == held.base_digest for entry in others)

        await until(session.gallery.changed, rejoined)
        stale = {entry.id: entry.stale for entry in session.gallery.state.entries}
        assert stale == {"over": True, "apart": False, "kept": False}
        session.undo()
        session.undo()
        await until(
            session.gallery.changed,
            lambda: not any(entry.stale for entry in session.gallery.state.entries),
        )

    live.run(script)


def test_an_older_join_does_not_come_over_a_newer_one(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first join is held until the second, on another base, is done."""
    gate = threading.Event()
    real, slow = module.seen_on, threading.Lock()

    def seen_late(*told: Any) -> object:
        if slow.acquire(blocking=False):
            gate.wait(20)
        return real(*told)

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        entry, held, base = session.gallery.state.entries[0], session.document.target, None
        assert held is not None
        monkeypatch.setattr(module, "seen_on", seen_late)
        older = spawn(session.gallery._join(held.slot, entry), "join")
        await asyncio.sleep(0)
        base = session.document.base
        assert base is not None
        other = replace(base, pixels=np.full_like(base.pixels, 255))
        session.document.rebase(held, other)
        await session.gallery._join(held.slot, entry)
        gate.set()
        await older
        overlay = session.gallery.state.entries[0].joined
        assert isinstance(overlay, Overlay)
        assert (overlay.pixels[0, 0] == 255).all()

    live.run(script)

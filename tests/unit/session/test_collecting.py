"""What a provider still worked on when the program ended, and what is looked for once more."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from editor.edits.events import Accepted, Event, Picture, Sent, Started
from editor.edits.job import State
from editor.engine.note import Asked
from editor.engine.note import State as NoteState
from editor.errors import NotSent, StillRunning
from editor.session import collecting
from editor.session.collecting import NOTHING_NEW, Collecting
from editor.session.session import Session
from tests.fakes.answering import ANSWER, begun, framed
from tests.fakes.living import Live, opened, paint, scene, until
from tests.fakes.provider import Provider


def asked_of(session: Session, *, accepted: bool) -> Any:
    """A job as a kill leaves it: sent, and accepted by its provider or not answered."""
    (job,) = begun(session, count=1)
    session.store.job(job, session.painting.slot)
    session.store.asked(job, session.painting.slot, framed(session, job).placement)
    entry = session.ledger.open(Asked(job.id, "openai", "gpt-image-2", "api.example", "digest"))
    entry.sending(100)
    entry.sent()
    if accepted:
        entry.accepted("t-1")
    return job


def after_a_kill(
    live: Live,
    tmp_path: Path,
    look: Callable[[Session, str], Awaitable[None]],
    *,
    accepted: bool,
    left: Callable[[Session, str], None] = lambda session, id: None,
) -> None:
    """Look at what a new run makes of a job of the last one, given by its id.

    left: what else the last run did before it ended.
    """
    path, ids = scene(tmp_path / "photo.png"), []

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        ids.append(asked_of(session, accepted=accepted).id)
        left(session, ids[0])

    async def again(session: Session) -> None:
        await look(session, ids[0])

    live.run(work)
    live.run(again, live.path)


def told(monkeypatch: pytest.MonkeyPatch, *events: Event | Exception) -> list[str]:
    """Let a provider tell this when it is asked after a task; gives the tasks asked for."""
    asked: list[str] = []

    def collected(provider: Any, model: Any, ledger: Any, note: Any) -> Any:
        asked.append(note.task)
        if isinstance(events[0], NotSent):
            raise events[0]

        async def stream() -> AsyncGenerator[Event, None]:
            entry = ledger.entry(note)
            await asyncio.to_thread(entry.accepted, note.task)
            for event in events:
                if isinstance(event, Exception):
                    raise event
                yield event
            await asyncio.to_thread(entry.received)

        return stream

    monkeypatch.setattr(collecting, "collected", collected)
    return asked


def test_a_task_is_asked_after_when_the_program_starts_again(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    masks: list[np.ndarray] = []
    asked = told(monkeypatch, Started(), Sent(), Accepted("t-1"), Picture(0, ANSWER))

    def left(session: Session, id: str) -> None:
        masks.append(session.painting.plane.snapshot())
        session.painting.clear()

    async def look(session: Session, id: str) -> None:
        await until(session.gallery.added, lambda: session.gallery.find(id).variant)
        assert np.array_equal(session.gallery.find(id).variant.coverage, masks[0])
        await until(session.jobs.changed, lambda: session.jobs.job(id).state is State.DONE)

    after_a_kill(live, tmp_path, look, accepted=True, left=left)
    assert asked == ["t-1"]


def test_a_task_that_goes_on_is_told_as_such_and_asked_after_again(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = StillRunning("Still running at {host}.", host="api.example")
    asked = told(monkeypatch, Started(), Sent(), Accepted("t-1"), problem)

    async def look(session: Session, id: str) -> None:
        await until(session.jobs.changed, lambda: session.jobs.job(id) is not None)
        await until(session.jobs.changed, lambda: session.jobs.job(id).problem is problem)
        assert session.ledger.of_job(id)[0].state is NoteState.ACCEPTED
        assert await session.look_again(id) is None
        assert session.jobs.job(id).state is State.RUNNING
        await until(session.jobs.changed, lambda: session.jobs.job(id).problem is problem)

    after_a_kill(live, tmp_path, look, accepted=True)
    assert asked == ["t-1"] * 2


def test_without_a_key_a_task_waits_for_one(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, NotSent("There is no key."))

    async def look(session: Session, id: str) -> None:
        await until(session.gallery.changed, lambda: session.gallery.find(id))
        assert session.jobs.job(id).state is State.UNKNOWN
        assert session.ledger.of_job(id)[0].state is NoteState.ACCEPTED

    after_a_kill(live, tmp_path, look, accepted=True)


def test_looking_again_finds_what_came_in_the_meantime_or_says_so(
    live: Live, tmp_path: Path
) -> None:
    answer = json.dumps({"data": [{"b64_json": base64.b64encode(ANSWER).decode()}]}).encode()

    async def look(session: Session, id: str) -> None:
        await until(session.gallery.changed, lambda: session.gallery.find(id))
        assert session.jobs.job(id).state is State.UNKNOWN
        await session.look_again("nobody")
        heard: list[Any] = []
        session.told.connect(heard.append)
        await session.look_again(id)
        assert [notice.template for notice in heard] == [NOTHING_NEW]
        (note,) = session.ledger.of_job(id)
        session.ledger.raw_path(note).write_bytes(answer)
        await session.look_again(id)
        await until(session.gallery.added, lambda: session.gallery.find(id).variant)
        assert len(heard) == 1

    after_a_kill(live, tmp_path, look, accepted=False)


def test_of_a_picture_that_is_gone_nothing_is_asked(live: Live, tmp_path: Path) -> None:
    async def look(session: Session, id: str) -> None:
        await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))
        (asked,) = session.store.opened.project.asked.values()
        session.document.remove(asked.slot)
        found = Collecting(session._restoring._parts, session.ledger)
        assert await found.job_of(asked) is None

    after_a_kill(live, tmp_path, look, accepted=True)


def test_a_link_that_was_not_followed_is_followed_when_the_program_starts_again(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    def left(session: Session, id: str) -> None:
        entry = session.ledger.entry(session.ledger.of_job(id)[0])
        link = {"data": [{"url": paid.put(ANSWER) + "?sig=signed-secret"}]}
        entry.spool.write(json.dumps(link).encode())
        entry.spool.sync()
        entry.received()
        entry.close()

    async def look(session: Session, id: str) -> None:
        await until(session.gallery.added, lambda: session.gallery.find(id).variant)
        await until(session.jobs.changed, lambda: session.jobs.job(id).state is State.DONE)

    after_a_kill(live, tmp_path, look, accepted=False, left=left)
    assert [seen.method for seen in paid.log] == ["GET"]

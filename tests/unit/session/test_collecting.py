"""What a provider still worked on when the program ended, and what is looked for once more."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncGenerator
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


def told(monkeypatch: pytest.MonkeyPatch, *events: Event | Exception) -> list[str]:
    """Let a provider tell this when it is asked after a task; gives the tasks asked for."""
    asked: list[str] = []

    def collected(provider: Any, model: Any, ledger: Any, note: Any, task: str) -> Any:
        asked.append(task)
        if isinstance(events[0], NotSent):
            raise events[0]

        async def stream() -> AsyncGenerator[Event, None]:
            entry = ledger.entry(note)
            await asyncio.to_thread(entry.accepted, task)
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
    path = scene(tmp_path / "photo.png")
    left: dict[str, Any] = {}
    asked = told(monkeypatch, Started(), Sent(), Accepted("t-1"), Picture(0, ANSWER))

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        left.update(job=asked_of(session, accepted=True), mask=session.painting.plane.snapshot())
        session.painting.clear()

    async def look(session: Session) -> None:
        id = left["job"].id
        await until(session.gallery.added, lambda: session.gallery.find(id).variant)
        assert np.array_equal(session.gallery.find(id).variant.coverage, left["mask"])
        await until(session.jobs.changed, lambda: session.jobs.job(id).state is State.DONE)

    live.run(work)
    live.run(look, live.path)
    assert asked == ["t-1"]


def test_a_task_that_goes_on_is_told_as_such_and_asked_after_again(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scene(tmp_path / "photo.png")
    left: dict[str, Any] = {}
    problem = StillRunning("Still running at {host}.", host="api.example")
    asked = told(monkeypatch, Started(), Sent(), Accepted("t-1"), problem)

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        left["job"] = asked_of(session, accepted=True)

    async def look(session: Session) -> None:
        id = left["job"].id
        await until(session.jobs.changed, lambda: session.jobs.job(id) is not None)
        await until(session.jobs.changed, lambda: session.jobs.job(id).problem is problem)
        assert session.ledger.of_job(id)[0].state is NoteState.ACCEPTED
        assert await session.look_again(id) is None
        assert session.jobs.job(id).state is State.RUNNING
        await until(session.jobs.changed, lambda: session.jobs.job(id).problem is problem)

    live.run(work)
    live.run(look, live.path)
    assert asked == ["t-1"] * 2


def test_without_a_key_a_task_waits_for_one(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scene(tmp_path / "photo.png")
    left: dict[str, Any] = {}
    told(monkeypatch, NotSent("There is no key."))

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        left["job"] = asked_of(session, accepted=True)

    async def look(session: Session) -> None:
        id = left["job"].id
        await until(session.gallery.changed, lambda: session.gallery.find(id))
        assert session.jobs.job(id).state is State.UNKNOWN
        assert session.ledger.of_job(id)[0].state is NoteState.ACCEPTED

    live.run(work)
    live.run(look, live.path)


def test_looking_again_finds_what_came_in_the_meantime_or_says_so(
    live: Live, tmp_path: Path
) -> None:
    path = scene(tmp_path / "photo.png")
    answer = json.dumps({"data": [{"b64_json": base64.b64encode(ANSWER).decode()}]}).encode()
    left: dict[str, Any] = {}

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        left["job"] = asked_of(session, accepted=False)

    async def look(session: Session) -> None:
        id = left["job"].id
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

    live.run(work)
    live.run(look, live.path)


def test_of_a_picture_that_is_gone_nothing_is_asked(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "photo.png")

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        asked_of(session, accepted=True)
        await asyncio.to_thread(session.store.flush)

    async def look(session: Session) -> None:
        await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))
        (asked,) = session.store.opened.project.asked.values()
        session.document.remove(asked.slot)
        found = Collecting(session._restoring._parts, session.ledger)
        assert await found.job_of(asked) is None

    live.run(work)
    live.run(look, live.path)


def test_a_link_that_was_not_followed_is_followed_when_the_program_starts_again(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    path = scene(tmp_path / "photo.png")
    left: dict[str, Any] = {}

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        left["job"] = asked_of(session, accepted=False)
        entry = session.ledger.entry(session.ledger.of_job(left["job"].id)[0])
        link = {"data": [{"url": paid.put(ANSWER) + "?sig=signed-secret"}]}
        entry.spool.write(json.dumps(link).encode())
        entry.spool.sync()
        entry.received()
        entry.close()

    async def look(session: Session) -> None:
        id = left["job"].id
        await until(session.gallery.added, lambda: session.gallery.find(id).variant)
        await until(session.jobs.changed, lambda: session.jobs.job(id).state is State.DONE)

    live.run(work)
    live.run(look, live.path)
    assert [seen.method for seen in paid.log] == ["GET"]

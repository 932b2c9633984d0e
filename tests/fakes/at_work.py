"""Jobs at a desk: engines that act, ids in order, and everything that is told."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from editor.edits.events import Event, Started
from editor.edits.framing import Framed
from editor.edits.job import Job, State
from editor.edits.request import EditRequest
from editor.engine.lane import ANYBODY, Pace
from editor.errors import Problem
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.session import loop
from editor.session.jobs import Arrival, Jobs, Work
from editor.session.notice import Notice
from tests.fakes.living import until

WISH = EditRequest(
    Raster(np.zeros((4, 4, 4), np.uint8)), None, "a red kite", "openai", "gpt-image-2"
)
FRAMED = Framed(WISH, Placement(Rect(0, 0, 4, 4), Size(16, 16)), WISH.source, None)

Script = Callable[["Desk"], Awaitable[None]]


class Acts:
    """An engine that tells these events, and then raises or waits to be stopped."""

    def __init__(
        self, *events: Event | asyncio.Event, then: Problem | None = None, waits: bool = False
    ) -> None:
        self.events = events
        self.then = then
        self.waits = waits
        self.ran: list[str] = []
        self.threads: set[str] = set()

    async def run(self, edit: Framed, job: str) -> AsyncGenerator[Event, None]:
        assert edit is FRAMED
        self.ran.append(job)
        self.threads.add(threading.current_thread().name)
        yield Started()
        for event in self.events:
            if isinstance(event, asyncio.Event):
                await event.wait()
            else:
                yield event
        try:
            if self.waits:
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            if self.then is not None:
                raise self.then from None
            raise
        if self.then is not None:
            raise self.then


def work(engine: Acts, pace: Pace = ANYBODY) -> Work:
    return Work(engine, lambda: FRAMED, FRAMED.placement, pace)


class Desk:
    """Jobs with ids in order, and everything they tell."""

    def __init__(self) -> None:
        ids = itertools.chain("abcdefgh", map(str, itertools.count()))
        self.jobs = Jobs(lambda: next(ids))
        self.states: list[tuple[str, State]] = []
        self.previews: list[tuple[str, object]] = []
        self.arrivals: list[Arrival] = []
        self.threads: set[str] = set()
        self.told: list[Notice] = []
        self.jobs.told.connect(self.told.append)
        self.jobs.changed.connect(self._changed)
        self.jobs.previewed.connect(lambda id, data: self.previews.append((id, data)))
        self.jobs.arrived.connect(self.arrivals.append)

    def _changed(self, job: Job) -> None:
        self.threads.add(threading.current_thread().name)
        self.states.append((job.id, job.state))

    def begin(
        self, count: int = 1, engine: Acts | None = None, pace: Pace = ANYBODY
    ) -> tuple[Job, ...]:
        announced = self.jobs.announce("round", (WISH,) * count)
        if engine is not None:
            self.jobs.run(announced, work(engine, pace))
        return announced

    def state(self, id: str) -> State:
        job = self.jobs.job(id)
        assert job is not None
        return job.state

    async def reached(self, id: str, state: State) -> Job:
        await until(self.jobs.changed, lambda: self.state(id) is state)
        job = self.jobs.job(id)
        assert job is not None
        return job


@pytest.fixture
def desk(qapp: QApplication) -> Callable[[Script], None]:
    def run(script: Script) -> None:
        async def main() -> None:
            found = Desk()
            try:
                await script(found)
            finally:
                found.jobs.close()
                found.jobs.deleteLater()

        loop.run(qapp, main)

    return run

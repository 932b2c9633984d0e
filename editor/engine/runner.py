"""Runs jobs as tasks on the loop it lives on; every job ends with exactly one End."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from typing import Any, TypeVar

from editor.edits.events import (
    Accepted,
    Cancelled,
    End,
    Event,
    Failed,
    Finished,
    Limited,
    Sent,
    Unknown,
)
from editor.edits.framing import Framed
from editor.engine.breaker import Breaker
from editor.engine.engine import Engine
from editor.engine.lane import ANYBODY, Lane, Pace, Ticket
from editor.engine.stops import CLOSED, SLEPT
from editor.errors import AnswerUnusable, OutcomeUnknown, Problem

log = logging.getLogger(__name__)

T = TypeVar("T")
Report = Callable[[str, Event], None]
"""Hears every event with the id of its job, on the thread of the loop."""

Paused = Callable[[str, Problem], None]
"""Hears which provider's queue waits, and why, on the thread of the loop."""

BROKEN_BEFORE = "A fault of this program ended the edit; picture and mask are safe."
BROKEN_AFTER = "A fault of this program ended the edit after it was sent; it may have been charged."

OUR_FAULT = frozenset({BROKEN_BEFORE, BROKEN_AFTER, CLOSED, SLEPT})
"""Ends that say nothing of the provider."""

_held: set[asyncio.Task[Any]] = set()


def spawn(work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
    """Start a named task on the running loop and hold it until it is done."""
    task = asyncio.get_running_loop().create_task(work, name=name)
    _held.add(task)
    task.add_done_callback(_held.discard)
    return task


class JobRunner:
    """Starts, queues and stops jobs.

    report: called from the loop with each event. paused: called with the id of a provider whose
    queue waits from now on, and why.
    """

    def __init__(self, report: Report, paused: Paused) -> None:
        self._report = report
        self._paused = paused
        self._lanes: dict[str, Lane] = {}
        self._breakers: dict[str, Breaker] = {}
        self._framing = asyncio.Semaphore(1)
        self._tasks: dict[str, asyncio.Task[End]] = {}
        self._sent: set[str] = set()
        self._accepted: set[str] = set()

    def submit(
        self,
        job: str,
        engine: Engine,
        framed: Callable[[], Framed],
        pace: Pace = ANYBODY,
        pictures: int = 1,
    ) -> None:
        """Put one job into the queue of its provider.

        framed is called in a thread when its turn has come, and its result is not held.
        """
        lane = self._lanes.setdefault(pace.provider, Lane(pace))
        lane.pace = pace
        ticket = lane.enter(job, pictures)
        task = self._begin(job, self._in_turn(lane, ticket, engine, framed))
        # A task stopped before its first step never enters its body.
        task.add_done_callback(lambda _: lane.leave(ticket))

    def collect(self, job: str, events: Callable[[], AsyncGenerator[Event, None]]) -> None:
        """Go on with a job that was accepted in an earlier run; it is free and waits for nobody."""
        self._begin(job, self._end_of(job, lambda: self._follow(job, events(), None)))

    def stop(self, job: str) -> None:
        """Let go of a job at once: Cancelled before its last byte is out, Unknown after."""
        if task := self._tasks.get(job):
            task.cancel()

    def slept(self) -> None:
        """The computer slept: connections are dead, so what was sent on one has no answer."""
        for job in self._sent - self._accepted:
            self._tasks[job].cancel(SLEPT)

    def to_front(self, job: str) -> None:
        """Let a waiting job begin before the others of its provider."""
        for lane in self._lanes.values():
            lane.to_front(job)

    def to_back(self, job: str) -> None:
        """Let a waiting job begin after the others of its provider."""
        for lane in self._lanes.values():
            lane.to_back(job)

    def resume(self, provider: str) -> None:
        """Go on with the queue of a provider."""
        if lane := self._lanes.get(provider):
            lane.resume()

    async def close(self) -> None:
        """Stop every job and wait until each has told its End."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _begin(self, job: str, work: Coroutine[Any, Any, End]) -> asyncio.Task[End]:
        assert job not in self._tasks, job
        task = spawn(work, f"job {job}")
        self._tasks[job] = task
        task.add_done_callback(lambda done: self._ended(job, done))
        return task

    async def _in_turn(
        self, lane: Lane, ticket: Ticket, engine: Engine, framed: Callable[[], Framed]
    ) -> End:
        async def work() -> None:
            events = engine.run(await self._framed(framed), ticket.job)
            await self._follow(ticket.job, events, lane)

        await ticket.begin
        end = await self._end_of(ticket.job, work)
        provider = lane.pace.provider
        if problem := self._breakers.setdefault(provider, Breaker(OUR_FAULT)).heard(end):
            lane.paused = True
            self._paused(provider, problem)
        return end

    async def _framed(self, framed: Callable[[], Framed]) -> Framed:
        async with self._framing:  # jobs of a round share one, and several would take much memory
            return await asyncio.to_thread(framed)

    async def _end_of(self, job: str, work: Callable[[], Coroutine[Any, Any, None]]) -> End:
        try:
            await work()
        except AnswerUnusable as problem:
            return Failed(problem)
        except OutcomeUnknown as problem:
            return Unknown(problem)
        except Problem as problem:
            return Failed(problem)
        except Exception as error:  # a bug ends its own job, not the others
            log.exception("job %s broke", job)
            return self._broken(job, type(error).__name__)
        return Finished()

    def _broken(self, job: str, kind: str) -> Failed | Unknown:
        if job in self._sent:
            return Unknown(OutcomeUnknown(BROKEN_AFTER, details=kind))
        return Failed(Problem(BROKEN_BEFORE, details=kind))

    async def _follow(
        self, job: str, stream: AsyncGenerator[Event, None], lane: Lane | None
    ) -> None:
        async with aclosing(stream) as events:
            async for event in events:
                match event:
                    case Sent():
                        self._sent.add(job)
                    case Accepted():
                        self._accepted.add(job)
                    case Limited(seconds):
                        self._sent.discard(job)
                        if lane is not None:
                            lane.hold(seconds)
                self._report(job, event)

    def _ended(self, job: str, task: asyncio.Task[End]) -> None:
        # A task stopped before its first step never enters its body, so its End is told here.
        del self._tasks[job]
        self._sent.discard(job)
        self._accepted.discard(job)
        self._report(job, Cancelled() if task.cancelled() else task.result())

"""Runs jobs as tasks on the loop it lives on; every job ends with exactly one End."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from typing import Any, TypeVar

from editor.edits.events import Cancelled, End, Event, Failed, Finished, Sent, Unknown
from editor.edits.framing import Framed
from editor.engine.engine import Engine
from editor.errors import AnswerUnusable, OutcomeUnknown, Problem

log = logging.getLogger(__name__)

T = TypeVar("T")
Report = Callable[[str, Event], None]
"""Hears every event with the id of its job, on the thread of the loop."""

BROKEN_BEFORE = "A fault of this program ended the edit; picture and mask are safe."
BROKEN_AFTER = "A fault of this program ended the edit after it was sent; it may have been charged."

_held: set[asyncio.Task[Any]] = set()


def spawn(work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
    """Start a named task on the running loop and hold it until it is done."""
    task = asyncio.get_running_loop().create_task(work, name=name)
    _held.add(task)
    task.add_done_callback(_held.discard)
    return task


class JobRunner:
    """Starts, limits and stops jobs.

    report is called from the loop. at_once: how many jobs work at the same time; the others
    wait in the order of their coming, after what their engine does before it says Started.
    """

    def __init__(self, report: Report, *, at_once: int = 4) -> None:
        self._report = report
        self._slots = asyncio.Semaphore(at_once)
        self._tasks: dict[str, asyncio.Task[End]] = {}
        self._sent: set[str] = set()

    def submit(self, job: str, engine: Engine, framed: Callable[[], Framed]) -> None:
        """Start one job. framed is called in a thread; jobs of a round may share its result."""
        assert job not in self._tasks, job
        task = spawn(self._run(job, engine, framed), f"job {job}")
        self._tasks[job] = task
        task.add_done_callback(lambda done: self._ended(job, done))

    def stop(self, job: str) -> None:
        """Let go of a job at once: Cancelled before its last byte is out, Unknown after."""
        if task := self._tasks.get(job):
            task.cancel()

    async def close(self) -> None:
        """Stop every job and wait until each has told its End."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _run(self, job: str, engine: Engine, framed: Callable[[], Framed]) -> End:
        try:
            edit = await asyncio.to_thread(framed)
            async with aclosing(engine.run(edit, job)) as events:
                await self._follow(job, events)
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

    async def _follow(self, job: str, events: AsyncGenerator[Event, None]) -> None:
        started = await anext(events, None)
        if started is None:
            return
        async with self._slots:
            self._report(job, started)
            async for event in events:
                if isinstance(event, Sent):
                    self._sent.add(job)
                self._report(job, event)

    def _ended(self, job: str, task: asyncio.Task[End]) -> None:
        # A task stopped before its first step never enters _run, so the End is told here.
        del self._tasks[job]
        self._sent.discard(job)
        self._report(job, Cancelled() if task.cancelled() else task.result())

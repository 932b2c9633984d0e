"""The one thread with a plain asyncio loop, for every job of the window and the command line."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, TypeVar

from editor.edits.events import Event
from editor.edits.framing import Framed
from editor.engine.engine import Engine
from editor.engine.lane import ANYBODY, Pace
from editor.engine.runner import JobRunner, Paused, Report, spawn
from editor.engine.watchdog import watch
from editor.errors import Problem

log = logging.getLogger(__name__)
T = TypeVar("T")


def _unheard(provider: str, problem: Problem) -> None:
    """Nobody is told of a pause."""


def _wall() -> float:
    return datetime.now(UTC).timestamp()


class Network:
    """Jobs on a thread of their own; its methods may be called from any other thread.

    report(job, event) and paused(provider, why) are called on the network thread: hand over
    what they bring and return. wall: the clock on the wall, in seconds.
    """

    def __init__(
        self,
        report: Report,
        paused: Paused = _unheard,
        *,
        wall: Callable[[], float] = _wall,
    ) -> None:
        self._runner = JobRunner(report, paused)
        self._wall = wall
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = asyncio.Event()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="network", daemon=True)

    def start(self) -> None:
        """Start the thread; returns when its loop runs."""
        self._thread.start()
        self._up.wait()

    def submit(
        self,
        job: str,
        engine: Engine,
        framed: Callable[[], Framed],
        pace: Pace = ANYBODY,
        pictures: int = 1,
    ) -> None:
        """Run one job when its turn has come; see JobRunner.submit."""
        self._call(lambda: self._runner.submit(job, engine, framed, pace, pictures))

    def collect(self, job: str, events: Callable[[], AsyncGenerator[Event, None]]) -> None:
        """Go on with a job of an earlier run; see JobRunner.collect."""
        self._call(lambda: self._runner.collect(job, events))

    def stop(self, job: str) -> None:
        """Let go of one job; its End follows. A job that has ended is left as it is."""
        self._call(lambda: self._runner.stop(job))

    async def ask(self, work: Callable[[], Coroutine[Any, Any, T]], name: str) -> T:
        """Do on this thread what costs nothing, awaited from the loop of another one.

        Cancelled when the network closes before it is done.
        """
        assert self._loop is not None, "start() comes first"

        async def asked() -> T:
            return await spawn(work(), name)

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(asked(), self._loop))

    def to_front(self, job: str) -> None:
        """Let a waiting job begin before the others of its provider."""
        self._call(lambda: self._runner.to_front(job))

    def to_back(self, job: str) -> None:
        """Let a waiting job begin after the others of its provider."""
        self._call(lambda: self._runner.to_back(job))

    def resume(self, provider: str) -> None:
        """Go on with the queue of a provider that was paused."""
        self._call(lambda: self._runner.resume(provider))

    def close(self, patience: float = 2.0) -> None:
        """Stop every job, hear its End, and end the thread, within patience seconds."""
        if not self._thread.is_alive():
            return
        self._call(self._closing.set)
        self._thread.join(patience)
        if self._thread.is_alive():
            log.warning("the network thread was still busy after %.1f s", patience)

    def _call(self, work: Callable[[], None]) -> None:
        assert self._loop is not None, "start() comes first"
        self._loop.call_soon_threadsafe(work)

    def _serve(self) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            runner.run(self._until_closed())

    async def _until_closed(self) -> None:
        watching = spawn(watch(self._wall, self._runner.slept), "watch the clocks")
        self._up.set()
        await self._closing.wait()
        watching.cancel()
        await self._runner.close()

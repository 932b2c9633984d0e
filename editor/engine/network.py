"""The one thread with a plain asyncio loop, for every job of the window and the command line."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from editor.edits.framing import Framed
from editor.engine.engine import Engine
from editor.engine.runner import JobRunner, Report, spawn

log = logging.getLogger(__name__)
T = TypeVar("T")


class Network:
    """Jobs on a thread of their own; its methods may be called from any other thread.

    report(job, event) is called on the network thread: hand the event over and return.
    """

    def __init__(self, report: Report, *, at_once: int = 4) -> None:
        self._runner = JobRunner(report, at_once=at_once)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = asyncio.Event()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="network", daemon=True)

    def start(self) -> None:
        """Start the thread; returns when its loop runs."""
        self._thread.start()
        self._up.wait()

    def submit(self, job: str, engine: Engine, framed: Callable[[], Framed]) -> None:
        """Run one job; see JobRunner.submit."""
        self._call(lambda: self._runner.submit(job, engine, framed))

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
        self._up.set()
        await self._closing.wait()
        await self._runner.close()

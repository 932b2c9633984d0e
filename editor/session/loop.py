"""The window's event loop: qasync drives the window's own coroutines, never paid traffic."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, SignalInstance

from editor.errors import Problem

log = logging.getLogger(__name__)
T = TypeVar("T")
Report = Callable[[BaseException], None]

GIVE_WAY = 0.0005
"""Seconds after which a busy thread lets another one run. The window gives way with every call
of Qt, and would wait for Python's usual 5 ms each time until it may go on."""

_tasks: set[asyncio.Task[Any]] = set()
_report: list[Report] = []


def run(app: QCoreApplication, main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run the application until main returns, then let every task end in order."""
    sys.setswitchinterval(GIVE_WAY)
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        runner.run(main())
    # What is left of Qt's objects must go on this thread; the collector may run on any other.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


def on_error(report: Report) -> None:
    """Tell this one function of every error that ends a spawned task."""
    _report[:] = [report]


def spawn(work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
    """Start one of the window's coroutines; it is named, kept, and its error is told.

    Call it from an event handler or a slot; a slot itself is never a coroutine.
    """
    task = asyncio.get_running_loop().create_task(work, name=name)
    _tasks.add(task)
    task.add_done_callback(_ended)
    return task


async def heard(signal: SignalInstance) -> None:
    """Wait until a signal without a value is emitted."""
    done = asyncio.get_running_loop().create_future()

    def hear() -> None:
        if not done.done():
            done.set_result(None)

    signal.connect(hear)
    await done


async def turn() -> None:
    """Let the window hear what came meanwhile, between two steps of a longer work."""
    await asyncio.sleep(0)


async def in_thread(work: Callable[..., T], *values: object) -> T:
    """Do work over 8 ms away from the window; frozen values go in and come out."""
    return await asyncio.to_thread(work, *values)


async def finish(patience: float = 2.0) -> None:
    """Let what still runs come to its end; cancel what takes longer, and wait for it too."""
    tasks = {task for task in _tasks if task is not asyncio.current_task()}
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


def _ended(task: asyncio.Task[Any]) -> None:
    _tasks.discard(task)
    error = None if task.cancelled() else task.exception()
    if error is None:
        return
    if not isinstance(error, Problem):
        log.error("%s broke", task.get_name(), exc_info=error)
    for report in _report:
        report(error)

"""Closer: a thread that closes what the system takes long to close, such as large files."""

from __future__ import annotations

import weakref
from queue import SimpleQueue
from threading import Thread
from typing import Protocol


class Closeable(Protocol):
    """Whatever is closed."""

    def close(self) -> None: ...


class Closer:
    """Closes one thing after the other, away from the thread that lets go of it."""

    def __init__(self, name: str) -> None:
        self._leaving: SimpleQueue[Closeable | None] = SimpleQueue()
        self._ended = False
        self._thread = Thread(target=_close, args=(self._leaving,), name=name, daemon=True)
        self._thread.start()
        weakref.finalize(self, self._leaving.put, None).atexit = False

    def take(self, thing: Closeable) -> None:
        """Close a thing soon, or now after the end; may be called by a finalizer too."""
        self._leaving.put(thing)
        if self._ended:
            self._close_rest()

    def end(self) -> None:
        """Wait until all is closed."""
        self._leaving.put(None)
        self._thread.join()
        self._ended = True
        self._close_rest()

    def _close_rest(self) -> None:
        """Close what came too late for the thread. Whoever brings a None takes one."""
        self._leaving.put(None)
        _close(self._leaving)


def _close(leaving: SimpleQueue[Closeable | None]) -> None:
    """Close until None comes. A function, so that the thread does not hold its closer."""
    while (thing := leaving.get()) is not None:
        thing.close()
        del thing  # else it would be held until the next one comes

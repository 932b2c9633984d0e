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
        self._thread = Thread(target=_close, args=(self._leaving,), name=name, daemon=True)
        self._thread.start()
        weakref.finalize(self, self._leaving.put, None).atexit = False

    def take(self, thing: Closeable) -> None:
        """Close a thing soon; may be called at any moment, by a finalizer too."""
        self._leaving.put(thing)

    def end(self) -> None:
        """Wait until all is closed; nothing is taken from then on."""
        self._leaving.put(None)
        self._thread.join()


def _close(leaving: SimpleQueue[Closeable | None]) -> None:
    """Close until None comes. A function, so that the thread does not hold its closer."""
    while (thing := leaving.get()) is not None:
        thing.close()
        del thing  # else it would be held until the next one comes

"""Newest: the last of what is to be kept goes to the disk, one writing after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Keeps a value away from the window's thread; of several in a row the last one counts.

    save: writes one, in a thread. spawn: starts one of the window's coroutines, of this name.
    """

    def __init__(
        self, save: Callable[[T], object], spawn: Callable[..., object], name: str
    ) -> None:
        self._save = save
        self._spawn = spawn
        self._name = name
        self._waiting: list[T] = []
        self._busy = False

    def keep(self, value: T) -> None:
        """Write this soon, in the place of what waits to be written."""
        self._waiting = [value]
        if not self._busy:
            self._busy = True
            self._spawn(self._write(), self._name)

    async def _write(self) -> None:
        try:
            while self._waiting:
                await asyncio.to_thread(self._save, self._waiting.pop())
        finally:
            self._busy = False

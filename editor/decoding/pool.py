"""Two warm children that decode what comes from outside; the only way in for foreign pixels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue

import numpy as np

from editor.decoding import worker
from editor.decoding.child import Answer, Child, Entry, Limits
from editor.decoding.files import read_file
from editor.decoding.room import Room
from editor.decoding.segment import Segments
from editor.errors import InputProblem
from editor.imaging.facts import Facts
from editor.imaging.raster import Native, New, Raster
from editor.storage.names import shown_name

CLOSED = "{name} was not opened because the program is closing."
_CHILDREN = 2


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A picture from outside. digest: SHA-256 of its file in hexadecimal."""

    facts: Facts
    raster: Raster
    digest: str


class Pool:
    """Decodes in child processes; every method may be called from any thread and waits.

    Children start with the first call or with start(), are ended when a picture breaks the
    limits, and replaced. Pixels lie in memory shared with the child and are not copied, or in
    a file where they would take too much of the free memory.
    All methods raise InputProblem, one sentence, for what is not a usable picture.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        entry: Entry = worker.serve,
        room: Room | None = None,
    ) -> None:
        self._segments = Segments(room)
        self._children = [
            Child(self._segments, limits or Limits(), entry) for _ in range(_CHILDREN)
        ]
        self._idle: LifoQueue[Child | None] = LifoQueue()
        # The last one back goes first: one picture after another needs one child only.
        for child in self._children:
            self._idle.put(child)

    def start(self) -> None:
        """Warm the children up: takes milliseconds here, a quarter of a second over there."""
        taken: list[Child | None] = []
        with suppress(Empty):
            while True:
                taken.append(self._idle.get_nowait())
        try:
            for child in taken:
                if child is not None:
                    child.start()
        finally:
            for child in taken:
                self._idle.put(child)

    def inspect(self, data: bytes, name: str) -> Facts:
        """What a picture file is, from its header."""
        return self._asked("inspect", data, name).facts

    def open(self, data: bytes, name: str) -> Opened:
        """The picture as it is shown: upright, sRGB, 8 bits."""
        return self._opened("open", data, name)

    def preview(self, data: bytes, name: str, longest: int) -> Opened:
        """The same with no side longer than this; the facts are those of the whole picture."""
        return self._opened("preview", data, name, longest)

    def native(self, data: bytes, name: str) -> Native:
        """The picture upright at its own depth and in its own profile."""
        answer = self._asked("native", data, name)
        assert answer.samples is not None
        return Native(answer.samples, answer.profile, self._new(answer))

    def close(self) -> None:
        """End the children, also in the middle of a picture, and wait until they are gone."""
        for child in self._children:
            child.kill()
        for _ in self._children:
            if self._idle.get() is None:
                break
        for child in self._children:
            child.close()
        self._segments.close()
        self._idle.put(None)

    def _opened(self, do: str, data: bytes, name: str, longest: int = 0) -> Opened:
        answer = self._asked(do, data, name, longest)
        assert answer.samples is not None
        raster = Raster(answer.samples, self._new(answer))
        return Opened(answer.facts, raster, hashlib.sha256(data).hexdigest())

    def _new(self, answer: Answer) -> New:
        """Where copies of a picture are to lie: beside it."""
        return self._segments.new if answer.on_disk else np.empty

    def _asked(self, do: str, data: bytes, name: str, longest: int = 0) -> Answer:
        shown = shown_name(name)
        request = {"do": do, "name": shown, "longest": longest}
        with self._child(shown) as child:
            return child.ask(request, data)

    @contextmanager
    def _child(self, name: str) -> Iterator[Child]:
        child = self._idle.get()
        try:
            if child is None:
                raise InputProblem(CLOSED, name=name)
            yield child
        finally:
            self._idle.put(child)


def inspected(pool: Pool, path: Path) -> Facts | InputProblem:
    """What a file is, or the one sentence why it cannot be opened; decodes all of it."""
    try:
        return pool.open(read_file(path), path.name).facts
    except InputProblem as problem:
        return problem

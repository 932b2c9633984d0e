"""One child process as the parent sees it: started clean, asked, ended when it misbehaves."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing import reduction
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.decoding import segment, wire
from editor.decoding.segment import FileSegment, Segment, Segments
from editor.errors import CannotWrite, InputProblem
from editor.imaging.facts import Facts

Entry = Callable[[Connection, int, float], None]

UNSAFE = "{name} could not be decoded safely, so it was not opened. Nothing has changed."
NO_ROOM = (
    "{name} needs {size} GB of free memory or of disk space to be opened. Nothing has changed; "
    "free some and try again."
)
_LARGEST = 300_000_000 * 4 * 2
# Bytes of pixels: the largest picture with four 16-bit samples.
_PATIENCE = 5.0
_MISBEHAVED = (EOFError, OSError, ValueError, KeyError, TypeError, multiprocessing.ProcessError)
# Died, too slow, or not talking as agreed.

_turn: SimpleQueue[None] = SimpleQueue()
_turn.put(None)
# Held while a child is started, because that looks at a place all threads share.


@dataclass(frozen=True, slots=True)
class Limits:
    """What one picture may use: bytes of address space, seconds of processor time.

    By the clock it may take three times as long, for other programs want the processor too.
    """

    memory: int = 4 << 30
    seconds: float = 20.0

    @property
    def patience(self) -> float:
        return 3 * self.seconds


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a child said: facts, samples where they were asked for, and their profile.

    on_disk: the samples lie in a file.
    """

    facts: Facts
    samples: NDArray[Any] | None
    profile: bytes
    on_disk: bool = False


class Child:
    """Used by one thread at a time; kill() alone may come from another."""

    def __init__(self, segments: Segments, limits: Limits, entry: Entry) -> None:
        self._segments = segments
        self._limits = limits
        self._entry = entry
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def start(self) -> Connection:
        """See to it that the process runs; returns at once, while it still imports."""
        if self._connection is None or self._process is None or not self._process.is_alive():
            self.close()
            ours, theirs = multiprocessing.Pipe()
            limits = (self._limits.memory, self._limits.seconds)
            self._process = _spawned(self._entry, (theirs, *limits))
            theirs.close()
            self._connection = ours
        return self._connection

    def ask(self, request: Mapping[str, object], data: bytes) -> Answer:
        """Have a file decoded.

        Raises InputProblem with the child's sentence, or with ours when it died, took too
        long or answered nonsense, or there is no room; the next question finds a fresh child.
        """
        connection = self.start()
        exchange = _Exchange(connection, self._segments, self._limits.patience)
        try:
            wire.send(connection, request)
            connection.send_bytes(data)
            answer = exchange.answer()
            if answer.on_disk:
                # A child that lived on could cut the file short, and us with it.
                self.close()
                exchange.require_whole()
                self.start()
            return answer
        except CannotWrite as refusal:
            self.close()
            size = f"{exchange.need / 1e9:.1f}"
            raise InputProblem(
                NO_ROOM, name=request["name"], size=size, details=str(refusal)
            ) from refusal
        except _MISBEHAVED as error:
            exchange.abandon()
            self.close()
            details = f"{type(error).__name__}: {error}"
            raise InputProblem(UNSAFE, name=request["name"], details=details) from error

    def kill(self) -> None:
        """End the process at once; whoever waits for it hears of it."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.join(_PATIENCE)
            self._process.close()
            self._process = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _Exchange:
    """One question's way: lends a place for the pixels, and reads the answer.

    need: bytes of pixels that the child asked for.
    """

    def __init__(self, connection: Connection, segments: Segments, seconds: float) -> None:
        self._connection = connection
        self._segments = segments
        self._deadline = time.monotonic() + seconds
        self._lent: Segment | FileSegment | None = None
        self.need = 0

    def answer(self) -> Answer:
        message = self._heard()
        if "need" in message:
            self.need = int(message["need"])
            self._lend()
            message = self._heard()
        if "problem" in message:
            self._return()
            raise wire.problem_of(message)
        facts = wire.receive_facts(self._connection, message["facts"])
        profile = self._connection.recv_bytes(wire.MOST)
        on_disk = self._lent is not None and self._lent.on_disk
        return Answer(facts, self._samples(message), profile, on_disk)

    def require_whole(self) -> None:
        """Raise ValueError when a file that was lent is shorter than it was."""
        if self._lent is not None and os.fstat(self._lent.handle).st_size < self._lent.size:
            raise ValueError("the file of the pixels was cut short")

    def abandon(self) -> None:
        """Close a place that was lent to a child that may still write to it."""
        if self._lent is not None:
            self._lent.close()

    def _heard(self) -> dict[str, Any]:
        if not self._connection.poll(max(self._deadline - time.monotonic(), 0)):
            raise TimeoutError("no answer in time")
        return wire.receive(self._connection)

    def _lend(self) -> None:
        if not 0 < self.need <= _LARGEST:
            raise ValueError(f"{self.need} bytes asked for")
        self._lent = self._segments.take(self.need)
        if self._lent is None or not segment.available():
            self._connection.send_bytes(wire.HERE)
            return
        self._connection.send_bytes(wire.SHARED)
        reduction.send_handle(self._connection, self._lent.handle, os.getpid())

    def _return(self) -> None:
        if self._lent is not None:
            self._segments.give_back(self._lent)
            self._lent = None

    def _samples(self, message: Mapping[str, Any]) -> NDArray[Any] | None:
        if not message["shape"]:
            return None
        shape = tuple(int(side) for side in message["shape"])
        dtype = np.uint16 if message["deep"] else np.uint8
        size = segment.byte_count(shape, dtype)
        if len(shape) != 3 or min(shape) < 1 or shape[2] > 4 or size > _LARGEST:
            raise ValueError(f"pixels of shape {shape}")
        if self._lent is None:
            return self._travelled(np.empty(shape, dtype))
        if size > self._lent.size:
            raise ValueError("more pixels than lent")
        if segment.available():
            return self._segments.array(self._lent, shape, dtype)
        return self._travelled(self._segments.array(self._lent, shape, dtype, write=True))

    def _travelled(self, samples: NDArray[Any]) -> NDArray[Any]:
        for band in wire.bands(samples):
            self._connection.recv_bytes_into(band)
        return samples


def _spawned(entry: Entry, arguments: tuple[object, ...]) -> BaseProcess:
    """A process that runs the entry and knows nothing of the program's own start.

    A spawned child would import the program's __main__, and with it the window.
    """
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=entry, args=arguments, name="frisket-decoding", daemon=True)
    _turn.get()
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = main
        _turn.put(None)
    return process

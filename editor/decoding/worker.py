"""The child: decodes one picture after another under limits, and knows nothing else."""

from __future__ import annotations

import contextlib
import importlib
import mmap
import os
import signal
import time
import warnings
from multiprocessing import reduction
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from editor.decoding import heap
from editor.errors import InputProblem
from editor.imaging.intact import CUT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import DTypeLike, NDArray

    from editor.imaging.facts import Facts

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]  # no POSIX: the parent's clock is the limit

DAMAGED = "{name} is damaged and cannot be opened."
TOO_BIG = "{name} needs more memory than is allowed for one picture; scale it down first."
_MAPPED = getattr(mmap, "MAP_SHARED", 0) | getattr(mmap, "MAP_POPULATE", 0)
# All pages at once: every one of them will be written.
_REST = 1.0
# Seconds without a picture, after which the memory of the last one is not kept any more.
_ENDS = ("truncated", "end of file", "unexpected end", "not enough")


def serve(connection: Connection, memory: int, seconds: float) -> None:
    """Answer requests until the parent is gone.

    memory: bytes of address space. seconds: of processor time for one picture.
    """
    _settle(memory)
    _warm()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            if not connection.poll(_REST):
                heap.give_back()
            _answer(connection, seconds)


def _settle(memory: int) -> None:
    """Take on the limits, and keep quiet: libraries write their complaints to stderr."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # its buffers would eat the address space
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)
    os.close(silent)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _warm() -> None:
    """Import what every picture needs before the first one comes, but under the limits."""
    from editor.imaging import cv

    for name in ("editor.imaging.codec", "editor.decoding.sniff", "editor.decoding.wire"):
        importlib.import_module(name)
    cv.threads(1)  # two children share the processors already


def _allow(seconds: float) -> None:
    """Let this picture use so much more processor time; past it the system ends the child."""
    if resource is not None:
        limit = int(time.process_time() + seconds) + 1
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def _answer(connection: Connection, seconds: float) -> None:
    from editor.decoding import wire  # after the limits are set, as with all that follows

    asked = wire.receive(connection)
    data = connection.recv_bytes()
    _allow(seconds)
    try:
        place = _Place(connection)
        facts, samples, profile = _decoded(asked, data, place)
    except InputProblem as problem:
        wire.send_problem(connection, problem)
    except Exception as error:  # noqa: BLE001 decoders raise a dozen kinds; one answer to all
        wire.send_problem(connection, _sentence(error, asked["name"]))
    else:
        shape, deep = (samples.shape, samples.itemsize == 2) if samples is not None else ((), False)
        wire.send_facts(connection, facts, {"shape": shape, "deep": deep})
        connection.send_bytes(profile)
        if place.travels and samples is not None:
            for band in wire.bands(samples):
                connection.send_bytes(band)


def _decoded(
    asked: Mapping[str, Any], data: bytes, place: _Place
) -> tuple[Facts, NDArray[Any] | None, bytes]:
    """Facts, and what was asked for: pixels or nothing, and the profile they are in."""
    from editor.decoding import sniff
    from editor.imaging import codec

    sniff.check(data[: sniff.HEAD], asked["name"])
    facts = codec.read_facts(data, asked["name"])
    heap.expect(facts.size.area)
    match asked["do"]:
        case "open":
            return facts, codec.decode(data, facts, place).pixels, b""
        case "preview":
            return facts, codec.preview(data, facts, asked["longest"], place).pixels, b""
        case "native":
            native = codec.decode_native(data, facts, place)
            return facts, native.samples, native.profile
    return facts, None, b""


class _Place:
    """Where pixels go: lent by the parent once their size is known."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.travels = False

    def __call__(self, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        import numpy as np

        from editor.decoding import segment, wire

        size = segment.byte_count(shape, dtype)
        wire.send(self._connection, {"need": size})
        if self._connection.recv_bytes() == wire.HERE:
            self.travels = True
            return np.empty(shape, dtype)
        handle = reduction.recv_handle(self._connection)
        try:
            return segment.viewed(mmap.mmap(handle, size, flags=_MAPPED), shape, dtype)
        finally:
            os.close(handle)


def _sentence(error: Exception, name: str) -> InputProblem:
    details = f"{type(error).__name__}: {error}"
    if isinstance(error, MemoryError):
        return InputProblem(TOO_BIG, name=name, details=details)
    cut = isinstance(error, EOFError) or any(word in str(error).lower() for word in _ENDS)
    return InputProblem(CUT if cut else DAMAGED, name=name, details=details)

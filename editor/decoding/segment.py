"""Shared places for pixels: made by the parent, filled by a child, read without a copy.

A place has no name in the file system and lives as long as somebody holds it, so nothing
is left behind by a killed process. Where the system has no such places, pixels travel
through the pipe instead.
"""

from __future__ import annotations

import contextlib
import math
import mmap
import os
import weakref
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]  # not a POSIX system: nothing to seal

_IDLE = 64 << 20
# Bytes kept for the next picture; fresh pages cost more than decoding a JPEG does.


def available() -> bool:
    """Whether this system has shared places."""
    return hasattr(os, "memfd_create")


def byte_count(shape: tuple[int, ...], dtype: DTypeLike) -> int:
    return math.prod(shape) * np.dtype(dtype).itemsize


def viewed(memory: mmap.mmap, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """The memory as an array that keeps it alive; read-only where the memory is."""
    return np.frombuffer(memory, dtype, math.prod(shape)).reshape(shape)


class Segment:
    """One shared place of a fixed size; closing it does not touch what is still mapped."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.handle = os.memfd_create("pixels", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.truncate(self.handle, size)
        if fcntl is not None:
            # A child that could shrink it would end the parent at its next look.
            seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
            fcntl.fcntl(self.handle, fcntl.F_ADD_SEALS, seals)

    def close(self) -> None:
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1


class Segments:
    """The parent's stock: lends places, and takes them back when the last array is gone."""

    def __init__(self) -> None:
        self._idle: list[Segment] = []
        self._closed = False

    def take(self, size: int) -> Segment:
        """A place of at least this many bytes, a used one where one fits."""
        for segment in list(self._idle):
            if size <= segment.size <= 2 * size:
                with contextlib.suppress(ValueError):  # another thread took it
                    self._idle.remove(segment)
                    return segment
        return Segment(size)

    def array(self, segment: Segment, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """A filled place as a read-only array; it comes back when that and its views die."""
        memory = mmap.mmap(segment.handle, segment.size, prot=mmap.PROT_READ)
        weakref.finalize(memory, self.give_back, segment).atexit = False
        return viewed(memory, shape, dtype)

    def give_back(self, segment: Segment) -> None:
        """Keep a place for the next picture, or close it; may run at any moment."""
        kept = sum(idle.size for idle in list(self._idle))
        if self._closed or kept + segment.size > _IDLE:
            segment.close()
        else:
            self._idle.append(segment)

    def close(self) -> None:
        """Close what is idle; arrays that live keep their pixels."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

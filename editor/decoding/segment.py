"""Shared places for pixels: made by the parent, filled by a child, read without a copy.

A place lies in memory, or in a file where memory is short. It has no name in the file system
and lives as long as somebody holds it, so nothing is left behind by a killed process. Where
the system has no places that can be shared, pixels travel through the pipe instead.
"""

from __future__ import annotations

import contextlib
import math
import mmap
import os
import weakref
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import DTypeLike, NDArray

from editor.decoding.room import Room
from editor.storage.closer import Closer

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

    on_disk = False

    def __init__(self, size: int) -> None:
        self.size = size
        self.handle = os.memfd_create("pixels", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.truncate(self.handle, size)
        if fcntl is not None:
            # A child that could shrink it would end the parent at its next look.
            seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
            fcntl.fcntl(self.handle, fcntl.F_ADD_SEALS, seals)

    def close(self) -> None:
        handle, self.handle = self.handle, -1
        if handle >= 0:
            os.close(handle)


class FileSegment:
    """One place in a file that has no name; the system writes its pages out and reads them."""

    on_disk = True

    def __init__(self, size: int, file: BinaryIO) -> None:
        self.size = size
        self.handle = file.fileno()
        self._file = file

    def close(self) -> None:
        self._file.close()
        self.handle = -1


class Segments:
    """The parent's stock: lends places, and takes them back when the last array is gone.

    What is too much is closed on a thread: the system takes 30 ms to get the pages of a picture
    back, and the last array mostly dies on the window's thread.
    """

    def __init__(self, room: Room | None = None) -> None:
        self._room = room or Room()
        self._idle: list[Segment] = []
        self._closed = False
        self._closer = Closer("segments")

    def take(self, size: int) -> Segment | FileSegment | None:
        """A place of at least this many bytes, a used one where one fits.

        None where the system has no places and the pixels belong in memory. Raises CannotWrite
        when they have to lie on the disk and it refuses.
        """
        file = self._room.file(size)
        if file is not None:
            return FileSegment(size, file)
        return self._in_memory(size) if available() else None

    def new(self, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """An array to write to, beside a picture on the disk; gone with its last view.

        Raises CannotWrite.
        """
        size = byte_count(shape, dtype)
        file = self._room.file(size)
        if file is None:
            return np.empty(shape, dtype)
        with file:
            return viewed(mmap.mmap(file.fileno(), size), shape, dtype)

    def _in_memory(self, size: int) -> Segment:
        for segment in list(self._idle):
            if size <= segment.size <= 2 * size:
                with contextlib.suppress(ValueError):  # another thread took it
                    self._idle.remove(segment)
                    return segment
        return Segment(size)

    def array(
        self,
        segment: Segment | FileSegment,
        shape: tuple[int, ...],
        dtype: DTypeLike,
        *,
        write: bool = False,
    ) -> NDArray[Any]:
        """A place as an array, read-only unless write; it comes back when that and its views die.

        Raises ValueError for a file that was cut short.
        """
        access = mmap.ACCESS_WRITE if write else mmap.ACCESS_READ
        memory = mmap.mmap(segment.handle, segment.size, access=access)
        weakref.finalize(memory, self.give_back, segment).atexit = False
        return viewed(memory, shape, dtype)

    def give_back(self, segment: Segment | FileSegment) -> None:
        """Keep a place for the next picture, or close it; may run at any moment."""
        kept = sum(idle.size for idle in list(self._idle))
        if isinstance(segment, FileSegment) or kept + segment.size > _IDLE:
            self._closer.take(segment)
            return
        self._idle.append(segment)
        if self._closed:  # asked last: close() may have gone by meanwhile
            self._close_idle()

    def close(self) -> None:
        """Close what is idle, and what comes back later; arrays that live keep their pixels."""
        self._closed = True
        self._closer.end()
        self._close_idle()

    def _close_idle(self) -> None:
        with contextlib.suppress(IndexError):  # another thread took the last one
            while self._idle:
                self._idle.pop().close()

"""Heap: what one picture frees is kept for the next one, and given back when none comes.

Left alone the C library returns it at once, and the system then takes a third of the time of a
picture to hand out clean pages again.
"""

from __future__ import annotations

import ctypes
import sys

LARGE = 40_000_000
"""Pixels from which nothing is kept: the pieces of a large picture must make room for one another,
or they would not fit into the address space that it may use."""

_KEPT = 6 * LARGE
# Bytes: as OpenCV decodes it, and as numpy gets it.
_TRIM_THRESHOLD, _MMAP_MAX, _MMAP_MAX_AT_FIRST = -1, -4, 65536
# As in <malloc.h>, and in glibc's malloc.c.


def expect(pixels: int) -> None:
    """Keep what a picture of so many pixels will free, unless it is large.

    Where the C library cannot be told nothing changes.
    """
    library = _library()
    if library is not None:
        library.mallopt(_TRIM_THRESHOLD, _KEPT)
        # Otherwise large pieces lie beside the heap, each on pages of its own.
        library.mallopt(_MMAP_MAX, 0 if pixels < LARGE else _MMAP_MAX_AT_FIRST)


def give_back() -> None:
    """Return what is free to the system; takes a millisecond or two."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)


def _library() -> ctypes.CDLL | None:
    """The C library, if it is glibc: others have neither function."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "mallopt") else None

"""Heap: what one picture frees is kept for the next one, and given back when none comes.

Left alone the C library returns tens of megabytes at once, and the system then takes a third of
the time of a picture to hand out clean pages again.
"""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
# As in <malloc.h>.
_KEPT = 64 << 20
# Bytes that stay: a picture of 8 megapixels as OpenCV decodes it, and as numpy gets it.
_LARGEST = 32 << 20
# Bytes of one piece that may lie on the heap; the C library takes no more.


def keep() -> None:
    """Keep what is freed, in this process; where the C library cannot be told, nothing changes."""
    library = _library()
    if library is not None:
        library.mallopt(_TRIM_THRESHOLD, _KEPT)
        library.mallopt(_MMAP_THRESHOLD, _LARGEST)


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

"""Qt's libraries and the settings of fonts, loaded on a thread while Python reads modules."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

_WIDGETS = ("Qt", "lib", "libQt6Widgets.so.6")
"""The library that needs all others of a window, below the folder of PySide."""

_FONTS = "libfontconfig.so.1"


def begin() -> threading.Thread | None:
    """Have the system load what Qt needs, on the other processor; None where it is not known.

    Python waits while a library is loaded, with all its threads; the system itself does not.
    No module of PySide is imported by this: two threads that do so meet half of a class.
    """
    found = find_spec("PySide6") if sys.platform == "linux" else None
    folders = found.submodule_search_locations if found else None
    if not folders:
        return None
    library = os.fsencode(Path(folders[0], *_WIDGETS))
    thread = threading.Thread(target=_load, args=(library,), name="libraries", daemon=True)
    thread.start()
    return thread


def _load(library: bytes) -> None:
    """Load one and what it needs; what is not there, Qt finds elsewhere or tells of."""
    system = ctypes.CDLL(None)
    system.dlopen.argtypes = [ctypes.c_char_p, ctypes.c_int]
    system.dlopen.restype = ctypes.c_void_p
    if all(system.dlopen(name, os.RTLD_NOW) for name in (library, _FONTS.encode())):
        ctypes.CDLL(_FONTS).FcInit()

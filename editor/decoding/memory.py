"""Memory: how much of it this computer could give to a picture now."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_LINUX = Path("/proc/meminfo")


class _Status(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in ("all", "free", "b", "c", "d", "e", "f")),
    )


def free_memory() -> int:
    """Bytes that could be had without pushing out what is in use.

    Where the system does not tell, half of all its memory is taken for free.
    """
    if sys.platform == "win32":
        status = _Status(length=ctypes.sizeof(_Status))
        ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.free)
    if _LINUX.exists():
        told = dict(line.split(":", 1) for line in _LINUX.read_text().splitlines())
        return int(told["MemAvailable"].split()[0]) * 1024
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2

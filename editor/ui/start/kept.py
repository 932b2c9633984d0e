"""What a start keeps for the next one to be faster: whole, of the same Python, or not there."""

from __future__ import annotations

import importlib.util
import logging
import sys
import zlib

from editor.errors import CannotWrite
from editor.preferences.places import cache_folder
from editor.storage import atomic

log = logging.getLogger(__name__)

_MAGIC = importlib.util.MAGIC_NUMBER


def read(name: str) -> bytes:
    """What was kept under a name; empty when there is nothing or something else."""
    try:
        data = (cache_folder() / name).read_bytes()
    except (OSError, CannotWrite):
        return b""
    mark, data = data[:8], data[8:]
    return data if mark == _mark(data) else b""


def write(name: str, data: bytes) -> None:
    """Keep it, unless Python was told to keep no code or the disk refuses."""
    if sys.dont_write_bytecode:
        return
    try:
        atomic.write(cache_folder() / name, _mark(data) + data)
    except CannotWrite as problem:
        log.info("nothing is kept for the next start: %s", problem.template)


def _mark(data: bytes) -> bytes:
    return _MAGIC + zlib.crc32(data).to_bytes(4, "little")

"""Methods of data classes, compiled once for all starts, as Python compiles their files."""

from __future__ import annotations

import dataclasses
import importlib.util
import logging
import marshal
import sys
import zlib
from types import CodeType
from typing import Any

from editor.errors import CannotWrite
from editor.preferences.places import cache_folder
from editor.storage import atomic

log = logging.getLogger(__name__)

_NAME = f"methods-{sys.implementation.cache_tag}"
_MAGIC = importlib.util.MAGIC_NUMBER

_kept: dict[str, CodeType] = {}
_used: dict[str, CodeType] = {}


def begin() -> None:
    """Take the code of methods from what an earlier start has kept, until `end`.

    A data class writes its methods as text, and Python compiles them anew at each start: four
    fifths of what the class takes. Code is found by its text, so that none can be for another.
    """
    _kept.update(_read())
    vars(dataclasses)["exec"] = _run


def end() -> None:
    """Let Python compile methods as ever: what comes behind the window is in nobody's way."""
    vars(dataclasses).pop("exec", None)


def keep() -> None:
    """Keep for the next start what was run since `begin`, if it is not what was kept."""
    used, kept = dict(_used), set(_kept)
    _used.clear()
    _kept.clear()
    if sys.dont_write_bytecode or used.keys() == kept:
        return
    data = marshal.dumps(used)
    try:
        atomic.write(cache_folder() / _NAME, _mark(data) + data)
    except CannotWrite as problem:
        log.info("methods are not kept: %s", problem.template)


def _run(text: str, names: dict[str, Any], found: dict[str, Any]) -> None:
    """Run the text as Python's own exec does."""
    code = _kept.get(text) or compile(text, "<string>", "exec")
    _used[text] = code
    exec(code, names, found)


def _read() -> dict[str, CodeType]:
    """What was kept whole by a start of the same Python; else nothing."""
    try:
        data = (cache_folder() / _NAME).read_bytes()
    except (OSError, CannotWrite):
        return {}
    mark, data = data[:8], data[8:]
    return marshal.loads(data) if mark == _mark(data) else {}


def _mark(data: bytes) -> bytes:
    return _MAGIC + zlib.crc32(data).to_bytes(4, "little")

"""Methods of data classes, compiled once for all starts, as Python compiles their files."""

from __future__ import annotations

import dataclasses
import marshal
from types import CodeType
from typing import Any

from editor.ui.start import kept

NAME = "methods"

_kept: dict[str, CodeType] = {}
_used: dict[str, CodeType] = {}


def begin() -> None:
    """Take the code of methods from what an earlier start has kept, until `end`.

    A data class writes its methods as text, and Python compiles them anew at each start: four
    fifths of what the class takes. Code is found by its text, so that none can be for another.
    """
    if data := kept.read(NAME):
        _kept.update(marshal.loads(data))
    vars(dataclasses)["exec"] = _run


def end() -> None:
    """Let Python compile methods as ever: what comes behind the window is in nobody's way."""
    vars(dataclasses).pop("exec", None)


def keep() -> None:
    """Keep for the next start what was run since `begin`, if it is not what was kept."""
    used, known = dict(_used), set(_kept)
    _used.clear()
    _kept.clear()
    if used.keys() != known:
        kept.write(NAME, marshal.dumps(used))


def _run(text: str, names: dict[str, Any], found: dict[str, Any]) -> None:
    """Run the text as Python's own exec does."""
    code = _kept.get(text) or compile(text, "<string>", "exec")
    _used[text] = code
    exec(code, names, found)

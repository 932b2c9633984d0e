"""Imports as Python makes them, without the work that PySide adds to the first and to each."""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Callable
from types import CodeType, ModuleType
from typing import Any

_LATE = frozenset(
    {"enum_sig", "errorhandler", "layout", "mapping", "parser", "pyi_generator", "tool"}
)
"""What of PySide writes its signatures: for what help() and wrong calls tell, and for stubs."""

_TAKEN = {"mapping": "update_mapping"}
"""What PySide takes out of one of them without asking the module, and then calls."""

_sources: dict[str, bytes] = {}


def plain() -> None:
    """Import PySide without its tools, and what follows without reading its source.

    PySide reads the source of every module that is imported after it, and keeps it, to find out
    whether the module may ask for `__feature__`, which nobody here does; at a start that takes
    as long as PySide itself. Drop this when PySide looks only into modules that do (seen in 6.11).
    """
    if "shiboken6" not in sys.modules:
        _put_tools_off()
    importlib.import_module("PySide6.QtCore")  # which puts its search in the place of the import
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _put_tools_off() -> None:
    """Let PySide compile and run its tools when somebody first asks for something in them.

    They are sources in its library, compiled anew at each start, with expressions that take even
    longer: half of what the import of PySide takes. The module that unpacks them is run in this
    one, so that it finds our `compile`; where it does not, all is as ever. Drop this when PySide
    has them in files (seen in 6.11).
    """
    unpacking: Any = ModuleType("signature_bootstrap")
    unpacking.compile = _compiled
    sys.modules["signature_bootstrap"] = unpacking


def _compiled(source: bytes, filename: str, mode: str) -> CodeType:
    """The code of a module of PySide; of a tool, one that waits to be asked."""
    name = filename.rpartition("/")[2].removesuffix(".py")
    if name not in _LATE:
        return compile(source, filename, mode)
    _sources[filename] = source
    waiting = [f"from {__name__} import late", f"__getattr__ = late(globals(), {filename!r})"]
    if taken := _TAKEN.get(name):
        waiting.append(f"{taken} = lambda: __getattr__({taken!r})()")
    return compile("\n".join(waiting), filename, mode)


def late(module: dict[str, Any], filename: str) -> Callable[[str], object]:
    """What a module that waits does when it is asked for a name: it becomes itself."""

    def asked(name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        if source := _sources.pop(filename, None):
            exec(compile(source, filename, "exec"), module)
        if name not in module:
            raise AttributeError(name)
        return module[name]

    return asked

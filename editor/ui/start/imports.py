"""Imports as Python makes them, without the work that PySide adds to the first and to each."""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Callable
from types import CodeType, ModuleType
from typing import Any

from editor.ui.start import late

_TOOLS = frozenset(
    {"enum_sig", "errorhandler", "layout", "mapping", "parser", "pyi_generator", "tool"}
)
"""What of PySide writes its signatures: for what help() and wrong calls tell, and for stubs."""

_TAKEN = {"mapping": "update_mapping"}
"""What PySide takes out of one of them without asking the module, and then calls."""

_KNOWN = dict.fromkeys(("shiboken6", "enum", "PySide6"), 0)
"""Modules that ask for no feature, which PySide would look for in them before it can be stopped."""

_UNPACKING = "signature_bootstrap"

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
    unpacking: Any = ModuleType(_UNPACKING)
    unpacking.compile = _compiled
    sys.modules[_UNPACKING] = unpacking


def _compiled(source: bytes, filename: str, mode: str) -> CodeType:
    """The code of a module of PySide; of a tool, one that waits to be asked."""
    name = filename.rpartition("/")[2].removesuffix(".py")
    if name not in _TOOLS:
        getattr(sys.modules[_UNPACKING], "pyside_feature_dict", {}).update(_KNOWN)
        return compile(source, filename, mode)
    _sources[filename] = source
    lines = [f"from {__name__} import tool", f"__getattr__ = tool(globals(), {filename!r})"]
    if taken := _TAKEN.get(name):
        lines.append(f"{taken} = lambda: __getattr__({taken!r})()")
    return compile("\n".join(lines), filename, mode)


def tool(module: late.Module, filename: str) -> Callable[[str], object]:
    """What a tool that waits does when it is asked for a name."""
    return late.asked(
        module, lambda: exec(compile(_sources.pop(filename), filename, "exec"), module)
    )

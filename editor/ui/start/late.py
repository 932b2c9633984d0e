"""Modules that are run when somebody first asks for something in them, not when imported."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec, module_from_spec
from typing import Any

NAMES = ("inspect", "ipaddress", "traceback")
"""What data classes, paths and the log import, and ask for nothing before the window is painted."""

Module = dict[str, Any]


def begin() -> None:
    """Put these off, as far as they were not run.

    importlib.util.LazyLoader would do, but for Python asking a module for its `__spec__` whenever
    it is imported once more, which counts there (seen in 3.11).
    """
    for name in NAMES:
        found = None if name in sys.modules else find_spec(name)
        if found is not None and found.loader is not None:
            module = sys.modules[name] = module_from_spec(found)
            run = partial(found.loader.exec_module, module)
            vars(module)["__getattr__"] = asked(vars(module), run)


def end() -> None:
    """Run these before there are threads: two that ask at once would meet half of a module."""
    for name in NAMES:
        getattr(sys.modules.get(name), "anything", None)


def asked(module: Module, run: Callable[[], object]) -> Callable[[str], object]:
    """What a module does when it is asked for a name it does not have: it is run, once."""

    def found(name: str) -> object:
        if name == "__path__":  # whether it is a package, which importing asks
            raise AttributeError(name)
        if module.get("__getattr__") is found:
            del module["__getattr__"]
            run()
        if name not in module:
            raise AttributeError(name)
        return module[name]

    return found

"""Imports as Python makes them, without the search for a word that PySide adds to each."""

from __future__ import annotations

import builtins
import importlib


def plain() -> None:
    """Import what follows without reading its source.

    PySide reads the source of every module that is imported after it, and keeps it, to find out
    whether the module may ask for `__feature__`, which nobody here does; at a start that takes
    as long as PySide itself. Drop this when PySide looks only into modules that do (seen in 6.11).
    """
    importlib.import_module("PySide6.QtCore")  # which puts its search in the place of the import
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

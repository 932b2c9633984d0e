"""Imports without the search that PySide adds to each of them."""

from __future__ import annotations

import builtins
import importlib
import linecache
from pathlib import Path

import pytest

from editor.ui import imports


def read_at_import(folder: Path, name: str) -> bool:
    """Whether the import of a new module reads its source for more than to run it."""
    path = folder / f"{name}.py"
    path.write_text("import json\n")
    importlib.invalidate_caches()
    __import__(name)
    return str(path) in linecache.cache


def test_the_source_of_what_is_imported_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    searching = builtins.__feature_import__
    monkeypatch.setattr(builtins, "__import__", searching)
    assert read_at_import(tmp_path, "searched_by_pyside")
    imports.plain()
    assert not read_at_import(tmp_path, "left_alone_by_pyside")

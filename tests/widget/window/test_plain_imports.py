"""Imports without the tools and the search that PySide adds to the first and to each of them."""

from __future__ import annotations

import builtins
import importlib
import linecache
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from editor.ui.start import imports

ROOT = Path(__file__).resolve().parents[3]


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


FIRST = """
import sys
from editor.ui.start import imports

imports.plain()
from PySide6.QtCore import QObject

waiting = sys.modules["shibokensupport.signature.parser"]
assert "pyside_type_init" not in vars(waiting)
assert "argparse" not in sys.modules
try:
    QObject(3)
except TypeError as error:
    print(error)
assert "pyside_type_init" in vars(waiting)
assert waiting.pyside_type_init
assert not hasattr(waiting, "nowhere")
help(QObject.setObjectName)
"""


def test_the_tools_of_pyside_are_not_read_before_they_are_asked_for() -> None:
    told = started(FIRST)
    assert "Supported signatures:" in told
    assert "setObjectName(self, name:" in told


def started(script: str) -> str:
    """What an interpreter of its own says."""
    command = [sys.executable, "-c", script]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, env=environ, capture_output=True, check=True, timeout=60, text=True
    ).stdout


def test_a_tool_of_pyside_runs_when_it_is_first_asked_for_something() -> None:
    tool: dict[str, Any] = {}
    source = b"ran = True\ndef update_mapping(): return ran"
    exec(imports._compiled(source, "/embedded/shibokensupport/signature/mapping.py", "exec"), tool)
    asked = tool["__getattr__"]
    assert "ran" not in tool
    with pytest.raises(AttributeError):
        asked("__path__")
    assert tool["update_mapping"]()
    assert tool["ran"]
    with pytest.raises(AttributeError):
        asked("nothing")


def test_what_is_no_tool_of_pyside_is_compiled_as_ever() -> None:
    module: dict[str, Any] = {}
    exec(imports._compiled(b"ran = True", "/embedded/shibokensupport/loader.py", "exec"), module)
    assert module["ran"]


def test_tools_are_put_off_before_pyside_comes_and_only_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)
    monkeypatch.delitem(sys.modules, "signature_bootstrap", raising=False)
    imports.plain()
    assert "signature_bootstrap" not in sys.modules
    monkeypatch.delitem(sys.modules, "shiboken6")
    imports.plain()
    unpacking: Any = sys.modules["signature_bootstrap"]
    assert unpacking.compile is imports._compiled
    monkeypatch.delitem(sys.modules, "signature_bootstrap")

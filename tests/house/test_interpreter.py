"""A fresh interpreter imports the core without Qt, and everything without POSIX."""

from __future__ import annotations

import subprocess
import sys

from tests.house.tree import ROOT, core_modules, dotted, files, imports, within

BLOCKED = """
import importlib, sys
for name in {blocked!r}:
    sys.modules[name] = None
for name in {modules!r}:
    try:
        importlib.import_module(name)
    except ImportError as reason:
        print(name + ":", reason)
"""

QT = ["PySide6", "shiboken6", "qasync"]
POSIX = ["resource", "fcntl"]


def test_the_core_needs_no_qt() -> None:
    assert _refused(QT, [*map(dotted, core_modules()), "editor.cli", "editor.__main__"]) == []


def test_the_session_needs_qt() -> None:
    modules = [dotted(path) for path in files(".py") if _is_session(path) and _names_qt(path)]
    assert len(_refused(QT, modules)) == len(modules)


def test_everything_imports_where_posix_is_absent() -> None:
    modules = [dotted(path) for path in files(".py") if path.startswith("editor/")]
    assert _refused(POSIX, modules) == []


def _refused(blocked: list[str], modules: list[str]) -> list[str]:
    """What a fresh interpreter that lacks some modules cannot import, with the reason."""
    script = BLOCKED.format(blocked=blocked, modules=modules)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def _is_session(path: str) -> bool:
    return path.startswith("editor/session/")


def _names_qt(path: str) -> bool:
    return any(within(name, package) for _, name in imports(path) for package in QT)

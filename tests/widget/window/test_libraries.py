"""Qt's libraries that are loaded while Python reads modules."""

from __future__ import annotations

import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from editor.ui.start import libraries

ROOT = Path(__file__).resolve().parents[3]

LOADED = """
import sys
from pathlib import Path
from editor.ui.start import libraries

thread = libraries.begin()
thread.join()
loaded = Path("/proc/self/maps").read_text()
assert "libQt6Widgets.so.6" in loaded
assert "libfontconfig" in loaded
assert not [name for name in sys.modules if name.startswith("PySide6")]

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QLabel

app = QApplication([sys.argv[0], "-platform", "offscreen"])
assert QThread.isMainThread()
QLabel("painted").grab()
assert loaded.count("libQt6Widgets") == Path("/proc/self/maps").read_text().count("libQt6Widgets")
print("as ever")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt loads its libraries by itself")
def test_they_are_those_that_qt_uses() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, timeout=60, text=True
    )
    assert (done.stdout, done.stderr) == ("as ever\n", "")


def test_a_system_that_is_not_known_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert libraries.begin() is None


def test_without_pyside_nothing_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "find_spec", lambda _: None)
    assert libraries.begin() is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is loaded at all")
def test_a_library_that_lies_elsewhere_is_left_to_qt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spec = ModuleSpec("PySide6", None)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(libraries, "find_spec", lambda _: spec)
    thread = libraries.begin()
    assert thread is not None
    thread.join()

"""Modules that are run when they are asked for something."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from editor.ui.start import late

ROOT = Path(__file__).resolve().parents[3]

STARTED = """
import sys
from editor.ui.start import late

late.begin()
import inspect, ipaddress, traceback
import inspect as again
assert again is inspect
assert not {"ast", "dis", "linecache"} & set(sys.modules)
assert inspect.__spec__.name == inspect.__name__ == "inspect"

from inspect import signature
assert "dis" in sys.modules
assert str(signature(lambda a, *, b: 0)) == "(a, *, b)"
assert not hasattr(inspect, "nowhere")
assert "linecache" in sys.modules
assert not hasattr(ipaddress, "__path__")
assert "IPv4Address" not in vars(ipaddress)

late.end()
assert "IPv4Address" in vars(ipaddress)
for name in late.NAMES:
    assert "__getattr__" not in vars(sys.modules[name])
late.begin()
assert sys.modules["inspect"] is inspect
print("as ever")
"""


def test_those_of_a_start_are_run_when_they_are_asked() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTED], cwd=ROOT, capture_output=True, timeout=60, text=True
    )
    assert (done.stdout, done.stderr) == ("as ever\n", "")


def test_a_module_is_run_once() -> None:
    runs: list[int] = []
    module: dict[str, Any] = {}

    def run() -> None:
        runs.append(1)
        module["there"] = 3

    ask = module["__getattr__"] = late.asked(module, run)
    with pytest.raises(AttributeError):
        ask("__path__")
    assert not runs
    assert ask("there") == ask("there") == 3
    with pytest.raises(AttributeError):
        ask("nowhere")
    assert runs == [1]
    assert "__getattr__" not in module


def test_what_was_run_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    late.begin()
    assert sys.modules["inspect"] is inspect
    monkeypatch.setattr(late, "NAMES", ("there_is_no_such_module",))
    late.begin()
    late.end()
    assert "there_is_no_such_module" not in sys.modules

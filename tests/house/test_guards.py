"""What tests/conftest.py forbids really fails, and what it allows passes."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

FAILS = {
    "warning": "import warnings\nwarnings.warn('old')",
    "log": "import logging\nlogging.getLogger('editor').warning('worked around')",
    "widget": "qtbot.left = QtWidgets.QWidget(objectName='left')\nqtbot.left.show()",
    "qt": "QtCore.qWarning('odd')",
    "unknown_mark": "import pytest\npytest.mark.nonsense",
}

PASSES = {
    "log": "import logging\nlogging.getLogger('editor').info('written')",
    "widget": "widget = QtWidgets.QWidget()\nqtbot.addWidget(widget)\nwidget.show()",
    "loopback": "import socket\nsocket.create_server(('127.0.0.1', 0)).close()",
}


def test_careless_tests_fail(tmp_path: Path) -> None:
    assert _failing(FAILS, tmp_path) == set(FAILS)


def test_careful_tests_pass(tmp_path: Path) -> None:
    assert _failing(PASSES, tmp_path) == set()


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org"])
def test_no_test_leaves_this_computer(host: str) -> None:
    with pytest.raises(AssertionError, match="leave this computer"):
        socket.create_connection((host, 9), timeout=1)


def test_the_real_home_is_out_of_sight(tmp_path: Path) -> None:
    assert Path(os.environ["FRISKET_HOME"]).is_relative_to(tmp_path)
    assert not [name for name in os.environ if name.startswith("FRISKET_KEY_")]


def _failing(bodies: dict[str, str], folder: Path) -> set[str]:
    """Which of these tests, each with its body, fail under the project's rules."""
    test = folder / "test_some.py"
    lines = ["from PySide6 import QtCore, QtWidgets"]
    for name, body in bodies.items():
        lines += [f"def test_{name}(qtbot):", *(f"    {line}" for line in body.splitlines())]
    test.write_text("\n".join(lines))
    rules = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-c", "pyproject.toml"]
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", *rules, str(test)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert re.search(r"\d+ (passed|failed).* in ", done.stdout), done
    return set(re.findall(r"^(?:FAILED|ERROR) \S*::test_(\w+)", done.stdout, re.MULTILINE))

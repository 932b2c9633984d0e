"""Every speed report can be made: a run leaves one out rather than fail, so it is seen here."""

from __future__ import annotations

import subprocess
import sys

from tests.house.tree import ROOT, files

NO_REPORTS = {"__main__", "rows"}

ASK = """
import importlib, sys
for name in sys.argv[1:]:
    report = importlib.import_module("tests.speed." + name).report
    print(name if callable(report) else "")
"""


def test_every_report_is_there() -> None:
    paths = [path.split("/") for path in files(".py") if path.startswith("tests/speed/")]
    names = {parts[2].removesuffix(".py") for parts in paths if len(parts) == 3} - NO_REPORTS
    done = subprocess.run(
        [sys.executable, "-c", ASK, *sorted(names)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == sorted(names), done.stderr

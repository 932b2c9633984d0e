"""Every speed report can be made: a run leaves one out rather than fail, so it is seen here.

What has become slower is told, in either direction of a ratio.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from tests.house.tree import ROOT, files
from tests.speed import ratios
from tests.speed.rows import Row

NO_REPORTS = {"__main__", "rows", "ratios"}

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


def test_what_is_kept_belongs_to_reports_that_there_are() -> None:
    kept = ratios.read()
    assert kept
    for name, earlier in kept.items():
        assert f"tests/speed/{name}.py" in files(".py")
        assert min(earlier.ratios.values()) > 0


def test_what_became_slower_is_told_and_nothing_else(tmp_path: Path) -> None:
    before = [Row("pan", 1, 1, 1.0, "<= 4x"), Row("stroke", 1, 1, 10.0, ">= 10x"), Row("new", 1)]
    path = tmp_path / "ratios.toml"
    assert ratios.read(path) == {}
    ratios.write({"canvas": ratios.measured(before, date(2026, 11, 28))}, path)
    kept = ratios.read(path)["canvas"]
    assert kept.ratios == {"pan": 1.0, "stroke": 10.0}
    assert ratios.slower(before, kept) == []
    better = [Row("pan", 1, 1, 0.1, "<= 4x"), Row("stroke", 1, 1, 90.0, ">= 10x")]
    assert ratios.slower(better, kept) == []
    worse = [Row("pan", 1, 1, 1.6, "<= 4x"), Row("stroke", 1, 1, 6.0, ">= 10x"), Row("new", 1)]
    told = ratios.slower(worse, kept)
    assert [line.split(":")[1].strip() for line in told] == ["pan", "stroke"]
    assert "was 1x on 2026-11-28" in told[0]
    later = ratios.joined(kept, ratios.measured(better[:1], date(2026, 12, 1)))
    assert (later.day, dict(later.ratios)) == ("2026-12-01", {"pan": 0.1, "stroke": 10.0})

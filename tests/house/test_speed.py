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
    path = tmp_path / "ratios.toml"
    assert ratios.read(path) == {}
    before = [Row("pan", 1, 1, 1.0, "<= 4x"), Row("zoom", 1, 1, 3.0), Row("new", 1)]
    ratios.write({"canvas": ratios.measured(before, date(2026, 11, 28))}, path)
    kept = ratios.read(path)["canvas"]
    assert kept.ratios == {"pan": 1.0, "zoom": 3.0}
    assert ratios.slower(before, kept) == []
    assert ratios.slower([Row("pan", 1, 1, 0.1, "<= 4x"), Row("other", 1, 1, 9.0)], kept) == []
    told = ratios.slower([Row("pan", 1, 1, 1.6, "<= 4x"), Row("zoom", 1, 1, 9.0)], kept)
    assert [line.split(":")[1].strip() for line in told] == ["pan", "zoom"]
    assert "was 1x on 2026-11-28" in told[0]


def test_where_more_is_better_less_is_told() -> None:
    before = [Row("wide", 1, 1, 10.0, ">= 10x"), Row("narrow", 1, 1, 4.0)]
    kept = ratios.measured(before, date(2026, 11, 28))
    assert ratios.slower([Row("wide", 1, 1, 90.0, ">= 10x"), Row("narrow", 1, 1, 9.0)], kept) == []
    told = ratios.slower([Row("wide", 1, 1, 6.0, ">= 10x"), Row("narrow", 1, 1, 2.0)], kept)
    assert [line.split(":")[1].strip() for line in told] == ["wide", "narrow"]


def test_rows_that_were_not_measured_keep_their_ratios() -> None:
    before = ratios.measured([Row("pan", 1, 1, 1.0), Row("zoom", 1, 1, 3.0)], date(2026, 11, 28))
    later = ratios.joined(before, ratios.measured([Row("pan", 1, 1, 0.5)], date(2026, 12, 1)))
    assert (later.day, dict(later.ratios)) == ("2026-12-01", {"pan": 0.5, "zoom": 3.0})

"""Covered: holds each file to its floor, those of the strict packages by their own tests alone.

Runs in the project's environment, on the data that the test processes left.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import coverage

ROOT = Path(__file__).resolve().parent.parent

STRICT = ("mask", "capability", "edits", "compose", "providers")
# Every line and branch, told by tests/unit/<package>/test_<file>.py.

FLOOR = 85.0
# Percent of lines and branches of every other file, by all tests but the journeys.


def main() -> int:
    """Print every file below its floor, and the lowest of the others."""
    measured = coverage.Coverage()
    measured.combine()
    measured.save()
    strict, others, low = 0, {}, []
    for path in sorted((ROOT / "editor").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        own = _own_tests(name)
        share, missing = _share(measured, path, own)
        if own:
            strict += 1
        else:
            others[name] = share
        if share < (100.0 if own else FLOOR):
            low.append(f"{name}: {share:.1f} %{' by its own tests' if own else ''}, not {missing}")
    lowest = min(others, key=lambda name: others[name])
    print(f"{strict} files are held to 100 % by their own tests, {len(others)} to {FLOOR:.0f} %;")
    print(f"the lowest of those is {lowest}, {others[lowest]:.0f} %")
    print(*low, sep="\n")
    return 1 if low else 0


def _own_tests(name: str) -> list[str]:
    """Contexts of a strict file: import time and its own tests; none for the other files."""
    _, package, *_ = name.split("/")
    if package not in STRICT:
        return []
    stem = re.escape(name.removeprefix("editor/").removesuffix(".py"))
    folder, _, module = stem.rpartition("/")
    return ["^$", rf"^tests/unit/{folder}/test_{module}(_\w+)?\.py$"]


def _share(measured: coverage.Coverage, path: Path, contexts: list[str]) -> tuple[float, str]:
    """Percent of a file's lines and branches that ran, and which did not."""
    told = io.StringIO()
    share = measured.report(
        morfs=[str(path)], contexts=contexts or None, show_missing=True, file=told
    )
    (line,) = [line for line in told.getvalue().splitlines() if path.name in line][:1] or [""]
    return share, line.partition("%")[2].strip()


if __name__ == "__main__":
    sys.exit(main())

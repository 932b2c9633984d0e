"""Stage: one process of the test run, what it printed and how many tests it passed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Counts:
    """Tests by their end; an error counts as failed, an expected failure as skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )


@dataclass(frozen=True)
class Stage:
    """What to run. longest: seconds until it counts as hanging. results: pytest's own record.

    environ: what this stage alone is told.
    """

    name: str
    command: tuple[str, ...]
    results: Path | None = None
    longest: float = 1200.0
    environ: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How a stage ended."""

    stage: Stage
    passed: bool
    seconds: float
    output: str
    counts: Counts = field(default_factory=Counts)


NO_TESTS = 5
# Pytest's exit code when nothing was collected.


def run(stage: Stage, root: Path, environ: Mapping[str, str]) -> Outcome:
    """Run one stage to its end, and end whatever it left running."""
    if stage.results is not None:
        stage.results.unlink(missing_ok=True)
    started = time.monotonic()
    process = subprocess.Popen(
        stage.command,
        cwd=root,
        env={**environ, **stage.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=stage.longest)
    except subprocess.TimeoutExpired:
        _end_group(process.pid)
        output = f"{process.communicate()[0]}\nstill running after {stage.longest:.0f} s\n"
    _end_group(process.pid)
    if process.returncode < 0:
        output += f"\nended by {signal.Signals(-process.returncode).name}\n"
    counts = _counts(stage.results)
    nothing = process.returncode == NO_TESTS and counts == Counts()
    passed = process.returncode == 0 or nothing
    if not passed and not counts.failed:
        counts += Counts(failed=1)
    return Outcome(stage, passed, time.monotonic() - started, output, counts)


def _counts(results: Path | None) -> Counts:
    """What pytest wrote down; nothing when it died before that."""
    if results is None or not results.exists():
        return Counts()
    total = Counts()
    for suite in ET.parse(results).iter("testsuite"):
        tests, failures, errors, skipped = (
            int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
        )
        bad = failures + errors
        total += Counts(tests - bad - skipped, bad, skipped)
    return total


def _end_group(leader: int) -> None:
    """End the stage's own process group; it was made for it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)

"""All speed reports in one run: `python -m tests.speed [--keep] [NAME...]`.

Every report runs in an interpreter of its own, so that what one has imported or cached does
not colour the next; figures are compared within one report only. Ratios are compared with
those of an earlier run, and what has become slower is told; --keep makes this run the earlier one.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.speed import ratios
from tests.speed.rows import Row, table

HERE = Path(__file__).parent
LONGEST = 300
# Seconds a report may take before it counts as hanging.

TOGETHER = 90
# Seconds for all of them; whose turn does not come by then is left out and told.

FIRST = ("start", "stroke", "join", "store")
# What is felt most: made before the others.

LAST = ("lag", "canvas", "vast")
# What takes minutes: made when it is named, or when there is time left.


def main(arguments: list[str]) -> int:
    """Print the reports named, or all of them; 1 when one that was named could not be made."""
    if arguments[:1] == ["--into"]:
        _write(Path(arguments[1]), arguments[2])
        return 0
    keep, names = "--keep" in arguments, [name for name in arguments if name != "--keep"]
    scripts = {path.stem for path in HERE.glob("*.py")}
    others = scripts - {"__main__", "rows", "ratios", *FIRST, *LAST}
    known = [*FIRST, *sorted(others), *LAST]
    until = time.monotonic() + (len(names) * LONGEST or TOGETHER)
    made = {name: _made(name, until) for name in names or known}
    failed = [name for name, rows in made.items() if rows is None]
    if failed:
        print(f"could not be made: {', '.join(failed)}")
    _compare({name: rows for name, rows in made.items() if rows is not None}, keep=keep)
    return 1 if failed and names else 0


def _compare(made: dict[str, list[Row]], *, keep: bool) -> None:
    """Tell what has become slower since what is kept; nothing fails by it."""
    earlier = ratios.read()
    warnings = [
        f"{name}: {line}"
        for name, rows in made.items()
        if name in earlier
        for line in ratios.slower(rows, earlier[name])
    ]
    print("\n" + "\n".join(warnings or ["no ratio is much worse than it was"]))
    if keep:
        for name, rows in made.items():
            now = ratios.measured(rows, date.today())
            if now.ratios:
                earlier[name] = ratios.joined(earlier.get(name), now)
        ratios.write(earlier)


def _made(name: str, until: float) -> list[Row] | None:
    """Make one report in a fresh interpreter and print it; None when that did not work.

    until: monotonic seconds at which its time is over.
    """
    started = time.monotonic()
    longest = min(LONGEST, until - started)
    if longest <= 0:
        return None
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "rows.json"
        command = [sys.executable, "-m", "tests.speed", "--into", str(into), name]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=longest, check=False
            )
        except subprocess.TimeoutExpired:
            print(f"\n{name}: still not done after {longest:.0f} s")
            return None
        if done.returncode or not into.exists():
            print(f"\n{name}: failed\n{done.stdout}{done.stderr}")
            return None
        rows = [Row(**row) for row in json.loads(into.read_text())]
    print(f"\n{name} ({time.monotonic() - started:.0f} s)\n{table(rows)}", flush=True)
    return rows


def _write(into: Path, name: str) -> None:
    rows: list[Row] = importlib.import_module(f"tests.speed.{name}").report()
    told = [dataclasses.asdict(row) for row in rows]
    into.write_text(json.dumps(told, default=lambda number: number.item()))  # of numpy


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

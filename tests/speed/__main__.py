"""All speed reports in one run: `python -m tests.speed [NAME...]`.

Every report runs in an interpreter of its own, so that what one has imported or cached does
not colour the next; figures are compared within one report only.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.speed.rows import Row, table

HERE = Path(__file__).parent
LONGEST = 300
# Seconds a report may take before it counts as hanging.

TOGETHER = 420
# Seconds for all of them; whose turn does not come by then is left out and told.


def main(arguments: list[str]) -> int:
    """Print the reports named, or all of them; 1 when one that was named could not be made."""
    if arguments[:1] == ["--into"]:
        _write(Path(arguments[1]), arguments[2])
        return 0
    scripts = sorted(path.stem for path in HERE.glob("*.py"))
    known = [name for name in scripts if name not in {"__main__", "rows"}]
    until = time.monotonic() + (len(arguments) * LONGEST or TOGETHER)
    failed = [name for name in arguments or known if not _print(name, until)]
    if failed:
        print(f"could not be made: {', '.join(failed)}")
    return 1 if failed and arguments else 0


def _print(name: str, until: float) -> bool:
    """Make one report in a fresh interpreter and print it; whether that worked.

    until: monotonic seconds at which its time is over.
    """
    started = time.monotonic()
    longest = min(LONGEST, until - started)
    if longest <= 0:
        return False
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "rows.json"
        command = [sys.executable, "-m", "tests.speed", "--into", str(into), name]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=longest, check=False
            )
        except subprocess.TimeoutExpired:
            print(f"\n{name}: still not done after {longest:.0f} s")
            return False
        if done.returncode or not into.exists():
            print(f"\n{name}: failed\n{done.stdout}{done.stderr}")
            return False
        rows = [Row(**row) for row in json.loads(into.read_text())]
    print(f"\n{name} ({time.monotonic() - started:.0f} s)\n{table(rows)}", flush=True)
    return True


def _write(into: Path, name: str) -> None:
    rows: list[Row] = importlib.import_module(f"tests.speed.{name}").report()
    told = [dataclasses.asdict(row) for row in rows]
    into.write_text(json.dumps(told, default=lambda number: number.item()))  # of numpy


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

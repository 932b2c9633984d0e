"""Ratios: what earlier runs measured beside their floor or peer, and what has become slower.

Milliseconds belong to one machine; a ratio to what ran beside it can be compared with another.
"""

from __future__ import annotations

import json
import os
import platform
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tests.speed.rows import Row

KEPT = Path(__file__).with_name("ratios.toml")
WORSE = 1.5
"""Factor to an earlier ratio from which it is worth a look; less is the day's chance."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What one report measured. ratios: by row."""

    machine: str
    day: str
    ratios: Mapping[str, float] = field(default_factory=dict)


def read(path: Path = KEPT) -> dict[str, Earlier]:
    """What is kept of each report, by its name; nothing where there is no file."""
    if not path.exists():
        return {}
    told = tomllib.loads(path.read_text("utf-8"))
    return {
        name: Earlier(report["machine"], report["date"], report["ratios"])
        for name, report in told.items()
    }


def write(kept: Mapping[str, Earlier], path: Path = KEPT) -> None:
    """Keep this instead of what was kept."""
    lines = [
        "# Written by `python -m tests.speed --keep`: ratios to a floor or peer of the same run."
    ]
    for name, earlier in sorted(kept.items()):
        lines += ["", f"[{name}]", f"machine = {json.dumps(earlier.machine)}"]
        lines += [f"date = {json.dumps(earlier.day)}", "", f"[{name}.ratios]"]
        lines += [f"{json.dumps(row)} = {ratio:.3g}" for row, ratio in earlier.ratios.items()]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def measured(rows: Iterable[Row], today: date) -> Earlier:
    """What is to be kept of a report that was made on this machine."""
    ratios = {row.what: row.ratio for row in rows if row.ratio}
    return Earlier(f"{os.cpu_count()} cores, {platform.machine()}", today.isoformat(), ratios)


def joined(before: Earlier | None, now: Earlier) -> Earlier:
    """The newer ratios; rows that could not be measured this time keep their earlier ones."""
    return replace(now, ratios={**before.ratios, **now.ratios}) if before else now


def slower(rows: Iterable[Row], earlier: Earlier) -> list[str]:
    """A warning for each row whose ratio is much worse than it was.

    The rows of a report tell their ratios one way: where a target wants more, more is better.
    """
    found, rows = [], list(rows)
    more_is_better = any(row.target.startswith(">") for row in rows)
    for row in rows:
        before = earlier.ratios.get(row.what)
        if not before or not row.ratio:
            continue
        worse = before / row.ratio if more_is_better else row.ratio / before
        if worse >= WORSE:
            found.append(
                f"WARNING: {row.what}: {row.ratio:.3g}x, was {before:.3g}x"
                f" on {earlier.day} ({earlier.machine})"
            )
    return found

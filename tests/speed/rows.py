"""Rows: one measured figure beside its floor or peer, and how a table of them is printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one run.

    what: what was measured. ours, floor_or_peer: figures with their unit, "1.9 ms"; the second
    names what it is, "bare Xlib client 0.11 ms". ratio: of the two, whichever way the target
    tells it, alike in all rows of a report; 0 when there is none. target: what is aimed at,
    "<= 4x". reached: None where the figure has no target. note: what was tried where it was not
    reached, or what the figure does not cover.
    """

    what: str
    ours: float | str
    floor_or_peer: float | str = ""
    ratio: float = 0.0
    target: str = ""
    reached: bool | None = None
    note: str = ""


HEAD = ("what", "ours", "floor or peer", "ratio", "target", "")


def table(rows: Iterable[Row]) -> str:
    """The rows as aligned columns; a note stands below its row."""
    cells = [(HEAD, "")] + [(_cells(row), row.note) for row in rows]
    widths = [max(len(line[column]) for line, _ in cells) for column in range(len(HEAD))]
    lines = []
    for line, note in cells:
        padded = (text.ljust(width) for text, width in zip(line, widths, strict=True))
        lines.append("  ".join(padded).rstrip())
        lines += [f"    {note}"] if note else []
    return "\n".join(lines)


def median_of(rounds: int, work: Callable[[], object]) -> float:
    """Seconds that work takes, the median of so many times."""
    spent = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return statistics.median(spent)


def _cells(row: Row) -> tuple[str, ...]:
    verdict = {True: "reached", False: "NOT reached", None: ""}[row.reached]
    ratio = f"{row.ratio:.2f}x" if row.ratio else ""
    return row.what, _figure(row.ours), _figure(row.floor_or_peer), ratio, row.target, verdict


def _figure(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.4g}"

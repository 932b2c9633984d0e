"""The report of a batch: what became of each picture, as JSON and as a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from editor.cli.batch_journal import Line, State
from editor.storage.atomic import write

COLUMNS = ("file", "state", "asset", "price", "protected_changed", "sentence")


def write_report(folder: Path, lines: Sequence[Line]) -> None:
    """Write report.json and report.csv into the folder of the results. Raises CannotWrite."""
    rows = [_row(line) for line in lines]
    states = {state.value: sum(line.state is state for line in lines) for state in State}
    told = {
        "files": rows,
        "count": len(rows),
        **{name: count for name, count in states.items() if count},
        "price": round(sum(line.price or 0.0 for line in lines), 6),
    }
    write(folder / "report.json", (json.dumps(told, indent=2) + "\n").encode())
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    # With its mark, so that spreadsheets read it as UTF-8.
    write(folder / "report.csv", table.getvalue().encode("utf-8-sig", "replace"))


def _row(line: Line) -> dict[str, object]:
    asset = line.asset if line.state is State.DONE else ""
    values = (line.file, line.state.value, asset, line.price, line.changed, line.sentence)
    return dict(zip(COLUMNS, values, strict=True))


def _harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    dangerous = isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}
    return f"'{value}" if dangerous else value

"""Store: when a stroke is durable, also beside a large picture; what opening a project costs."""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from editor.imaging.geometry import Size
from editor.mask.brush import Brush
from editor.mask.patch import Patch
from editor.mask.plane import MaskPlane
from editor.mask.stroke import Stroke
from editor.project.store import Store
from tests.fakes.project import add_picture
from tests.speed.rows import Row, table

SIZE = Size(9504, 6336)
"""60 megapixels."""

LARGE = 200_000_000
"""Bytes of a picture that is written while strokes are made."""

STROKES = 200
DURABLE = 50.0
"""Milliseconds after the pen lifts."""

LONGEST_CALL = 8.0
"""Milliseconds on the GUI thread."""


def report() -> list[Row]:
    """Measure on the disk of the temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FRISKET_HOME"] = str(Path(folder) / "home")
        floor = _bare_commit(Path(folder) / "bare.db")
        store = Store.create()
        add_picture(store, "a", b"a")
        store.flush()
        plane = MaskPlane(SIZE)
        quiet = _strokes(store, plane, STROKES)
        add_picture(store, "large", np.random.default_rng(0).bytes(LARGE))
        busy = _strokes(store, plane, STROKES // 4)
        store.flush()
        wide = [_wide(store, plane, diameter) for diameter in (2800.0, 1200.0)]
        store.close()
        opening = time.perf_counter()
        again = Store.open(store.path)
        opening = (time.perf_counter() - opening) * 1e3
        assert len(again.opened.project.slots) == 2
        again.close()
    return [
        _row("stroke durable, 60 MP", quiet, floor),
        _row("the same while 200 MB are written", busy, floor),
        _wide_row("7.6 MP of soft paint at once durable", wide[0]),
        _wide_row("1.6 MP of soft paint at once durable", wide[1]),
        _call_row(quiet + busy),
        Row("opening a project of 200 MB", f"{opening:.0f} ms", "", 0, "< 3 s", opening < 3000),
    ]


Times = list[tuple[float, float]]
"""Milliseconds: of the call, and until durable."""


def _row(what: str, times: Times, floor: float) -> Row:
    worst = sorted(durable for _, durable in times)
    p99 = worst[int(len(worst) * 0.99) - 1]
    median = statistics.median(worst)
    peer = f"one bare SQLite commit {floor:.2f} ms"
    ours = f"p50 {median:.1f}, p99 {p99:.1f}, max {worst[-1]:.1f} ms"
    return Row(what, ours, peer, median / floor, "< 50 ms", p99 < DURABLE)


def _call_row(times: Times) -> Row:
    worst = max(call for call, _ in times)
    ours = f"{worst:.2f} ms"
    return Row("telling of a stroke, worst", ours, "", 0, "< 8 ms", worst < LONGEST_CALL)


def _wide_row(what: str, durable: float) -> Row:
    return Row(what, f"{durable:.1f} ms", "", 0, "< 50 ms", durable < DURABLE)


def _strokes(store: Store, plane: MaskPlane, count: int) -> Times:
    chance = np.random.default_rng(1)
    times = []
    for _ in range(count):
        edit = plane.edit()
        stroke = Stroke(edit, Brush(64.0, 0.8))
        x, y = float(chance.integers(0, 5000)), float(chance.integers(0, 3000))
        for step in range(40):
            stroke.to(x + step * 20, y + step * 9)
        times.append(_told(store, plane, edit.commit()))
        time.sleep(0.002)
    return times


def _told(store: Store, plane: MaskPlane, patch: Patch) -> tuple[float, float]:
    start = time.perf_counter()
    ticket = store.stroke("a", patch, plane.current(patch))
    call = time.perf_counter()
    ticket.result()
    return (call - start) * 1e3, (time.perf_counter() - start) * 1e3


def _wide(store: Store, plane: MaskPlane, diameter: float) -> float:
    """Milliseconds until one dab of a wide soft brush is durable, median of 9."""
    found = []
    for turn in range(9):
        edit = plane.edit()
        Stroke(edit, Brush(diameter, 0.5, erase=bool(turn % 2))).to(5000, 3000)
        found.append(_told(store, plane, edit.commit())[1])
    return statistics.median(found)


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def _bare_commit(path: Path) -> float:
    """Milliseconds of the cheapest durable commit SQLite has, median of 100."""
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA synchronous=EXTRA")
    bare.execute("CREATE TABLE t (data BLOB)")
    found = [_timed(lambda: _insert(bare)) for _ in range(100)]
    bare.close()
    return statistics.median(found)


def _insert(bare: sqlite3.Connection) -> None:
    bare.execute("INSERT INTO t VALUES (zeroblob(10000))")


if __name__ == "__main__":
    print(table(report()))

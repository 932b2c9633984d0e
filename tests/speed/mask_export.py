"""Mask export: milliseconds for the exact RGBA file beside Pillow's default, and after a stroke."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from editor.imaging.geometry import Rect, Size
from editor.mask.brush import Brush
from editor.mask.exchange import Manner, MaskExporter, binary
from editor.mask.plane import MaskPlane
from editor.mask.stroke import Stroke
from tests.speed.rows import Row, table

SIZE = Size(3840, 2160)
ROUNDS = 5
FIRST, AGAIN = 25, 100
SHORT, LONG = 80, 200
# Rows that a stroke changes: a dab on a rim, a rim mended.


def report() -> list[Row]:
    """One area, hard and soft, and 400 scribbles; rounds alternate, medians."""
    return [
        *_rows("one area, hard", blob(), soft=False),
        *_rows("one area, soft", blob(), soft=True),
        *_rows("400 scribbles", scribbles(), soft=False),
    ]


def _rows(what: str, plane: MaskPlane, *, soft: bool) -> list[Row]:
    peer, first, again, short = [], [], [], []
    coverage = plane.pixels
    for number in range(ROUNDS):
        peer.append(milliseconds(lambda: pillow(coverage, soft)))
        exporter = MaskExporter(SIZE, Manner(soft))
        first.append(milliseconds(partial(exporter.to_png, coverage)))
        for times, rows in ((again, LONG), (short, SHORT)):
            exporter.changed(scribble(plane, number, rows))
            times.append(milliseconds(partial(exporter.to_png, coverage)))
    _check(exporter.to_png(coverage), coverage, soft)
    floor = statistics.median(peer)
    return [
        _row(f"mask file of 8.3 MP, {what}", first, floor, FIRST, "ISA-L, two threads"),
        _row(
            f"again after a stroke over {SHORT} rows, {what}", short, floor, AGAIN, "bands are kept"
        ),
        _row(
            f"again after a stroke over {LONG} rows, {what}",
            again,
            floor,
            AGAIN,
            "bands are kept; smaller ones cost the first file more than they save here",
        ),
    ]


def blob() -> MaskPlane:
    """A tenth of the picture, painted with a wide brush."""
    plane = MaskPlane(SIZE)
    edit = plane.edit()
    stroke = Stroke(edit, Brush(500, 0.6))
    for x, y in ((1600, 900), (2200, 950), (2100, 1300), (1700, 1200)):
        stroke.to(x, y)
    edit.commit()
    return plane


def scribbles() -> MaskPlane:
    plane = MaskPlane(SIZE)
    chance = np.random.default_rng(1)
    edit = plane.edit()
    for _ in range(400):
        stroke = Stroke(edit, Brush(float(chance.integers(6, 60)), 0.8))
        x, y = chance.uniform((0, 0), SIZE)
        for _ in range(6):
            stroke.to(float(x), float(y))
            x, y = x + chance.uniform(-60, 60), y + chance.uniform(-60, 60)
    edit.commit()
    return plane


def scribble(plane: MaskPlane, number: int, rows: int) -> Rect:
    """A stroke over so many rows; what it changed."""
    edit = plane.edit()
    stroke = Stroke(edit, Brush(40, 0.8))
    left = 1500.0 + 60 * number
    for step in range(12):
        stroke.to(left + 15 * (step % 3), 980 + step * (rows - 40) / 11)
    dirty = edit.dirty
    edit.commit()
    return dirty


def coded(coverage: NDArray[np.uint8], soft: bool) -> NDArray[np.uint8]:
    """The pixels of the mask file, as RGBA."""
    level = coverage if soft else binary(coverage)
    return np.dstack([level, level, level, ~level])


def pillow(coverage: NDArray[np.uint8], soft: bool) -> bytes:
    file = io.BytesIO()
    Image.fromarray(coded(coverage, soft)).save(file, "PNG")
    return file.getvalue()


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def _check(data: bytes, coverage: NDArray[np.uint8], soft: bool) -> None:
    """A fast file that is wrong would be no figure."""
    found = np.asarray(Image.open(io.BytesIO(data)))
    assert np.array_equal(found, coded(coverage, soft))


def _row(what: str, times: list[float], floor: float, target: int, note: str) -> Row:
    ours = statistics.median(times)
    return Row(
        what,
        f"{ours:.1f} ms",
        f"Pillow default {floor:.0f} ms",
        floor / ours,
        f">= {target}x",
        floor / ours >= target,
        note,
    )


if __name__ == "__main__":
    print(table(report()))

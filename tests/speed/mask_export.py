"""Mask export: the exact alpha PNG, first and again after a stroke, beside Pillow's default."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

from editor.imaging.geometry import Size
from editor.mask.brush import Brush
from editor.mask.exchange import MaskExporter, binary, to_png
from editor.mask.plane import Coverage, MaskPlane
from editor.mask.stroke import Stroke
from tests.speed.rows import Row, table

SIZE = Size(3840, 2160)
ROUNDS = 7


def report() -> list[Row]:
    """8.3 MP with scribbles all over and with one blob; rounds alternate, medians."""
    return [*_first("lines over the whole frame", _lines()), *_first("one blob", _blob()), _again()]


def _first(what: str, plane: MaskPlane) -> list[Row]:
    coverage = plane.snapshot()
    mine, theirs = _medians(lambda: to_png(coverage), lambda: _pillow(coverage))
    sizes = f"{len(to_png(coverage)) / 1e3:.0f} kB against {len(_pillow(coverage)) / 1e3:.0f} kB"
    return [
        Row(
            f"mask PNG of 8.3 MP, {what}",
            f"{mine * 1e3:.1f} ms",
            f"Pillow {theirs * 1e3:.0f} ms",
            theirs / mine,
            ">= 10x",
            theirs / mine >= 10,
            f"{sizes}; standard zlib, bands in two threads",
        )
    ]


def _again() -> Row:
    """After a short stroke only the bands under it are packed again."""
    plane = _lines()
    exporter = MaskExporter(SIZE)
    exporter.to_png(plane.pixels)

    def export() -> bytes:
        edit = plane.edit()
        stroke = Stroke(edit, Brush(40.0, 1.0))
        stroke.to(1800.0, 1000.0)
        exporter.changed(stroke.to(1900.0, 1040.0))
        edit.commit()
        return exporter.to_png(plane.pixels)

    coverage = plane.snapshot()
    mine, theirs = _medians(export, lambda: _pillow(coverage))
    return Row(
        "mask PNG again after a stroke",
        f"{mine * 1e3:.2f} ms",
        f"Pillow {theirs * 1e3:.0f} ms",
        theirs / mine,
        ">= 100x",
        theirs / mine >= 100,
        "the stroke and its undo included",
    )


def _medians(ours: Callable[[], bytes], theirs: Callable[[], bytes]) -> tuple[float, float]:
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for work, told in zip((ours, theirs), seconds, strict=True):
            began = time.perf_counter()
            work()
            told.append(time.perf_counter() - began)
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def _pillow(coverage: Coverage) -> bytes:
    pixels = np.zeros((*coverage.shape, 4), np.uint8)
    hard = binary(coverage)
    pixels[..., :3] = hard[..., None]
    pixels[..., 3] = 255 - hard
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def _lines() -> MaskPlane:
    plane, chance = MaskPlane(SIZE), np.random.default_rng(1)
    edit = plane.edit()
    for _ in range(40):
        stroke = Stroke(edit, Brush(float(chance.integers(8, 60)), 0.8))
        for x, y in chance.random((6, 2)) * SIZE:
            stroke.to(float(x), float(y))
    edit.commit()
    return plane


def _blob() -> MaskPlane:
    plane = MaskPlane(SIZE)
    edit = plane.edit()
    Stroke(edit, Brush(900.0, 0.8)).to(1900.0, 1000.0)
    edit.commit()
    return plane


if __name__ == "__main__":
    print(table(report()))

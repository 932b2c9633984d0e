"""Strokes: microseconds per mouse event beside libmypaint on the same path."""

from __future__ import annotations

import math
import statistics
import subprocess
import time
from collections.abc import Iterator

from editor.imaging.geometry import Size
from editor.mask.brush import Brush
from editor.mask.plane import MaskPlane
from editor.mask.stroke import Stroke
from tests.speed.programs.built import built
from tests.speed.rows import Row, table

SMALL, LARGE = Size(3840, 2160), Size(9248, 6920)
EVENTS, STEP = 200, 16
ROUNDS = 5
DIAMETERS = (8, 64, 256, 512, 1024, 2048)
HARDNESS = {"hard": 1.0, "soft": 0.5}


def report() -> list[Row]:
    """Alternating rounds: a stroke of ours, one of the peer's, one of ours on 64 megapixels."""
    peer = built("mypaint", "libmypaint")
    planes = MaskPlane(SMALL), MaskPlane(LARGE)
    rows = []
    for diameter in DIAMETERS:
        for name, hardness in HARDNESS.items():
            ours, theirs, large = [], [], []
            brush = Brush(diameter, hardness)
            for _ in range(ROUNDS):
                ours.append(stroke(planes[0], brush))
                if peer:
                    theirs.append(peer_stroke(str(peer), diameter, hardness))
                large.append(stroke(planes[1], brush))
            rows.append(_row(diameter, name, ours, theirs, large))
    return [*rows, _commit(planes[1])]


def path(size: Size) -> Iterator[tuple[float, float]]:
    """The way of the pointer: an ellipse in the middle, 16 px between events."""
    radius, angle = 475.0, 0.0
    for _ in range(EVENTS + 1):
        yield (
            size.width / 2 + 1.4 * radius * math.cos(angle) + 0.37,
            size.height / 2 + radius * math.sin(angle) + 0.21,
        )
        angle += STEP / (1.2 * radius)


def stroke(plane: MaskPlane, brush: Brush) -> float:
    """Microseconds for one event, undo included."""
    edit = plane.edit()
    painted = Stroke(edit, brush)
    (first, *way) = path(plane.size)
    painted.to(*first)
    start = time.perf_counter()
    for x, y in way:
        painted.to(x, y)
    spent = time.perf_counter() - start
    plane.swap(edit.commit())
    return spent / EVENTS * 1e6


def peer_stroke(program: str, diameter: float, hardness: float) -> float:
    arguments = [diameter, hardness, *SMALL, EVENTS, STEP]
    told = subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return statistics.median(map(float, told.stdout.split()))


def _row(
    diameter: int, name: str, ours: list[float], theirs: list[float], large: list[float]
) -> Row:
    here, there = statistics.median(ours), statistics.median(large)
    target = 10 if diameter >= 256 else 2 if diameter == 8 else 0
    ratio = statistics.median(theirs) / here if theirs else 0.0
    tried = (
        "; tried: dashes when narrow, kernels kept by phase, when wide only what no dab before has"
        " covered, to and fro, so that half of it is still in the cache, and narrower parts, which"
        " cost more in calls than they save; what is left is memory, because plane and kernel leave"
        " the cache"
    )
    beside = f"libmypaint {statistics.median(theirs):.0f} us" if theirs else "no libmypaint"
    return Row(
        f"stroke, D={diameter} {name}",
        f"{here:.1f} us an event",
        beside,
        ratio,
        f">= {target}x" if target else "",
        ratio >= target if target and theirs else None,
        f"{there:.1f} us on 64 megapixels{tried if theirs and ratio < target else ''}",
    )


def _commit(plane: MaskPlane) -> Row:
    """The longest that sealing takes: everything changed on 64 megapixels."""
    taken = []
    for value in (255, 0, 255, 0):
        edit = plane.edit()
        edit.region(edit.dirty.joined(edit.dirty._replace(right=9248, bottom=6920)))[:] = value
        start = time.perf_counter()
        edit.commit()
        taken.append(time.perf_counter() - start)
    return Row(
        "sealing a change of all of 64 megapixels",
        f"{statistics.median(taken) * 1e3:.0f} ms",
        target="<= 50 ms",
        reached=max(taken) <= 0.05,
        note=f"longest {max(taken) * 1e3:.0f} ms",
    )


if __name__ == "__main__":
    print(table(report()))

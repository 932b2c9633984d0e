"""Stroke: one move of the pen, painted and recorded for undo, beside libmypaint on the same way."""

from __future__ import annotations

import math
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from editor.imaging.geometry import Size
from editor.mask.brush import Brush
from editor.mask.plane import MaskPlane
from editor.mask.stroke import Stroke
from tests.speed.rows import Row, table

PEER = Path(__file__).resolve().parents[3] / "shared" / "bench" / "peer_mypaint.c"
SCREEN, LARGE = Size(3840, 2160), Size(9248, 6936)
MOVES, STEP, ROUNDS = 200, 16.0, 5
DIAMETERS = (8, 64, 256, 512, 1024)
HARD, SOFT = 1.0, 0.5


def report() -> list[Row]:
    """Mean microseconds of a move, 200 moves of 16 px; the peer and ours alternate."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        peer = _built(Path(folder))
        for diameter in DIAMETERS:
            for hardness in (HARD, SOFT):
                rows.append(_row(peer, diameter, hardness))
    rows.append(_size_row())
    return rows


def _row(peer: Path | None, diameter: int, hardness: float) -> Row:
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_painted(SCREEN, diameter, hardness))
        if peer is not None:
            theirs.append(_peer_painted(peer, diameter, hardness))
    kind = "hard" if hardness == HARD else "soft"
    mine = statistics.median(ours)
    what = f"stroke of {diameter} px, {kind}"
    if not theirs:
        return Row(what, f"{mine:.1f} us", note="libmypaint could not be built here")
    other = statistics.median(theirs)
    aim = 10.0 if diameter >= 256 else 2.0
    target = f">= {aim:.0f}x" if diameter >= 256 or diameter == 8 else ""
    return Row(
        what,
        f"{mine:.1f} us",
        f"libmypaint {other:.1f} us",
        other / mine,
        target,
        other / mine >= aim if target else None,
        "" if other / mine >= aim or not target else "a dab is one numpy call; see mask/stroke.py",
    )


def _size_row() -> Row:
    small = statistics.median(_painted(SCREEN, 64, HARD) for _ in range(ROUNDS))
    large = statistics.median(_painted(LARGE, 64, HARD) for _ in range(ROUNDS))
    return Row(
        "stroke of 64 px on 64 MP",
        f"{large:.1f} us",
        f"on 8.3 MP {small:.1f} us",
        large / small,
        "as on 8.3 MP",
        large / small < 1.25,
    )


def _painted(size: Size, diameter: int, hardness: float) -> float:
    """Mean microseconds of a move; the second stroke is measured, as the peer's is."""
    plane = MaskPlane(size)
    brush = Brush(diameter, hardness)
    seconds = 0.0
    for _ in range(2):
        edit = plane.edit()
        stroke = Stroke(edit, brush)
        way = _way()
        stroke.to(*way[0])
        began = time.perf_counter()
        for point in way[1:]:
            stroke.to(*point)
        seconds = time.perf_counter() - began
        edit.abandon()
    return seconds / MOVES * 1e6


def _way() -> list[tuple[float, float]]:
    """An ellipse around the middle, as the peer goes it."""
    reach, points, angle = SCREEN.height * 0.22, [], 0.0
    for _ in range(MOVES + 1):
        x = SCREEN.width // 2 + 1.4 * reach * math.cos(angle) + 0.37
        points.append((x, SCREEN.height // 2 + reach * math.sin(angle) + 0.21))
        angle += STEP / (1.2 * reach)
    return points


def _built(folder: Path) -> Path | None:
    """The peer, compiled; None where its source, the compiler or the library is missing."""
    if not PEER.exists():
        return None
    program = folder / "peer"
    try:
        flags = subprocess.run(
            ["pkg-config", "--cflags", "--libs", "libmypaint"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        command = ["gcc", "-O2", str(PEER), "-o", str(program), *flags, "-lm"]
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return program


def _peer_painted(program: Path, diameter: int, hardness: float) -> float:
    """Mean microseconds of a move, as the peer tells it in its fifth figure."""
    command = [str(program), str(diameter), str(hardness)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(told[4])


if __name__ == "__main__":
    print(table(report()))

"""Vast: a picture of 200 megapixels in the real window, in memory and worked from the disk."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.speed.canvas import HUGE, percentile
from tests.speed.intake import photograph
from tests.speed.rows import Row, table

ROOT = Path(__file__).resolve().parents[2]
TILES = 8
# The picture is one of 3 MP laid so many times across and down.

MOST = 8.0
# Bytes a pixel, of which a computer with too little memory cannot spare half.


def report() -> list[Row]:
    """On the screen of $DISPLAY."""
    if not os.environ.get("DISPLAY") or not Path("/proc/self/status").exists():
        return [Row("200 MP", "not measured", note="needs Linux and an X screen")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _draw(folder)
        usual, far = (_measured(way, folder) for way in ("memory", "disk"))
    area = HUGE.area
    held, before = far["held"] / area, usual["held"] / area
    panned, usually = percentile(far["pan"], 99), percentile(usual["pan"], 99)
    return [
        Row(
            "memory of 200 MP worked from the disk",
            f"{held:.2f} bytes a pixel",
            f"in memory {before:.2f}",
            held / before,
            f"< {MOST:.0f}",
            held < MOST,
            f"{far['held'] / 1e6:.0f} MB that nobody can take back, beside {far['files'] / 1e6:.0f}"
            " MB of the file, which the system may; over the same window with a small picture",
        ),
        Row(
            "200 MP JPEG from the disk, until it is seen",
            f"{far['open']:.1f} s",
            f"in memory {usual['open']:.1f} s",
            far["open"] / usual["open"],
        ),
        Row(
            "100 % of it, until all is sharp",
            f"{far['near'] * 1e3:.0f} ms",
            f"in memory {usual['near'] * 1e3:.0f} ms",
            note="with nothing of the file in memory; the first frame comes at once, from a copy",
        ),
        Row(
            "panning 200 MP from the disk at 100 %, p99",
            f"{panned:.1f} ms",
            f"in memory {usually:.1f} ms",
            panned / usually,
            note=f"median {statistics.median(far['pan']):.1f} ms beside"
            f" {statistics.median(usual['pan']):.1f} ms, over parts that were not read before",
        ),
    ]


def _draw(folder: Path) -> None:
    part = photograph(1, HUGE.width // TILES, HUGE.height // TILES)
    tile = cv2.imdecode(np.frombuffer(part, np.uint8), cv2.IMREAD_COLOR)
    assert cv2.imwrite(str(folder / "large.jpg"), np.tile(tile, (TILES, TILES, 1)))
    assert cv2.imwrite(str(folder / "small.jpg"), tile[:64, :64])


def _measured(way: str, folder: Path) -> dict[str, Any]:
    home = folder / way
    home.mkdir()
    program = [sys.executable, "-m", "tests.speed.programs.vast", way]
    done = subprocess.run(
        [*program, folder / "large.jpg", folder / "small.jpg", home],
        cwd=ROOT,
        env={**os.environ, "FRISKET_HOME": str(home), "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    print(table(report()))

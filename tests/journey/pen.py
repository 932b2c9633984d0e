"""Pen: a tablet for the program, heard by the driver that Qt brings, as it hears a real one."""

from __future__ import annotations

import os
import struct
import subprocess
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from tests.journey.person import Point

HERE = Path(__file__).resolve().parent
RANGE = 10_000
# Of each axis, as tablet.c tells it.

KEY, AXIS = 1, 3
ACROSS, DOWN, PRESSURE = 0, 1, 24
TIP, RUBBER, TOUCHING = 0x140, 0x141, 0x14A
# Source: linux/input-event-codes.h.

PACE = 0.008
# Seconds between two reports, as tablets have them.


class Pen:
    """A pen with an eraser end over a screen of this size. environ: what a program needs for it."""

    def __init__(self, folder: Path, screen: tuple[int, int]) -> None:
        pipe, answers = folder / "pen", folder / "tablet.so"
        command = ["gcc", "-shared", "-fPIC", str(HERE / "tablet.c"), "-o", str(answers), "-ldl"]
        subprocess.run(command, check=True)
        os.mkfifo(pipe)
        self._pipe = os.open(pipe, os.O_RDWR)
        self._screen = screen
        # Qt takes only what begins like a device.
        driver = f"evdevtablet:/dev/..{pipe}"
        self.environ = {"QT_QPA_GENERIC_PLUGINS": driver, "LD_PRELOAD": str(answers)}

    def stroke(self, *way: tuple[Point, float], rubber: bool = False) -> None:
        """Come near, draw through points of the screen with a pressure at each, and go away."""
        tool = RUBBER if rubber else TIP
        self._report(way[0][0], 0.0, tool)
        for (start, light), (end, firm) in pairwise(way):
            for step in range(21):
                share = step / 20
                x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
                self._report((x, y), light + (firm - light) * share, tool)
        self._report(way[-1][0], 0.0, tool)
        self._tell([(KEY, tool, 0)])

    def end(self) -> None:
        os.close(self._pipe)

    def _report(self, at: tuple[float, float], pressure: float, tool: int) -> None:
        """Where the pen is; it touches where it presses."""
        across, down = (round(RANGE * a / b) for a, b in zip(at, self._screen, strict=True))
        places = [(AXIS, ACROSS, across), (AXIS, DOWN, down)]
        presses = [(AXIS, PRESSURE, round(RANGE * pressure)), (KEY, TOUCHING, int(pressure > 0))]
        self._tell([(KEY, tool, 1), *places, *presses])
        time.sleep(PACE)

    def _tell(self, events: Sequence[tuple[int, int, int]]) -> None:
        os.write(self._pipe, b"".join(struct.pack("llHHi", 0, 0, *e) for e in [*events, (0, 0, 0)]))

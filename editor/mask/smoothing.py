"""Smoothing: a shaky hand's way made calm, the same however many events tell of it."""

from __future__ import annotations

import math
from typing import Literal

from editor.imaging.geometry import Point

Smoothing = Literal["off", "light", "strong"]

LENGTHS: dict[Smoothing, float] = {"off": 0.0, "light": 10.0, "strong": 40.0}
"""Logical pixels of the screen by which the brush trails behind a steady pen."""


class Trail:
    """Follows the pen like something drawn behind it on a rubber band.

    length: picture pixels by which it trails; 0 follows at once. On each straight piece of the
    pen's way the point moves towards the pen in proportion to how far it is off, which is solved
    exactly, so that pieces cut in two lead to the same place.
    """

    def __init__(self, length: float) -> None:
        self._length = length
        self._pen: Point | None = None
        self._at = Point(0.0, 0.0)

    def to(self, x: float, y: float) -> Point:
        """Where the brush is once the pen is here."""
        before, self._pen = self._pen, Point(x, y)
        if before is None or self._length <= 0:
            self._at = self._pen
            return self._at
        far = math.hypot(x - before.x, y - before.y)
        if far:
            self._at = Point(
                self._drawn(self._at.x, before.x, x, far),
                self._drawn(self._at.y, before.y, y, far),
            )
        return self._at

    def end(self) -> Point | None:
        """Where the brush goes as the pen lifts: all the way; None when it never came down."""
        return self._pen

    def _drawn(self, at: float, start: float, end: float, far: float) -> float:
        """One coordinate after the pen moved evenly over this distance.

        The solution of at' = (pen - at) / length along the way of the pen.
        """
        lag = self._length * (end - start) / far
        return end - lag + (at - start + lag) * math.exp(-far / self._length)

"""Sight: a picture whose colours tell positions, and what a screenshot says about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.journey.person import Person, Point, awaited

WIDTH, HEIGHT = 1024, 768

PLAIN = 128
"""Blue of the picture; the mask's tint changes it, no mask leaves it."""

SPOT = (472, 344, 552, 424)
"""Left, top, right, bottom of the black thing to take out."""

Area = tuple[int, int, int, int]
Pixels = NDArray[np.uint8]


def chart(path: Path, blue: int = PLAIN) -> Path:
    """Write a PNG that tells x by red and y by green."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    pixels = np.dstack([across // 4, down // 3, np.full_like(down, blue)]).astype(np.uint8)
    left, top, right, bottom = SPOT
    pixels[top:bottom, left:right] = 0
    Image.fromarray(pixels).save(path)
    return path


class Sight:
    """Looks at the screen."""

    def __init__(self, person: Person) -> None:
        self._person = person

    def at(self, point: Point) -> Pixels:
        """Red, green, blue around a point of the screen."""
        x, y = point
        part = np.asarray(self._person.screen())[y - 1 : y + 2, x - 1 : x + 2]
        return np.round(part.reshape(-1, 3).mean(axis=0)).astype(np.uint8)

    def under(self, point: Point) -> tuple[float, float]:
        """The position of the chart under a point that is not painted."""
        red, green, _ = self.at(point)
        return 4 * float(red) + 2, 3 * float(green) + 1.5

    def painted(self, point: Point) -> bool:
        """Whether the mask tints a point of the chart, the black spot left out."""
        return abs(int(self.at(point)[2]) - PLAIN) > 12

    def width(self, point: Point) -> int:
        """How many pixels around a point of the screen are painted in its row."""
        x, y = point
        row = np.asarray(self._person.screen())[y, x - 150 : x + 150, 2].astype(int)
        return int((abs(row - PLAIN) > 12).sum())

    def count(self, area: Area, colour: tuple[int, int, int], off: int = 24) -> int:
        """How many pixels of an area have this colour, or nearly."""
        part = np.asarray(self._person.screen().crop(area)).astype(int)
        return int((abs(part - colour).max(axis=2) < off).sum())

    def becomes(self, seen: Callable[[], bool]) -> None:
        """Wait until the screen shows something. Raises TimeoutError."""
        awaited(seen)

    def near(self, point: Point, place: tuple[float, float], off: float = 8.0) -> bool:
        """Whether a position of the chart is under a point, give or take so many pixels."""
        return max(abs(a - b) for a, b in zip(self.under(point), place, strict=True)) <= off

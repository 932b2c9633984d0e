"""Pyramid: smaller copies of a picture or mask for drawing it zoomed out, cheap to renew."""

from __future__ import annotations

import math
import mmap
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv, resample
from editor.imaging.geometry import Rect, Size

Pixels = NDArray[np.uint8]
Parts = Iterable[tuple[Rect, int | None]]

_SMALLEST = 64
# Halving stops when no side is longer: smaller pictures cost nothing to draw.


class Pyramid:
    """Level 0 is the picture itself; a pixel of level n is the mean of 2 x 2 of level n - 1.

    base: (rows, cols) or (rows, cols, 4) uint8, kept as it is and not copied; when its owner
    writes to it, updated() renews what lies above. Levels are built when first asked for and
    keep their memory, so that a QImage over one stays right. parts: rectangles that hold all of
    the base now, each with the one value of its samples, None where they differ. Sides are
    halved upwards: the last column or row of a level may stand for one of the level below.
    """

    def __init__(self, base: Pixels, parts: Callable[[], Parts] | None = None) -> None:
        self._levels = [base]
        self._parts = parts
        self._clear = base.ndim == 3 and not resample.opaque(base)
        self.top = max(0, math.ceil(math.log2(max(base.shape[:2]) / _SMALLEST)))

    def level_for(self, zoom: float) -> int:
        """The smallest level that still has a pixel for each of the screen.

        zoom: screen pixels for one of the picture.
        """
        return min(self.top, max(0, math.floor(-math.log2(zoom))))

    def level(self, number: int) -> Pixels:
        """A level of the picture, 0 to top; read it, do not write to it."""
        first = len(self._levels)
        if number >= first:
            while len(self._levels) <= number:
                below = self._levels[-1]
                shape = (*(-(-side // 2) for side in below.shape[:2]), *below.shape[2:])
                self._levels.append(_clear(shape) if self._parts else np.empty(shape, np.uint8))
            everything = Rect(0, 0, *self._levels[0].shape[1::-1])
            for rect, value in self._parts() if self._parts else [(everything, None)]:
                if value != 0:
                    self._renew(rect, value, first)
        return self._levels[number]

    def updated(self, rect: Rect, value: int | None = None) -> None:
        """Renew what stands for a rectangle of the base that has been written to.

        value: what all of its samples are, where that is known: then little has to be read.
        """
        self._renew(rect, value, 1)

    def _renew(self, rect: Rect, value: int | None, first: int) -> None:
        """Renew what stands for a rectangle of the base, from a level on."""
        for number in range(1, len(self._levels)):
            below, above = self._levels[number - 1], self._levels[number]
            value = value if _halves(rect, below) else None
            half = Rect(rect.left // 2, rect.top // 2, -(-rect.right // 2), -(-rect.bottom // 2))
            rect = half.clipped(Size(above.shape[1], above.shape[0]))
            if rect.empty:
                return
            if number < first:
                continue
            if value is None:
                self._halve(below, above, rect)
            else:
                above[rect.rows_cols] = value

    def _halve(self, below: Pixels, above: Pixels, rect: Rect) -> None:
        """Fill a rectangle of the level above; single rows and columns at the end stand alone."""
        rows, cols = below.shape[:2]
        full = Rect(rect.left, rect.top, min(rect.right, cols // 2), min(rect.bottom, rows // 2))
        self._mean(below, above, full, Size(2, 2))
        if rect.right > full.right:
            self._mean(below, above, Rect(cols // 2, rect.top, rect.right, full.bottom), Size(1, 2))
        if rect.bottom > full.bottom:
            self._mean(
                below, above, Rect(rect.left, rows // 2, full.right, rect.bottom), Size(2, 1)
            )
        if rect.right > full.right and rect.bottom > full.bottom:
            above[-1, -1] = below[-1, -1]

    def _mean(self, below: Pixels, above: Pixels, rect: Rect, each: Size) -> None:
        """Means of blocks of this size, which lie at twice the rectangle's place."""
        if rect.empty:
            return
        left, top = 2 * rect.left, 2 * rect.top
        width, height = rect.size
        source = below[top : top + height * each.height, left : left + width * each.width]
        target = above[rect.rows_cols]
        if self._clear:
            target[...] = resample.scaled(source, rect.size)
        else:
            cv.resize_into(source, target, "area")


def _clear(shape: tuple[int, ...]) -> Pixels:
    """Zeros that cost nothing where they stay zeros, and most of a mask does.

    Those of numpy lie in pages of megabytes, for which the system may have to make room in the
    middle of a stroke, for milliseconds; these are kilobytes.
    """
    memory = mmap.mmap(-1, math.prod(shape), access=mmap.ACCESS_COPY)
    return np.frombuffer(memory, np.uint8).reshape(shape)


def _halves(rect: Rect, level: Pixels) -> bool:
    """Whether no pixel of the level above stands for pixels both in and out of a rectangle."""
    rows, cols = level.shape[:2]
    begins = not rect.left % 2 and not rect.top % 2
    across = not rect.right % 2 or rect.right == cols
    return begins and across and (not rect.bottom % 2 or rect.bottom == rows)

"""Stroke: dabs set evenly along the way of the pen, whatever events tell of it."""

from __future__ import annotations

import math

import numpy as np

from editor.imaging.geometry import NOWHERE, Point, Rect
from editor.mask.brush import PRESSES, Brush, Nib
from editor.mask.patch import Coverage
from editor.mask.plane import MaskEdit


class Stroke:
    """Paints into an open edit; coverage only grows, or only falls when erasing."""

    def __init__(self, edit: MaskEdit, brush: Brush) -> None:
        self._edit = edit
        self._brush = brush
        self._blend = np.minimum if brush.erase else np.maximum
        self._at: Point | None = None
        self._level = PRESSES

    def to(self, x: float, y: float, pressure: float = 1.0) -> Rect:
        """Move to a position in picture pixels; the last dab lies right under it.

        pressure: 0.0 to 1.0. Returns the rectangle that changed, on the plane.
        """
        level = max(1, min(PRESSES, round(pressure * PRESSES)))
        start = self._at or Point(x, y)
        steps = max(1, abs(level - self._level)) if self._at else 1
        before = self._level
        dirty = NOWHERE
        for step in range(1, steps + 1):
            end = Point(
                start.x + (x - start.x) * step / steps, start.y + (y - start.y) * step / steps
            )
            nib = self._brush.pressed(before + (level - before) * step // steps)
            dirty = dirty.joined(self._sweep(self._at or end, end, nib))
            self._at = end
        self._level = level
        return dirty

    def _sweep(self, start: Point, end: Point, nib: Nib) -> Rect:
        """Dabs from start, exclusive, to end, inclusive."""
        (ax, ay), (bx, by) = start, end
        reach = nib.reach
        span = Rect(
            math.floor(min(ax, bx)) - reach,
            math.floor(min(ay, by)) - reach,
            math.floor(max(ax, bx)) + reach + 1,
            math.floor(max(ay, by)) + reach + 1,
        )
        seen = span.clipped(self._edit.size)
        if seen.empty:
            return NOWHERE
        count = int(math.hypot(bx - ax, by - ay) / nib.spacing) + 1
        centres = [
            (ax + (bx - ax) * at / count, ay + (by - ay) * at / count) for at in range(1, count + 1)
        ]
        pixels = self._edit.region(seen)
        if seen == span:
            self._press(pixels, centres, span, nib)
        else:
            self._press_cut(pixels, centres, seen, nib)
        return seen

    def _press(
        self, pixels: Coverage, centres: list[tuple[float, float]], span: Rect, nib: Nib
    ) -> None:
        """Dabs that lie on the plane as a whole."""
        kernels = nib.erasers if self._brush.erase else nib.kernels
        blend, phases, side = self._blend, nib.phases, 2 * nib.reach + 1
        left, top = span.left + nib.reach, span.top + nib.reach
        for x, y in centres:
            col, row = math.floor(x), math.floor(y)
            kernel = kernels[int((y - row) * phases) * phases + int((x - col) * phases)]
            row -= top
            col -= left
            dab = pixels[row : row + side, col : col + side]
            blend(dab, kernel, dab)

    def _press_cut(
        self, pixels: Coverage, centres: list[tuple[float, float]], seen: Rect, nib: Nib
    ) -> None:
        """Dabs of which parts may lie outside the plane."""
        kernels = nib.erasers if self._brush.erase else nib.kernels
        blend, phases, reach = self._blend, nib.phases, nib.reach
        for x, y in centres:
            col, row = math.floor(x), math.floor(y)
            kernel = kernels[int((y - row) * phases) * phases + int((x - col) * phases)]
            left, top = col - reach, row - reach
            part = Rect(
                max(left, seen.left),
                max(top, seen.top),
                min(col + reach + 1, seen.right),
                min(row + reach + 1, seen.bottom),
            )
            if not part.empty:
                dab = pixels[_moved(part, seen.left, seen.top).rows_cols]
                blend(dab, kernel[_moved(part, left, top).rows_cols], dab)


def _moved(rect: Rect, left: int, top: int) -> Rect:
    """The rectangle as seen from another origin."""
    return Rect(rect.left - left, rect.top - top, rect.right - left, rect.bottom - top)

"""Stroke: dabs set evenly along the way of the pen, however many events tell of it."""

from __future__ import annotations

import math

from editor.imaging import areas
from editor.imaging.geometry import NOWHERE, Point, Rect
from editor.mask.brush import ANGLES, DASH, PRESSES, Brush, Nib, Stamp
from editor.mask.patch import Coverage
from editor.mask.plane import MaskEdit
from editor.mask.wake import Wake

Way = list[tuple[float, float]]
"""Centres x, y of dabs, in picture pixels."""


class Stroke:
    """Paints into an open edit; coverage only grows, or only falls when erasing."""

    def __init__(self, edit: MaskEdit, brush: Brush) -> None:
        self._edit = edit
        self._brush = brush
        self._blend = areas.at_most if brush.erase else areas.at_least
        self._at: Point | None = None
        self._level = PRESSES
        self._wake: Wake | None = None

    def to(self, x: float, y: float, pressure: float = 1.0) -> Rect:
        """Move to a position in picture pixels; the last dab lies right under it.

        pressure: 0.0 to 1.0. Returns the rectangle that changed, on the plane.
        """
        start, end = self._at, Point(x, y)
        self._at = end
        level = PRESSES if pressure >= 1 else max(1, round(pressure * PRESSES))
        if start is None or level == self._level:
            self._level = level
            return self._sweep(start or end, end, self._brush.pressed(level))
        return self._swell(start, end, level)

    def _swell(self, start: Point, end: Point, level: int) -> Rect:
        """Move while the pressure changes, one step of it after the other."""
        before, self._level = self._level, level
        steps = abs(level - before)
        dirty = NOWHERE
        here = start
        for step in range(1, steps + 1):
            share = step / steps
            there = Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
            nib = self._brush.pressed(before + (level - before) * step // steps)
            dirty = dirty.joined(self._sweep(here, there, nib))
            here = there
        return dirty

    def _sweep(self, start: Point, end: Point, nib: Nib) -> Rect:
        """Paint from start, exclusive, to end, inclusive."""
        ax, ay = start
        dx, dy = end.x - ax, end.y - ay
        far = math.hypot(dx, dy)
        if nib.dashes and far >= DASH:
            stamp = nib.dashes[round(math.atan2(dy, dx) * ANGLES / math.pi) % ANGLES]
            first = DASH / 2 / far
            count = math.ceil(far / DASH)
            step = (1 - 2 * first) / max(1, count - 1)
        else:
            stamp = nib.dab
            count = int(far / nib.spacing) + 1
            first = step = 1 / count
        x, y, across, down = ax + dx * first, ay + dy * first, dx * step, dy * step
        centres = [(x + at * across, y + at * down) for at in range(count)]
        return self._press(centres, stamp, nib)

    def _press(self, centres: Way, stamp: Stamp, nib: Nib) -> Rect:
        """Stamp along a straight line of centres."""
        reach = stamp.reach
        (ax, ay), (bx, by) = centres[0], centres[-1]
        left = math.floor(ax if ax < bx else bx) - reach
        top = math.floor(ay if ay < by else by) - reach
        right = math.floor(bx if ax < bx else ax) + reach + 1
        bottom = math.floor(by if ay < by else ay) + reach + 1
        seen, press = Rect(left, top, right, bottom), self._press_whole
        width, height = self._edit.size
        if left < 0 or top < 0 or right > width or bottom > height:
            seen, press = seen.clipped(self._edit.size), self._press_parts
            if seen.empty:
                return NOWHERE
        pixels = self._edit.region(seen)
        if nib.bands:
            self._press_ahead(pixels, centres, seen, nib)
        else:
            press(pixels, centres, seen, stamp)
        return seen

    def _press_whole(self, pixels: Coverage, centres: Way, seen: Rect, stamp: Stamp) -> None:
        """Dabs that lie on the plane as a whole."""
        blend, kernels, phases, side = self._blend, stamp.kernels, stamp.phases, 2 * stamp.reach + 1
        left, top = seen.left + stamp.reach, seen.top + stamp.reach
        for x, y in centres:
            col, row = int(x), int(y)
            kernel = kernels[int((y - row) * phases) * phases + int((x - col) * phases)]
            row -= top
            col -= left
            blend(pixels[row : row + side, col : col + side], kernel)

    def _press_parts(self, pixels: Coverage, centres: Way, seen: Rect, stamp: Stamp) -> None:
        """Dabs of which parts may lie outside the plane."""
        reach, (rows, cols) = stamp.reach, pixels.shape
        for x, y in centres:
            kernel, col, row = _phase(stamp, x, y)
            left, top = col - reach - seen.left, row - reach - seen.top
            right, bottom = left + 2 * reach + 1, top + 2 * reach + 1
            if left < cols and top < rows and right > 0 and bottom > 0:
                cut = kernel[max(-top, 0) : rows - top, max(-left, 0) : cols - left]
                self._blend(pixels[max(top, 0) : bottom, max(left, 0) : right], cut)

    def _press_ahead(self, pixels: Coverage, centres: Way, seen: Rect, nib: Nib) -> None:
        """Wide dabs, each only where it can change anything."""
        blend, kernel, reach = self._blend, nib.dab.kernels[0], nib.dab.reach
        if self._wake is None or self._wake.nib is not nib:
            self._wake = Wake(nib)
        for x, y in centres:
            col, row = math.floor(x), math.floor(y)
            parts = self._wake.ahead(col, row, seen)
            col -= seen.left
            row -= seen.top
            for left, top, right, bottom in parts:
                blend(
                    pixels[row + top : row + bottom, col + left : col + right],
                    kernel[reach + top : reach + bottom, reach + left : reach + right],
                )


def _phase(stamp: Stamp, x: float, y: float) -> tuple[Coverage, int, int]:
    """The kernel for a position, and the pixel its middle goes to."""
    # Whole numbers first: just below a pixel's border, y - floor(y) may round up to 1.
    col, across = divmod(math.floor(x * stamp.phases), stamp.phases)
    row, down = divmod(math.floor(y * stamp.phases), stamp.phases)
    return stamp.kernels[down * stamp.phases + across], col, row

"""Wake: where the wide dabs of a stroke went, and so what the next one can still change."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from editor.imaging.geometry import Rect
from editor.mask.brush import Nib, Part

APART = 0.75
"""Reaches between the dabs that are remembered, and to what lies ahead of a dab."""

MARKS = 6
"""Dabs that are remembered beside the last one: those of a few strokes to and fro."""

Side = tuple[int, int, int]
"""a, b, c: the pixels x, y, counted from the middle of a dab, with a x + b y > c."""


class Wake:
    """The dabs of one wide nib, all of them on whole pixels.

    Coverage falls with the distance from the centre. So a dab changes nothing that is nearer to
    one before it, and nothing where the last one was solid: half a ring is left of it on a way
    straight on, and less where the way turns or comes back.
    """

    def __init__(self, nib: Nib) -> None:
        self.nib = nib
        self._last: tuple[int, int] | None = None
        self._marks: deque[tuple[int, int]] = deque(maxlen=MARKS)
        self._upward = False

    def ahead(self, col: int, row: int, room: Rect) -> Iterable[Part]:
        """What a dab on this pixel can change within a rectangle of the plane, in parts.

        Every other dab goes upward: what the last one ended with is still in the processor's
        cache.
        """
        self._upward = not self._upward
        bands = self.nib.bands[::-1] if self._upward else self.nib.bands
        seen = room.left - col, room.top - row, room.right - col, room.bottom - row
        last, self._last = self._last, (col, row)
        if last is None:
            self._marks.append((col, row))
            return _cut(bands, seen, ())
        dx, dy = col - last[0], row - last[1]
        sides = _nearer(dx, dy), self._nearer_than_a_mark(col, row, dx, dy)
        if math.dist(self._marks[-1], (col, row)) > APART * self.nib.dab.reach:
            self._marks.append((col, row))
        return _beside(self.nib.core, dx, dy, _cut(bands, seen, sides))

    def _nearer_than_a_mark(self, col: int, row: int, dx: int, dy: int) -> Side:
        """What is nearer than to the dab set nearest to what lies ahead, which takes most of it."""
        share = APART * self.nib.dab.reach / (math.hypot(dx, dy) or 1)
        x, y = col + share * dx, row + share * dy
        left, top = min(self._marks, key=partial(math.dist, (x, y)))
        return _nearer(col - left, row - top)


def _nearer(dx: int, dy: int) -> Side:
    """The pixels nearer to a dab than to one that was set (dx, dy) before."""
    return 2 * dx, 2 * dy, -dx * dx - dy * dy


def _cut(bands: Iterable[Part], seen: Part, sides: Sequence[Side]) -> Iterator[Part]:
    """Of each band what lies within what is seen and may lie on all the sides."""
    first, upper, last, lower = seen
    for left, top, right, bottom in bands:
        # A comparison takes a third of the time of min() or max().
        left = left if left > first else first
        top = top if top > upper else upper
        right = right if right < last else last
        bottom = bottom if bottom < lower else lower
        for a, b, c in sides:
            near = c - b * (top if b < 0 else bottom - 1)
            if a > 0:
                edge = near // a + 1
                left = left if left > edge else edge
            elif a < 0:
                edge = -(-near // a)
                right = right if right < edge else edge
            elif near >= 0:
                right = left
        if left < right and top < bottom:
            yield left, top, right, bottom


def _beside(core: int, dx: int, dy: int, parts: Iterable[Part]) -> Iterator[Part]:
    """What lies left and right of the core of the dab that was set (dx, dy) before."""
    for left, top, right, bottom in parts:
        below, above = bottom - 1 + dy, -top - dy
        deepest = below if below > above else above
        if deepest <= core:
            solid = math.isqrt(core * core - deepest * deepest)
            behind, before = -solid - dx, solid - dx + 1
            if left < behind:
                yield left, top, (behind if behind < right else right), bottom
            left = before if before > left else left
        if left < right:
            yield left, top, right, bottom

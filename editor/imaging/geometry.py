"""Integer geometry shared by every layer: points, sizes and half-open rectangles in pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Point(NamedTuple):
    """A position in picture pixels; (0.0, 0.0) is the top left corner of the first pixel."""

    x: float
    y: float


class Size(NamedTuple):
    """Width and height of a pixel grid."""

    width: int
    height: int

    @property
    def area(self) -> int:
        return self.width * self.height


class Rect(NamedTuple):
    """Half-open pixel rectangle: covers x in [left, right) and y in [top, bottom)."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> Size:
        return Size(self.right - self.left, self.bottom - self.top)

    @property
    def empty(self) -> bool:
        return self.right <= self.left or self.bottom <= self.top

    @property
    def rows_cols(self) -> tuple[slice, slice]:
        """Index of this rectangle in an array of shape (rows, cols)."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def clipped(self, size: Size) -> Rect:
        """The part of the rectangle that lies on a grid of this size."""
        return Rect(
            max(self.left, 0),
            max(self.top, 0),
            min(self.right, size.width),
            min(self.bottom, size.height),
        )

    def joined(self, other: Rect) -> Rect:
        """Smallest rectangle that covers both; an empty one adds nothing."""
        if self.empty:
            return other
        if other.empty:
            return self
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def common(self, other: Rect) -> Rect:
        """The part that both cover; empty when there is none."""
        return Rect(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def seen_from(self, other: Rect) -> Rect:
        """The rectangle as it lies in one whose top left corner is the origin."""
        return Rect(
            self.left - other.left,
            self.top - other.top,
            self.right - other.left,
            self.bottom - other.top,
        )

    def grown(self, by: int) -> Rect:
        """The rectangle with every side moved outward."""
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlaps(self, other: Rect) -> bool:
        """Whether the two share at least one pixel."""
        return max(self.left, other.left) < min(self.right, other.right) and max(
            self.top, other.top
        ) < min(self.bottom, other.bottom)


NOWHERE = Rect(0, 0, 0, 0)


def whole(size: Size) -> Rect:
    """The rectangle that covers a grid of this size."""
    return Rect(0, 0, size.width, size.height)


def tiles_over(rect: Rect, side: int) -> Iterator[Rect]:
    """Every grid tile of the given side that the rectangle touches."""
    if rect.empty:
        return
    for top in range(rect.top // side * side, rect.bottom, side):
        for left in range(rect.left // side * side, rect.right, side):
            yield Rect(left, top, left + side, top + side)

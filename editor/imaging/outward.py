"""Outward: the frame of a larger canvas, pulled by its sides around the picture that it holds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from editor.imaging.geometry import Rect, Size

RATIOS = {
    "1:1": (1, 1),
    "4:3": (4, 3),
    "3:2": (3, 2),
    "16:9": (16, 9),
    "3:4": (3, 4),
    "2:3": (2, 3),
    "9:16": (9, 16),
}
"""Shapes that are worth a stop: those of cameras, prints and screens, across and upright."""

HALVINGS = 24
"""Steps by which the largest allowed part of a pull is found; a side has fewer than 2 ** 24."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a frame may be.

    picture: lies whole inside every frame, its corner at 0, 0. reach: pixels at most beyond each
    of its sides. area: pixels at most of the frame.
    """

    picture: Size
    reach: int
    area: int

    def holds(self, frame: Rect) -> bool:
        """Whether a frame is allowed."""
        return self.nearest(frame) == frame and frame.size.area <= self.area

    def limit(self, frame: Rect) -> Literal["", "reach", "area"]:
        """What keeps a frame from being any larger, or is passed already; "" for nothing."""
        if frame.size.area + max(frame.size) > self.area:
            return "area"
        width, height = self.picture
        beyond = (-frame.left, -frame.top, frame.right - width, frame.bottom - height)
        return "reach" if max(beyond) >= self.reach else ""

    def nearest(self, frame: Rect) -> Rect:
        """The frame with each side where it may be, whatever its area."""
        width, height = self.picture
        return Rect(
            min(max(frame.left, -self.reach), 0),
            min(max(frame.top, -self.reach), 0),
            min(max(frame.right, width), width + self.reach),
            min(max(frame.bottom, height), height + self.reach),
        )


@dataclass(frozen=True, slots=True)
class Hold:
    """How a frame is pulled.

    across, down: the side that is held, -1 left or top, 1 right or bottom, 0 neither. both: the
    opposite side goes the other way. shaped: the frame keeps its shape.
    """

    across: int
    down: int
    both: bool = False
    shaped: bool = False


def pulled(frame: Rect, hold: Hold, by: tuple[int, int], bounds: Bounds) -> Rect:
    """An allowed frame with the held sides so many pixels further, or as far as they may go."""
    if hold.shaped:
        return _scaled(frame, hold, by, bounds)
    left, right = _moved(frame.left, frame.right, hold.across, by[0], both=hold.both)
    top, bottom = _moved(frame.top, frame.bottom, hold.down, by[1], both=hold.both)
    return _within(frame, bounds.nearest(Rect(left, top, right, bottom)), bounds)


def stopped(frame: Rect, hold: Hold, bounds: Bounds, near: float) -> Rect:
    """The frame with one of RATIOS, where its held side is at most `near` pixels from that.

    A corner moves across. A frame that is kept in shape stays as it is.
    """
    width, height = frame.size
    best, least = frame, near
    for wide, high in () if hold.shaped else RATIOS.values():
        if hold.across:
            by = round(height * wide / high) - width
            left, right = _grown(frame.left, frame.right, hold.across, by, both=hold.both)
            found = Rect(left, frame.top, right, frame.bottom)
        else:
            by = round(width * high / wide) - height
            top, bottom = _grown(frame.top, frame.bottom, hold.down, by, both=hold.both)
            found = Rect(frame.left, top, frame.right, bottom)
        if abs(by) <= least and bounds.holds(found):
            best, least = found, abs(by)
    return best


def shape_of(size: Size) -> str:
    """The name of the ratio that a size has, to the pixel; "" for none of RATIOS."""
    for name, (wide, high) in RATIOS.items():
        if size.width == round(size.height * wide / high):
            return name
        if size.height == round(size.width * high / wide):
            return name
    return ""


def _moved(low: int, high: int, side: int, by: int, *, both: bool) -> tuple[int, int]:
    """The two ends of a length, one of them or both moved; both stay apart."""
    if not side:
        return low, high
    if side < 0:
        return low + by, high - by if both else high
    return low - by if both else low, high + by


def _grown(low: int, high: int, side: int, by: int, *, both: bool) -> tuple[int, int]:
    """The two ends of a length that is to be so much longer at one side, or at both."""
    if both:
        return low - by // 2, high + by - by // 2
    return (low - by, high) if side < 0 else (low, high + by)


def _within(start: Rect, end: Rect, bounds: Bounds) -> Rect:
    """The frame farthest on the way between two whose area is allowed; the first one's is."""
    if end.size.area <= bounds.area:
        return end
    least, most, best = 0.0, 1.0, start
    for _ in range(HALVINGS):
        part = (least + most) / 2
        frame = Rect(*(round(a + (b - a) * part) for a, b in zip(start, end, strict=True)))
        if frame.size.area <= bounds.area:
            least, best = part, frame
        else:
            most = part
    return best


def _scaled(frame: Rect, hold: Hold, by: tuple[int, int], bounds: Bounds) -> Rect:
    """The frame larger or smaller about what is not held: a corner, the middle of a side."""
    width, height = frame.size
    twice = 2 if hold.both else 1
    wanted = [
        1 + twice * side * way / length
        for side, way, length in zip((hold.across, hold.down), by, (width, height), strict=True)
        if side
    ]
    stay = [0.5 if hold.both or not side else (1 - side) / 2 for side in (hold.across, hold.down)]
    least, most = 0.0, math.sqrt(bounds.area / (width * height))
    for start, length, still, whole in zip(
        frame[:2], (width, height), stay, bounds.picture, strict=True
    ):
        middle = start + still * length
        for part, distance in ((still * length, middle), ((1 - still) * length, whole - middle)):
            if part:
                least = max(least, distance / part)
                most = min(most, (distance + bounds.reach) / part)
    scale = min(max(*wanted, least), most)
    ends = [
        (start + still * length * (1 - scale), start + length * (still + (1 - still) * scale))
        for start, length, still in zip(frame[:2], (width, height), stay, strict=True)
    ]
    (left, right), (top, bottom) = ends
    end = Rect(round(left), round(top), round(right), round(bottom))
    return _within(frame, bounds.nearest(end), bounds)

"""Course: from the way of the hand to the way of the brush, calmed and kept to an axis. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from editor.imaging.geometry import Point
from editor.mask.feel import Feel
from editor.mask.smoothing import LENGTHS, Smoothing, Trail

STILL = 4.0
"""Logical pixels after which the axis is chosen that the hand moves along."""


@dataclass(frozen=True, slots=True)
class Steadiness:
    """How a stroke follows the hand: how calm it is, and how hard a pen has to be pressed."""

    smoothing: Smoothing = "off"
    feel: Feel = "even"


class Course:
    """Leads one stroke.

    zoom: logical pixels per picture pixel. held: the key that locks an axis was down already as
    the stroke began, so that it means nothing until it was let go.
    """

    def __init__(self, start: Point, smoothing: Smoothing, zoom: float, *, held: bool) -> None:
        self._trail = Trail(LENGTHS[smoothing] / zoom)
        self._still = STILL / zoom
        self._held = held
        self._hand = start
        self._locked: Point | None = None
        self._across: bool | None = None
        self._at = self._trail.to(*start)

    def to(self, hand: Point, *, lock: bool) -> Point:
        """Where the brush is once the hand is here. lock: keep to one axis from now on."""
        self._held = self._held and lock
        if not lock or self._held:
            self._locked = self._across = None
        elif self._locked is None:
            self._locked = self._hand
        self._hand = hand
        self._at = self._trail.to(*self._on_axis(hand))
        return self._at

    def end(self) -> Point | None:
        """Where the brush still has to go as the hand is lifted; None when it is there."""
        last = self._trail.end()
        return None if last == self._at else last

    def _on_axis(self, hand: Point) -> Point:
        start = self._locked
        if start is None:
            return hand
        dx, dy = hand.x - start.x, hand.y - start.y
        if self._across is None:
            if math.hypot(dx, dy) < self._still:
                return start
            self._across = abs(dx) >= abs(dy)
        return Point(hand.x, start.y) if self._across else Point(start.x, hand.y)

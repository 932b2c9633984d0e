"""Fingers: one paints or does what the tool does, two zoom and pan; a pinch on a touchpad zooms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QNativeGestureEvent, QTouchEvent

from editor.ui.canvas.gestures import Surface
from editor.ui.canvas.touch import Touch

SLACK = 24.0
"""Logical pixels that the first finger may have moved for a second one to make a pinch of it;
one that has gone farther is painting."""

LEAST = 8.0
"""Logical pixels; two fingers closer than this tell no zoom."""


class Handled(Surface, Protocol):
    """What fingers ask of the canvas they lie on, beside what gestures do."""

    def mapFromGlobal(self, place: QPointF, /) -> QPointF: ...
    def press(self, touch: Touch) -> None:
        """Do what the left button would."""

    def move_to(self, touch: Touch) -> None: ...
    def release(self, touch: Touch) -> None: ...


class Fingers:
    """Knows how many fingers lie on the canvas and what they have begun."""

    def __init__(self, canvas: Handled) -> None:
        self._canvas = canvas
        self._start: QPointF | None = None
        self._last = QPointF()
        self._pinch: tuple[QPointF, float] | None = None
        self._pinched = False

    def touch(self, event: QTouchEvent) -> None:
        """Fingers came, moved or went."""
        places = [
            self._canvas.mapFromGlobal(point.globalPosition())
            for point in event.points()
            if point.state() is not QEventPoint.State.Released
        ]
        if event.type() is QEvent.Type.TouchCancel:
            self._end(event, taken=False)
        elif not places:
            self._end(event, taken=True)
        elif len(places) > 1:
            self._two(places, event)
        elif not self._pinched:
            self._one(places[0], event)

    def gesture(self, event: QNativeGestureEvent) -> bool:
        """A touchpad was pinched or swiped; False for what means nothing here."""
        viewport, at = self._canvas.viewport, event.position()
        match event.gestureType():
            case Qt.NativeGestureType.ZoomNativeGesture:
                viewport.zoom_at(max(1 + event.value(), 0.1), at.x(), at.y())
            case Qt.NativeGestureType.PanNativeGesture:
                viewport.pan(event.delta().x(), event.delta().y())
            case _:
                return False
        return True

    def _one(self, at: QPointF, event: QTouchEvent) -> None:
        self._last = at
        if self._start is None:
            self._start = at
            self._canvas.press(_as_left(at, event))
        else:
            self._canvas.move_to(_as_left(at, event))

    def _two(self, places: Sequence[QPointF], event: QTouchEvent) -> None:
        if self._start is not None:
            if _apart(self._start, self._last) > SLACK:
                self._one(places[0], event)
                return
            self._give_up(event)
            self._start = None
        self._pinched = True
        middle, reach = (places[0] + places[1]) / 2, _apart(places[0], places[1])
        if self._pinch is not None:
            before, distance = self._pinch
            way = middle - before
            self._canvas.viewport.pan(way.x(), way.y())
            if min(reach, distance) >= LEAST:
                self._canvas.viewport.zoom_at(reach / distance, middle.x(), middle.y())
        self._pinch = middle, reach

    def _end(self, event: QTouchEvent, *, taken: bool) -> None:
        """All fingers are up, or the system has taken them for something else."""
        if self._start is not None and taken:
            self._canvas.release(_as_left(self._last, event))
        elif self._start is not None:
            self._give_up(event)
        self._start = self._pinch = None
        self._pinched = False

    def _give_up(self, event: QTouchEvent) -> None:
        """What the first finger has begun was not meant."""
        canvas = self._canvas
        if canvas.painting is not None:
            canvas.painting.abandon()
        canvas.sketch.drop()
        canvas.grips.abandon()
        canvas.release(_as_left(self._last, event))


def _as_left(at: QPointF, event: QTouchEvent) -> Touch:
    return Touch(at, Qt.MouseButton.LeftButton, event.modifiers())


def _apart(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())

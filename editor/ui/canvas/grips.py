"""Grips: the handles of a box on the canvas, and drawing it anew by them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from editor.imaging.geometry import Rect
from editor.ui.canvas.rim import draw_frame
from editor.ui.controls.chip import chip_size, paint_chip
from editor.ui.theme import current
from editor.ui.viewport import Viewport

SQUARE = 7
"""Side of a handle as it is drawn, in logical pixels."""

HIT = 8
"""Logical pixels around the middle of a handle, or to both sides of the line, that take hold."""

APART = 6 * HIT
"""Length of a side from which it has a handle in its middle as well as at its corners."""

LEAST = 16
"""Picture pixels that a box keeps across and down while it is drawn."""


@dataclass(frozen=True, slots=True)
class Grip:
    """What moves: -1 the left or top side, 1 the right or bottom one, 0 neither; 0, 0 all."""

    across: int
    down: int

    @property
    def shape(self) -> Qt.CursorShape:
        if not self.across and not self.down:
            return Qt.CursorShape.SizeAllCursor
        if not self.down:
            return Qt.CursorShape.SizeHorCursor
        if not self.across:
            return Qt.CursorShape.SizeVerCursor
        falling = self.across == self.down
        return Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor

    @property
    def held(self) -> tuple[float, float]:
        """What stays, across and down: 0 the start, 1 the end, 0.5 the middle."""
        return (1 - self.across) / 2, (1 - self.down) / 2

    def pulled(self, window: Rect, dx: int, dy: int) -> Rect:
        """The window with its moving sides so many picture pixels further."""
        if not self.across and not self.down:
            left, top, right, bottom = window
            return Rect(left + dx, top + dy, right + dx, bottom + dy)
        left, right = _side(self.across, window.left, window.right, dx)
        top, bottom = _side(self.down, window.top, window.bottom, dy)
        return Rect(left, top, right, bottom)


MOVE = Grip(0, 0)
_GRIPS = [Grip(across, down) for across, down in product((-1, 0, 1), repeat=2) if across or down]


class Grips(QObject):
    """A box of the picture with handles and words beside it.

    What kind of box it is says when it is seen and how it is pulled. taken: where other words and
    controls are.
    drawing and drawn carry a Rect of the picture and what of the box is held, while it is drawn
    and at the end; dropped: what was drawn is given up. hovered: what the pointer is over.
    """

    drawing = Signal(object, object)
    drawn = Signal(object, object)
    dropped = Signal()

    alone = False
    """Whether nothing else is done by a press while it is shown, with whatever key held."""

    def __init__(self, canvas: QWidget, viewport: Viewport, taken: Callable[[], QRegion]) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._viewport = viewport
        self._taken = taken
        self._window: Rect | None = None
        self._words = ""
        self._words_at: QRect | None = None
        self.hovered: Grip | None = None
        self._from: tuple[Rect, tuple[float, float]] | None = None
        self._last: Rect | None = None

    @property
    def shown(self) -> bool:
        """Whether it is to be seen."""
        return self._box() is not None

    @property
    def pulled(self) -> bool:
        """Whether it is being drawn."""
        return self._from is not None

    def grip_at(self, at: QPointF, *, line: bool) -> Grip | None:
        """What a press would take hold of. line: the dashes count, not only the handles."""
        box = self._box()
        if box is None:
            return None
        for grip, middle in self._middles(box):
            if max(abs(at.x() - middle.x()), abs(at.y() - middle.y())) <= HIT:
                return grip
        return self._on_line(box, at.toPoint()) if line else None

    def hover(self, grip: Grip | None) -> bool:
        """Take note of what the pointer is over; whether that is news."""
        if grip == self.hovered or self.pulled:
            return False
        self.hovered = grip
        self._update()
        return True

    def begin(self, grip: Grip, at: QPointF) -> None:
        """Take hold."""
        if self._window is not None:
            self.hovered = grip
            self._from = self._window, self._viewport.to_picture(at.x(), at.y())
            self._last = None

    def pull(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer."""
        if self._from is None or self.hovered is None:
            return
        window, (x, y) = self._from
        there = self._viewport.to_picture(at.x(), at.y())
        by = round(there[0] - x), round(there[1] - y)
        self._last = self._moved(self.hovered, window, by, modifiers)
        self.drawing.emit(self._last, self.hovered.held)

    def end(self) -> None:
        """Let go: this is the box from now on, if it was drawn at all."""
        last, self._from = self._last, None
        if last is not None and self.hovered is not None:
            self.drawn.emit(last, self.hovered.held)

    def abandon(self) -> bool:
        """Give up what is being drawn; False when nothing is."""
        if self._from is None:
            return False
        self._from = self._last = None
        self.dropped.emit()
        return True

    def region(self) -> QRegion:
        """Where the words are; they may stay behind when the picture is panned."""
        return QRegion() if self._words_at is None else QRegion(_wide(self._words_at))

    def lay_out(self) -> None:
        """Find a place for the words beside the box, in sight and clear of all else."""
        box = self._box()
        before, self._words_at = self.region(), None
        if box is not None and self._words:
            self._words_at = self._place(box, chip_size(self._words))
        if self.region() != before:
            self._canvas.update(before + self.region())

    def draw(self, painter: QPainter, rect: QRect) -> None:
        """Draw what of it lies in a rectangle of the pane."""
        box = self._box()
        if box is None:
            return
        draw_frame(painter, box, rect)
        for grip, middle in self._middles(box):
            square = _square(middle)
            if not square.intersects(rect):
                continue
            painter.fillRect(square, Qt.GlobalColor.black)
            inside = current().colours.accent if grip == self.hovered else Qt.GlobalColor.white
            painter.fillRect(square.adjusted(1, 1, -1, -1), inside)
        if self._words_at is not None and _wide(self._words_at).intersects(rect):
            painter.save()  # a chip is drawn smoothly, the lines that come after it are not
            paint_chip(painter, self._words_at.topLeft(), self._words)
            painter.restore()

    def _box(self) -> Rect | None:
        """Where it is in the pane, None while it is not to be seen."""
        raise NotImplementedError

    def _on_line(self, box: Rect, at: QPoint) -> Grip | None:
        """What the line between the handles takes hold of."""
        inner, outer = QRect(*_inset(box, HIT // 2)), QRect(*_inset(box, -(HIT // 2)))
        return MOVE if outer.contains(at) and not inner.contains(at) else None

    def _moved(
        self, grip: Grip, window: Rect, by: tuple[int, int], modifiers: Qt.KeyboardModifier
    ) -> Rect:
        """The box as it was at the press, pulled by so many picture pixels."""
        return grip.pulled(window, *by)

    def _update(self) -> None:
        """Ask for everything of it to be drawn again."""
        box = self._box()
        if box is not None:
            edge = QRegion(QRect(*_inset(box, -SQUARE))) - QRegion(QRect(*_inset(box, SQUARE)))
            self._canvas.update(edge + self.region())

    def _middles(self, box: Rect) -> Iterator[tuple[Grip, QPoint]]:
        """Every handle and its middle; the corners win where there is little room."""
        wide, high = box.size
        for grip in sorted(_GRIPS, key=lambda grip: not (grip.across and grip.down)):
            if (grip.across or wide >= APART) and (grip.down or high >= APART):
                x = box.left + wide * (grip.across + 1) // 2
                yield grip, QPoint(x, box.top + high * (grip.down + 1) // 2)

    def _room(self) -> QRect:
        """The part of the pane that words may take."""
        near = current().sizes.small
        return QRect(0, 0, *map(math.floor, self._viewport.pane)).adjusted(near, near, -near, -near)

    def _place(self, box: Rect, size: QSize) -> QRect:
        """A place for words of this size: beside a side of the box or in it, else low."""
        room, taken = self._room(), self._taken()
        for _, middle in self._middles(box):
            taken += _square(middle).adjusted(-2, -2, 2, 2)
        places = list(self._places(box, size, room))
        good = (at for at in places if room.contains(at) and not taken.intersects(_wide(at)))
        return next(good, places[-1])

    def _places(self, box: Rect, size: QSize, room: QRect) -> Iterator[QRect]:
        """Where words may stand, the best place first; the last one does if none is free."""
        off, most = current().sizes.small + SQUARE // 2, room.right() - size.width()
        begin, end = (
            min(max(left, room.left()), most) for left in (box.left, box.right - size.width())
        )
        above, below = box.top - size.height() - off, box.bottom + off
        inside = box.bottom - size.height() - off, box.top + off
        for left, top in product((begin, end), (above, below, *inside)):
            yield QRect(QPoint(left, top), size)
        low = room.bottom() - size.height()
        for top in (*range(low, room.top(), -off), low):
            yield QRect(QPoint(begin, top), size)


def _side(moves: int, start: int, end: int, by: int) -> tuple[int, int]:
    if moves < 0:
        return min(start + by, end - LEAST), end
    return start, max(end + by, start + LEAST) if moves > 0 else end


def _inset(box: Rect, by: int) -> tuple[int, int, int, int]:
    """Left, top, width and height of a box that is smaller on every side."""
    return box.left + by, box.top + by, box.size.width - 2 * by, box.size.height - 2 * by


def _wide(rect: QRect) -> QRect:
    """With the smooth rim that is drawn around it."""
    return rect.adjusted(-1, -1, 1, 1)


def _square(middle: QPoint) -> QRect:
    return QRect(middle.x() - SQUARE // 2, middle.y() - SQUARE // 2, SQUARE, SQUARE)

"""The larger canvas in the making: its frame, pulled by its sides, and the new area as a mask."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.outward import Bounds, Hold, pulled, shape_of, stopped
from editor.ui.canvas.grips import HIT, SQUARE, Grip, Grips
from editor.ui.language import by, unmirrored
from editor.ui.picture import outside_of, target_of
from editor.ui.viewport import Viewport

MARGIN = 0.15
"""Share of its longer side that is kept free around the frame, to pull it further."""

STOP = 6.0
"""Logical pixels from which a side stops at a useful shape."""

EDGE = 24
"""Logical pixels from the rim of the pane within which the view follows a pulled side."""

TURN = 16
"""Milliseconds from one step of the view to the next."""

SHRINKS = 0.985
"""Zoom by such a step, of a view that was fitted: all of the frame stays in sight."""

SLOWER, FASTEST = 3, 16
"""Logical pixels of such a step where the view was zoomed: by how far the pointer is past that
rim, and at most."""

AWAY = QPoint(18, 22)
"""Where words begin, seen from the tip of the pointer: clear of its shape."""


class LargerFrame(Grips):
    """A frame around the whole picture; none while the canvas stays as it is.

    tint: of what is to be masked. The frame shows what it is told: drawing asks for another one,
    also when what was pulled is given up. settled: it is only seen, without handles.
    """

    alone = True

    def __init__(
        self,
        canvas: QWidget,
        viewport: Viewport,
        taken: Callable[[], QRegion],
        tint: Callable[[], QColor],
    ) -> None:
        super().__init__(canvas, viewport, taken)
        self._tint = tint
        self._bounds = Bounds(Size(1, 1), 0, 1)
        self._before: tuple[float, tuple[float, float]] | None = None
        self._at = QPointF()
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self.settled = self._fitted = False
        self._turns = QTimer(self, interval=TURN)
        self._turns.timeout.connect(self._follow)

    def open(self, bounds: Bounds) -> None:
        """Begin with the picture, all of it in sight with room around it."""
        view = self._viewport
        self._before = None if view.fitted else (view.zoom, view.centre)
        self._bounds, self.settled = bounds, False
        self.show_frame(whole(bounds.picture))
        view.fit()

    def show_frame(self, frame: Rect) -> None:
        """Be this frame from now on."""
        self._update()
        self._window, (width, height) = frame, frame.size
        before = self._bounds.picture
        self._words = unmirrored(f"{by(*before)} → {by(width, height)}")
        shape = shape_of(frame.size)
        self._words = f"{self._words}   {shape}" if shape else self._words
        if frame == whole(before) and not self.pulled:
            self._words = ""
        self._viewport.make_room(frame.grown(round(MARGIN * max(frame.size))))
        self.lay_out()
        self._update()

    def settle(self, words: str) -> None:
        """Be pulled no more, and say this until it is closed."""
        self.settled, self.hovered, self._words = True, None, words
        self.lay_out()
        self._update()

    def close(self) -> None:
        """Show the picture as it was seen before."""
        if self._window is None:
            return
        self._drop()
        self._update()
        self._window, self.hovered, self._from = None, None, None
        self.lay_out()
        view = self._viewport
        view.make_room(whole(Size(*view.picture)))
        if self._before is None or view.picture != self._bounds.picture:
            view.fit()
        else:
            view.look_at(*self._before)

    def grip_at(self, at: QPointF, *, line: bool) -> Grip | None:
        """A side anywhere on its line, or a corner."""
        return None if self.settled else super().grip_at(at, line=True)

    def begin(self, grip: Grip, at: QPointF) -> None:
        self._fitted = self._viewport.fitted
        self._viewport.look_at(self._viewport.zoom, self._viewport.centre)
        super().begin(grip, at)

    def pull(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self._at, self._modifiers = at, modifiers
        super().pull(at, modifiers)
        if self.pulled and self._beyond() != (0, 0):
            self._turns.start()
        else:
            self._turns.stop()

    def end(self) -> None:
        self._drop()
        super().end()
        if self._window is not None:
            self.show_frame(self._window)  # its words go from the pointer to the frame

    def abandon(self) -> bool:
        start = self._from[0] if self._from else None
        self._drop()
        if not super().abandon():
            return False
        self.drawing.emit(start, None)
        return True

    def draw(self, painter: QPainter, rect: QRect) -> None:
        """Tint the new area and draw frame, handles and words over it."""
        box = self._box()
        if box is None:
            return
        frame = QRect(box.left, box.top, *box.size) & rect
        if not frame.isEmpty():
            for part in outside_of(frame, target_of(self._viewport)):
                painter.fillRect(part, self._tint())
        super().draw(painter, rect)

    def _box(self) -> Rect | None:
        return None if self._window is None else self._viewport.rect_to_pane(self._window)

    def _middles(self, box: Rect) -> Iterator[tuple[Grip, QPoint]]:
        return iter(()) if self.settled else super()._middles(box)

    def _on_line(self, box: Rect, at: QPoint) -> Grip | None:
        room = QRect(box.left, box.top, *box.size).adjusted(-HIT, -HIT, HIT, HIT)
        if not room.contains(at):
            return None
        across = _side(at.x(), box.left, box.right)
        down = _side(at.y(), box.top, box.bottom)
        return Grip(across, down) if across or down else None

    def _moved(
        self, grip: Grip, window: Rect, by: tuple[int, int], modifiers: Qt.KeyboardModifier
    ) -> Rect:
        hold = Hold(
            grip.across,
            grip.down,
            both=bool(modifiers & Qt.KeyboardModifier.AltModifier),
            shaped=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        )
        frame = pulled(window, hold, by, self._bounds)
        return stopped(frame, hold, self._bounds, STOP / self._viewport.zoom)

    def _place(self, box: Rect, size: QSize) -> QRect:
        """Beside the pointer while it pulls, in sight."""
        if not self.pulled:
            return super()._place(box, size)
        room, at = self._room(), self._at.toPoint() + AWAY
        left = max(min(at.x(), room.right() - size.width()), room.left())
        top = max(min(at.y(), room.bottom() - size.height()), room.top())
        return QRect(QPoint(left, top), size)

    def _update(self) -> None:
        box = self._box()
        if box is not None:
            frame = QRect(box.left, box.top, *box.size).adjusted(-SQUARE, -SQUARE, SQUARE, SQUARE)
            inner = target_of(self._viewport).adjusted(SQUARE, SQUARE, -SQUARE, -SQUARE)
            self._canvas.update(QRegion(frame) - QRegion(inner) + self.region())

    def _beyond(self) -> tuple[int, int]:
        """How far the pointer is past the free part of the pane, the way its side is pulled."""
        wide, high = self._viewport.pane
        grip = self.hovered or Grip(0, 0)
        across = _past(self._at.x(), wide) if grip.across else 0
        return across, _past(self._at.y(), high) if grip.down else 0

    def _follow(self) -> None:
        """Let more be seen where the side is pulled, and the side follow."""
        box, grip = self._box(), self.hovered
        if self._fitted and box is not None and grip is not None:
            across, down = grip.held
            x, y = box.left + across * box.size.width, box.top + down * box.size.height
            self._viewport.zoom_at(SHRINKS, x, y)
        else:
            across, down = self._beyond()
            self._viewport.pan(-across, -down)
        self.pull(self._at, self._modifiers)

    def _drop(self) -> None:
        """Let the view rest, and be fitted again if it was."""
        self._turns.stop()
        if self.pulled and self._fitted:
            self._viewport.fit()


def _side(at: int, low: int, high: int) -> int:
    return -1 if abs(at - low) <= HIT else 1 if abs(at - high) <= HIT else 0


def _past(at: float, length: int) -> int:
    past = min(at - EDGE, 0) + max(at - length + EDGE, 0)
    return min(math.ceil(abs(past) / SLOWER), FASTEST) * (1 if past > 0 else -1)

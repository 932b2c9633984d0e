"""Divider: two pictures in one place, with a line between them that is moved."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.controls.chip import chip_size, paint_chip
from editor.ui.gallery.linked import LEFT, NOBODY, Compared, Linked, Scene, draw_shown
from editor.ui.theme import current
from editor.ui.viewport import Viewport

REACH = 6
"""Logical pixels on either side of the line where it is grabbed."""


class Divider(Linked):
    """The original on the left or above, the answer on the right or below.

    place: of the line, 0.0 to 1.0 of the pane. upright: the line stands, or it lies.
    """

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self.setObjectName("divider")
        self.setMouseTracking(True)
        self.place = 0.5
        self.upright = True
        self._beyond = Viewport(viewport)
        self._beyond.listen(self.update)
        self._scene: Scene | None = None
        self._pair: tuple[Compared, Compared] | None = None
        self._dragging = False
        self._describe()

    @property
    def viewports(self) -> tuple[Viewport, ...]:
        return self.viewport, self._beyond

    @property
    def line(self) -> int:
        """Where the line is, in logical pixels of the pane."""
        return round(self.place * (self.width() if self.upright else self.height()))

    def show_pair(self, scene: Scene, original: Compared, answer: Compared) -> None:
        """Compare these two."""
        if (scene, original, answer) != (self._scene, *(self._pair or ())):
            self._scene, self._pair = scene, (original, answer)
            self.update()

    def turn(self) -> None:
        """Lay the line down, or stand it up."""
        self.upright = not self.upright
        self._describe()
        self.update()

    def move_line(self, by: float) -> None:
        """Move the line by this part of the pane."""
        self._put(self.place + by)

    def viewport_at(self, at: QPointF) -> Viewport:
        return self._beyond if self._along(at) >= self.line else self.viewport

    def number_at(self, at: QPointF) -> int:
        return NOBODY

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is LEFT and self._grabs(event.position()):
            self._dragging = True
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            long = self.width() if self.upright else self.height()
            self._put(self._along(event.position()) / max(long, 1))
            return
        self._show_cursor(event.position())
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._grabs(event.position()):
            self._put(0.5)
        elif event.modifiers() or self._pair is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.kept.emit(self._pair[1].number)

    def draw(self, painter: QPainter, rect: QRect) -> None:
        if self._scene is None or self._pair is None:
            painter.fillRect(rect, current().colours.surround)
            return
        before, after = self._halves()
        for half, viewport, shown in zip((before, after), self.viewports, self._pair, strict=True):
            seen = rect & half
            if seen.isEmpty():
                continue
            if self.peeking:
                shown = self._pair[0]
            picture = self._scene.picture(shown) if self._scene.ready(shown) else None
            painter.setClipRect(seen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            draw_shown(painter, seen, viewport, picture, shown.overlay)
            self._draw_title(painter, half, shown.title, last=half is after)
        painter.setClipRect(rect)
        self._draw_line(painter)

    def _draw_title(self, painter: QPainter, half: QRect, title: str, *, last: bool) -> None:
        """The original's at the left, the answer's at the right or under the line."""
        near, size = current().sizes.near, chip_size(title)
        left = half.right() + 1 - near - size.width() if last and self.upright else near
        paint_chip(painter, QPoint(left, half.top() + near), title)

    def _draw_line(self, painter: QPainter) -> None:
        """A light line on a dark one, seen on every picture, and a handle in its middle."""
        theme = current()
        line, dark, light = self.line, theme.colours.chip, theme.colours.on_chip
        if self.upright:
            painter.fillRect(line - 2, 0, 4, self.height(), dark)
            painter.fillRect(line - 1, 0, 2, self.height(), light)
        else:
            painter.fillRect(0, line - 2, self.width(), 4, dark)
            painter.fillRect(0, line - 1, self.width(), 2, light)
        handle = self._handle()
        paint.body(painter, handle, dark, light)
        ways = ("left", "right") if self.upright else ("up", "down")
        half = handle.width() // 2
        for index, way in enumerate(ways):
            room = QRect(handle)
            if self.upright:
                room.setRect(handle.left() + index * half, handle.top(), half, handle.height())
            else:
                room.setRect(handle.left(), handle.top() + index * half, handle.width(), half)
            icons.paint(painter, f"chevron-{way}", room, light)

    def _handle(self) -> QRect:
        side = current().sizes.target
        middle = (self.height() if self.upright else self.width()) // 2
        centre = QPoint(self.line, middle) if self.upright else QPoint(middle, self.line)
        return QRect(centre.x() - side // 2, centre.y() - side // 2, side, side)

    def _halves(self) -> tuple[QRect, QRect]:
        line = self.line
        if self.upright:
            return (
                QRect(0, 0, line, self.height()),
                QRect(line, 0, self.width() - line, self.height()),
            )
        return QRect(0, 0, self.width(), line), QRect(0, line, self.width(), self.height() - line)

    def _put(self, place: float) -> None:
        before = self._trace()
        self.place = min(max(place, 0.0), 1.0)
        self._describe()
        self.update(before | self._trace())

    def _trace(self) -> QRect:
        """What moves with the line: itself, its handle, and the title beyond it."""
        side = current().sizes.target
        if self.upright:
            return QRect(self.line - side, 0, 2 * side, self.height())
        high = side + current().sizes.near + chip_size("").height()
        return QRect(0, self.line - side, self.width(), side + high)

    def _along(self, at: QPointF) -> float:
        return at.x() if self.upright else at.y()

    def _grabs(self, at: QPointF) -> bool:
        near = abs(self._along(at) - self.line) <= REACH
        return near or self._handle().contains(at.toPoint())

    def _show_cursor(self, at: QPointF) -> None:
        over = self._grabs(at) and self._panning is None
        split = Qt.CursorShape.SplitHCursor if self.upright else Qt.CursorShape.SplitVCursor
        self.setCursor(split if over else Qt.CursorShape.ArrowCursor)

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("Divider"))
        self.setAccessibleDescription(f"{self.place:.0%}")

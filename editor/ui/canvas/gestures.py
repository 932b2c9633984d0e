"""Gestures: mouse, pen and keys on the canvas as calls of the painting and the viewport."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from editor.session.painting import Painting
    from editor.ui.viewport import Viewport

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
LEFT_BRACKET, RIGHT_BRACKET, BACKSLASH = 34, 35, 51
"""Places of keys on X11 and Wayland: evdev's code plus 8."""


class Gestures(QWidget):
    """The half of the canvas that listens."""

    painting: Painting | None
    viewport: Viewport

    def _start_gestures(self) -> None:
        self.tool = "brush"
        self._panning: QPointF | None = None
        self._space = False
        self._tuning: tuple[QPointF, float, float] | None = None
        self._pointer = QPoint(-1000, -1000)
        self._pen_down = False

    def set_tool(self, tool: str) -> None:
        """Use the brush, the hand or the zoom from now on."""
        self.tool = tool
        self._show_cursor()
        self.tool_changed.emit(tool)  # type: ignore[attr-defined]  # a signal of the canvas

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        position = event.position()
        button = event.button()
        if button is Qt.MouseButton.MiddleButton or self._space or self.tool == "hand":
            self._panning = position
            self._show_cursor()
        elif self.painting is None or self.painting.plane is None:
            return
        elif button is Qt.MouseButton.RightButton and event.modifiers() & ALT:
            brush = self.painting.brush
            self._tuning = position, brush.diameter, brush.hardness
        elif self.tool == "zoom":
            factor = 0.5 if event.modifiers() & ALT or button is not _LEFT else 2.0
            self.viewport.zoom_at(factor, position.x(), position.y())
        else:
            erase = button is Qt.MouseButton.RightButton or bool(event.modifiers() & ALT)
            x, y = self.viewport.to_picture(position.x(), position.y())
            self.painting.begin(x, y, erase=erase, line=bool(event.modifiers() & SHIFT))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position()
        if self._panning is not None:
            moved = position - self._panning
            self._panning = position
            self.viewport.pan(moved.x(), moved.y())
        elif self._tuning is not None and self.painting is not None:
            start, diameter, hardness = self._tuning
            moved = position - start
            self.painting.set_brush(
                diameter=diameter + 2 * moved.x() / self.viewport.zoom,
                hardness=hardness - moved.y() / 200,
            )
        elif self.painting is not None and self.painting.painting and not self._pen_down:
            self.painting.extend(*self.viewport.to_picture(position.x(), position.y()))
        self._move_cursor(position.toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._panning, self._tuning = None, None
        self._show_cursor()
        if self.painting is not None and self.painting.painting and not self._pen_down:
            self.painting.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        position = event.position()
        factor = 2 ** (event.angleDelta().y() / 240)
        self.viewport.zoom_at(factor, position.x(), position.y())

    def tabletEvent(self, event: QTabletEvent) -> None:
        event.accept()
        if self.painting is None or self.painting.plane is None:
            return
        point = self.viewport.to_picture(event.position().x(), event.position().y())
        kind = event.type()
        if kind is QEvent.Type.TabletPress:
            self._pen_down = True
            eraser = event.pointerType() is event.pointingDevice().pointerType().Eraser
            erase = eraser or bool(event.modifiers() & ALT)
            self.painting.begin(*point, event.pressure(), erase=erase)
        elif kind is QEvent.Type.TabletMove and self._pen_down:
            self.painting.extend(*point, event.pressure())
        elif kind is QEvent.Type.TabletRelease:
            self._pen_down = False
            self.painting.end()
        self._move_cursor(event.position().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self._show_cursor()
        elif self._place(event) == BACKSLASH and not event.isAutoRepeat():
            self.peeked.emit(True)  # type: ignore[attr-defined]  # a signal of the canvas
        elif self._place(event) in {LEFT_BRACKET, RIGHT_BRACKET} and self.painting is not None:
            self._tune(event)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Space:
            self._space = False
            self._show_cursor()
        elif self._place(event) == BACKSLASH:
            self.peeked.emit(False)  # type: ignore[attr-defined]  # a signal of the canvas
        else:
            super().keyReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._move_cursor(QPoint(-1000, -1000))

    def _tune(self, event: QKeyEvent) -> None:
        assert self.painting is not None
        up = self._place(event) == RIGHT_BRACKET
        brush = self.painting.brush
        if event.modifiers() & SHIFT:
            self.painting.set_brush(hardness=brush.hardness + (0.1 if up else -0.1))
        else:
            self.painting.set_brush(diameter=round(brush.diameter * (1.1 if up else 1 / 1.1)))
        self._move_cursor(self._pointer)

    def _place(self, event: QKeyEvent) -> int:
        if event.nativeScanCode():
            return event.nativeScanCode()
        by_key = {
            Qt.Key.Key_BracketLeft: LEFT_BRACKET,
            Qt.Key.Key_BracketRight: RIGHT_BRACKET,
            Qt.Key.Key_Backslash: BACKSLASH,
        }
        return by_key.get(Qt.Key(event.key()), 0)

    def _show_cursor(self) -> None:
        if self._panning is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space or self.tool == "hand":
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self.tool == "zoom":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif self.painting is not None and self.painting.plane is not None:
            self.setCursor(Qt.CursorShape.BlankCursor)
        else:
            self.unsetCursor()

    def _move_cursor(self, position: QPoint) -> None:
        for point in (self._pointer, position):
            reach = self._reach() + 3
            self.update(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
        self._pointer = position
        self._show_cursor()

    def _reach(self) -> int:
        if self.painting is None:
            return 0
        return int(self.painting.brush.diameter * self.viewport.zoom / 2) + 1

    def _paint_cursor(self, painter: QPainter) -> None:
        if self.tool != "brush" or self._space or self.painting is None:
            return
        radius = self.painting.brush.diameter * self.viewport.zoom / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = QPointF(self._pointer)
        painter.setPen(QPen(Qt.GlobalColor.black, 3))
        painter.drawEllipse(middle, radius, radius)
        painter.setPen(QPen(Qt.GlobalColor.white, 1))
        painter.drawEllipse(middle, radius, radius)


_LEFT = Qt.MouseButton.LeftButton

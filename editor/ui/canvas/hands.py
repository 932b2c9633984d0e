"""Hands: the events of mouse, pen, wheel and keys, told to the gestures of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from editor.ui.canvas.gestures import Gestures, Touch, pen_touch


class Hands(QWidget):
    """The part of the canvas that listens; what is under the pointer belongs to the canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gestures = Gestures(self)  # type: ignore[arg-type]  # the canvas is its surface

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press(Touch(event.position(), event.button(), event.modifiers()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(Touch(event.position(), event.button(), event.modifiers()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._gestures.release(Touch(event.position(), event.button(), event.modifiers()))

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Take the pen; an accepted event brings no second one as a mouse."""
        event.accept()
        touch = pen_touch(event)
        if event.type() is QEvent.Type.TabletPress:
            self._press(touch)
        elif event.type() is QEvent.Type.TabletRelease:
            self._gestures.release(touch)
        else:
            self._move(touch)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Alt turns a wheel sideways on some systems.
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._gestures.wheel(event.position(), turned)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key(event, down=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key(event, down=False):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._gestures.lost()

    def _press(self, touch: Touch) -> None:
        raise NotImplementedError

    def _move(self, touch: Touch) -> None:
        raise NotImplementedError

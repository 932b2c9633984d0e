"""Hands: the events of mouse, pen, fingers, wheel and keys, told to the gestures of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from editor.ui.canvas.course import Steadiness
from editor.ui.canvas.fingers import Fingers
from editor.ui.canvas.gestures import Gestures
from editor.ui.canvas.touch import Touch, pen_touch


class Hands(QWidget):
    """The part of the canvas that listens; what is under the pointer belongs to the canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gestures = Gestures(self)  # type: ignore[arg-type]  # the canvas is its surface
        self._fingers = Fingers(self)  # type: ignore[arg-type]  # the canvas is what they lie on
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)

    def event(self, event: QEvent) -> bool:
        """Take fingers; an event that is taken brings no second one as a mouse.

        Another window keeps the release of a key that was held here, or beside here.
        """
        if isinstance(event, QTouchEvent):
            event.accept()
            self._fingers.touch(event)
            return True
        if isinstance(event, QNativeGestureEvent):
            return self._fingers.gesture(event)
        if event.type() is QEvent.Type.WindowDeactivate:
            self._gestures.lost()
        return super().event(event)

    @property
    def tool(self) -> str:
        """What the left button does: the name of one of the tool column."""
        return self._gestures.tool

    def steady(self, steadiness: Steadiness) -> None:
        """Let strokes follow the hand like this."""
        self._gestures.steadiness = steadiness

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.press(Touch(event.position(), event.button(), event.modifiers()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.move_to(Touch(event.position(), event.button(), event.modifiers()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.release(Touch(event.position(), event.button(), event.modifiers()))

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Take the pen; an accepted event brings no second one as a mouse."""
        event.accept()
        touch = pen_touch(event)
        if event.type() is QEvent.Type.TabletPress:
            self.press(touch)
        elif event.type() is QEvent.Type.TabletRelease:
            self.release(touch)
        else:
            self.move_to(touch)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Alt turns a wheel sideways on some systems.
        turned = event.angleDelta().y() or event.angleDelta().x()
        size = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._gestures.wheel(event.position(), turned, size=size)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key(event, down=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key(event, down=False):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._gestures.lost()

    def press(self, touch: Touch) -> None:
        """A button, the pen or a finger went down."""
        raise NotImplementedError

    def move_to(self, touch: Touch) -> None:
        """It moved."""
        raise NotImplementedError

    def release(self, touch: Touch) -> None:
        """It went up."""
        self._gestures.release(touch)

"""Ahead: drawing at once, and waiting for the X server behind the frame, not before the next."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def draw_at_once(widget: QWidget, rect: QRect) -> None:
    """Draw a rectangle of an opaque widget within the event that changed it.

    Under X the server reads the pixels from memory that it shares with Qt, and Qt asks whether
    it has done so before it draws there again: a way to the server and back at the beginning of
    each frame of a stroke, while the pen waits for its paint. Here Qt asks as soon as the frame
    is on its way. Only for what was drawn this moment, since Qt takes it for drawn once more.
    """
    widget.repaint(rect)
    if QGuiApplication.platformName() == "xcb" and widget.isVisible():
        store = widget.backingStore()
        if store.paintDevice() is None:  # nothing of the window has been shown yet
            return
        store.beginPaint(rect.translated(widget.mapTo(widget.window(), QPoint())))
        store.endPaint()

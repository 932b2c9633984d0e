"""Plate: a raised surface over the picture, which no press gets through."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from editor.ui.controls import paint
from editor.ui.theme import current


class Plate(QWidget):
    """What controls over the picture lie on, with a name of its own."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)

    def event(self, event: QEvent) -> bool:
        """Keep what is pressed beside a control from painting under it."""
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease}:
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        paint.body(QPainter(self), self.rect(), colours.raised, colours.hairline)

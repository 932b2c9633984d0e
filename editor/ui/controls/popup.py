"""Popup: a small panel over the window, which a click beside it closes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.ui.controls import paint
from editor.ui.theme import current


class Popup(QWidget):
    """What controls lie on, with a name of its own."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(name)
        self.setAccessibleName(label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        paint.round_off(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.raised)
        paint.body(painter, self.rect(), colours.raised, colours.hairline)

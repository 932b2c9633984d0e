"""GroupMark: the name that tiles of a row have in common, turned, before the first of them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.ui.controls import paint
from editor.ui.controls.tooltip import plain
from editor.ui.theme import current

WIDE = 16
"""Logical pixels: one turned line of label type."""


class GroupMark(QWidget):
    """A hairline and a turned name, as high as a tile."""

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words = words
        self.setAccessibleName(words)
        self.setToolTip(plain(words))

    def sizeHint(self) -> QSize:
        sizes = current().sizes
        return QSize(WIDE, sizes.tile_height + sizes.fact_line)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        high = self.height()
        painter = QPainter(self)
        painter.fillRect(0, 0, 1, high, theme.colours.hairline)
        painter.translate(0, high)
        painter.rotate(-90)
        room = QRect(0, 2, high, WIDE - 2)
        centre = Qt.AlignmentFlag.AlignCenter
        font = theme.font("hud")
        paint.text(painter, room, self.words, theme.colours.secondary, font, centre)

"""Scroll: a column that scrolls, whose bar lies in its margin, so that nothing moves with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


class Scroll(QScrollArea):
    """What is in it is as wide as it is, with the bar and without; its margin holds the bar."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        # Of ours, as PySide goes through all its classes of widgets to hand out Qt's own (6.11).
        self.setViewport(QWidget())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def _make_room(self, least: int, most: int) -> None:
        """Let the bar lie over the margin; margins of a viewport do not change sides."""
        wide = self.verticalScrollBar().sizeHint().width() if most > least else 0
        left, right = (wide, 0) if self.isRightToLeft() else (0, wide)
        self.setViewportMargins(-left, 0, -right, 0)

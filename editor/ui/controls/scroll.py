"""Scroll: a column that scrolls, whose bar lies in its margin, so that nothing moves with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from editor.ui.theme import current


class Scroll(QScrollArea):
    """What is in it is as wide as it is, with the bar and without; its margin holds the bar.

    A line at an end says that the column goes on there, out of sight.
    """

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        # Of ours, as PySide goes through all its classes of widgets to hand out Qt's own (6.11).
        self.setViewport(QWidget())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._above, self._below = _End(f"{name}-above", self), _End(f"{name}-below", self)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._make_room)
        bar.valueChanged.connect(self._show_ends)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._above.setGeometry(0, 0, self.width(), 1)
        self._below.setGeometry(0, self.height() - 1, self.width(), 1)

    def _make_room(self, least: int, most: int) -> None:
        """Let the bar lie over the margin; margins of a viewport do not change sides."""
        wide = self.verticalScrollBar().sizeHint().width() if most > least else 0
        left, right = (wide, 0) if self.isRightToLeft() else (0, wide)
        self.setViewportMargins(-left, 0, -right, 0)
        self._show_ends()

    def _show_ends(self) -> None:
        bar = self.verticalScrollBar()
        self._above.setVisible(bar.value() > bar.minimum())
        self._below.setVisible(bar.value() < bar.maximum())


class _End(QWidget):
    """A hairline over what is cut off there."""

    def __init__(self, name: str, scroll: QWidget) -> None:
        super().__init__(scroll)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().colours.hairline)

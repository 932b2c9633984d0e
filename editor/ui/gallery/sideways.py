"""Sideways: tiles that the wheel scrolls to the side, without bars."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from editor.ui.controls.tile import Tile
from editor.ui.theme import current


class Sideways(QScrollArea):
    """Scrolls tiles sideways by the wheel, without bars."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Of ours, as PySide goes through all its classes of widgets to hand out Qt's own (6.11).
        self.setViewport(QWidget())
        self._inner = inner
        self.setWidget(inner)
        # Which fills it; but the row draws behind its tiles where one would be dropped.
        inner.setAutoFillBackground(False)

    def show_tile(self, tile: Tile) -> None:
        """Bring a tile into view, with a little of its neighbour."""
        self.ensureWidgetVisible(tile, current().sizes.far, 0)

    def shows(self, tile: Tile) -> bool:
        """Whether a part of a tile is in view."""
        left = tile.x() + self._inner.x()
        return left < self.viewport().width() and left + tile.width() > 0

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.horizontalScrollBar()
        delta = event.angleDelta()
        bar.setValue(bar.value() - (delta.x() or delta.y()))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inner.setFixedHeight(self.viewport().height())

"""The strip: the target, its references, and the results of the target."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QWidget

from editor.ui.controls import paint
from editor.ui.controls.icon_button import IconButton
from editor.ui.controls.message import Message
from editor.ui.gallery.row import TileRow
from editor.ui.theme import current

BOTH, ALONE = (2, 3), (8, 2)
"""Shares of the strip that many pictures and the results take, and pictures without results."""


class Strip(QWidget):
    """Three rows side by side; the window fills them and listens to them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setFixedHeight(current().sizes.strip)
        self.pictures = TileRow("pictures", self.tr("Pictures"), movable=True)
        self.results = TileRow("results", self.tr("Results"))
        self.add = IconButton("add-picture", "plus", self.tr("Open pictures"), "Ctrl+O")
        no_results = _centred("results-empty", self.tr("Results appear here"))
        self._no_pictures = Message(
            "references-empty", self.tr("Drop pictures the model may look at")
        )
        sizes = current().sizes
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(no_results)
        self._stack.addWidget(self.results)
        row = self._row = QHBoxLayout(self)
        row.setSpacing(0)
        self.pictures.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(self.pictures)
        row.addWidget(self.add)
        row.addSpacing(sizes.near)
        row.addWidget(self._no_pictures, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(0)
        row.addSpacing(sizes.apart)
        row.addWidget(holder)
        self._edge_of = holder
        self.show_counts(0, 0)

    def show_counts(self, pictures: int, results: int) -> None:
        """Put a sentence where there is nothing yet."""
        # Alone, the button stands below those of the tools.
        before = 0 if pictures else current().sizes.small
        self._row.setContentsMargins(*paint.sides(self, before, 0, 0, 0))
        self._no_pictures.setVisible(pictures == 1)
        self.pictures.setVisible(pictures > 0)
        self._stack.setCurrentIndex(1 if results else 0)
        for part, share in zip(
            (self.pictures, self._edge_of), BOTH if results else ALONE, strict=True
        ):
            self._row.setStretchFactor(part, share)
        self.pictures.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(800, current().sizes.strip)

    def event(self, event: QEvent) -> bool:
        """Draw the line between pictures and results again where they meet now."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.panel)
        painter.fillRect(0, 0, self.width(), 1, colours.hairline)
        results = paint.mirrored(self, self._edge_of.geometry())
        edge = paint.mirrored(self, QRect(results.left() - 1, 0, 1, self.height()))
        painter.fillRect(edge, colours.hairline)


def _centred(name: str, words: str) -> QLabel:
    """A quiet sentence in the middle of its room, in one line where that is wide enough."""
    label = QLabel(words)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "quiet")
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label

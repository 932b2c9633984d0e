"""Reshape bar: the number of a change of the whole mask, while the mask shows what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from editor.mask.way import MOST, Way
from editor.ui.controls import paint
from editor.ui.controls.button import Button
from editor.ui.controls.scrub_number import ScrubNumber, Span
from editor.ui.theme import current

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.session.reshaping import Trying

UNMEASURED = {"harden"}
"""Ways without a number."""


class ReshapeBar(QWidget):
    """Shown while something is tried. chosen: the number in pixels. kept, dropped: how it ends."""

    chosen = Signal(int)
    kept = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reshape-bar")
        self.setAccessibleName(self.tr("Change the mask"))
        sizes = current().sizes
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(sizes.apart, sizes.small, sizes.small, sizes.small)
        self._row.setSpacing(sizes.near)
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._numbers = {way: self._number(way) for way in MOST if way not in UNMEASURED}
        self._row.addWidget(self._title)
        for number in self._numbers.values():
            self._row.addWidget(number)
        keep = Button("reshape-keep", self.tr("Keep"), keys="Enter")
        keep.clicked.connect(self.kept)
        drop = Button("reshape-drop", self.tr("Cancel"), "link", keys="Esc")
        drop.clicked.connect(self.dropped)
        self._row.addWidget(keep)
        self._row.addWidget(drop)
        self.hide()

    def show_trying(self, trying: Trying | None) -> None:
        """Show what is tried; None hides the bar."""
        before = self.isVisible()
        self.setVisible(trying is not None)
        if trying is None:
            return
        self._title.setText(self._titles()[trying.way])
        for way, number in self._numbers.items():
            number.setVisible(way == trying.way)
        if trying.way in self._numbers:
            self._numbers[trying.way].show_value(trying.by)
            if not before:
                self._numbers[trying.way].setFocus(Qt.FocusReason.TabFocusReason)
        self._row.activate()
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep what is pressed beside a control from painting under it."""
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease}:
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        paint.body(QPainter(self), self.rect(), colours.raised, colours.hairline)

    def _number(self, way: Way) -> ScrubNumber:
        label = self._titles()[way]
        number = ScrubNumber(f"reshape-{way}", label, Span(0, MOST[way], unit="px"), self)
        number.changed.connect(lambda value: self.chosen.emit(round(value)))
        return number

    def _titles(self) -> dict[Way, str]:
        return {
            "grow": self.tr("Grow"),
            "shrink": self.tr("Shrink"),
            "feather": self.tr("Feather"),
            "smooth": self.tr("Smooth"),
            "harden": self.tr("Harden the rim"),
            "fill-holes": self.tr("Fill holes up to"),
            "drop-specks": self.tr("Drop specks up to"),
        }

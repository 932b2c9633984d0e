"""Extend bar: how many pixels the canvas gets at each side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from editor.ui.controls import paint
from editor.ui.controls.button import Button
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber, Span
from editor.ui.theme import current

MOST = 8192
"""Pixels at one side: beyond that no model has anything to go on."""


class ExtendBar(QWidget):
    """extended carries the pixels at the left, top, right and bottom; dropped: it was given up."""

    extended = Signal(int, int, int, int)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("extend-bar")
        self.setAccessibleName(self.tr("Extend the canvas"))
        sizes = current().sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.apart, sizes.small, sizes.small, sizes.small)
        row.setSpacing(sizes.near)
        title = QLabel(self.tr("Extend"))
        title.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(title)
        sides = {
            "left": self.tr("Left"),
            "top": self.tr("Top"),
            "right": self.tr("Right"),
            "bottom": self.tr("Bottom"),
        }
        self._numbers = []
        for side, label in sides.items():
            number = ScrubNumber(f"extend-{side}", label, Span(0, MOST, unit="px"), self)
            row.addWidget(ScrubLabel(label, number))
            row.addWidget(number)
            self._numbers.append(number)
        extend = Button("extend-do", self.tr("Extend"), keys="Enter")
        extend.clicked.connect(self.extend)
        drop = Button("extend-drop", self.tr("Cancel"), "link", keys="Esc")
        drop.clicked.connect(self.dropped)
        row.addWidget(extend)
        row.addWidget(drop)
        self.hide()

    def ask(self) -> None:
        """Show the bar; the keyboard goes to its first number."""
        for number in self._numbers:
            number.show_value(0)
        self.adjustSize()
        self.show()
        self._numbers[0].setFocus(Qt.FocusReason.TabFocusReason)  # what is typed replaces it

    def event(self, event: QEvent) -> bool:
        """Keep what is pressed beside a control from painting under it."""
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease}:
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        paint.body(QPainter(self), self.rect(), colours.raised, colours.hairline)

    def extend(self) -> None:
        """Report the numbers as they are."""
        self.extended.emit(*(round(number.value()) for number in self._numbers))

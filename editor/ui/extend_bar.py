"""Extend bar: how many pixels the canvas gets at each side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from editor.ui.controls.bar import AskingBar
from editor.ui.controls.button import Button
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber, Span

MOST = 8192
"""Pixels at one side: beyond that no model has anything to go on."""


class ExtendBar(AskingBar):
    """extended carries the pixels at the left, top, right and bottom."""

    extended = Signal(int, int, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("extend-bar", self.tr("Extend the canvas"), parent)
        self.title.setText(self.tr("Extend"))
        sides = {
            "left": self.tr("Left"),
            "top": self.tr("Top"),
            "right": self.tr("Right"),
            "bottom": self.tr("Bottom"),
        }
        self._numbers = []
        for side, label in sides.items():
            number = ScrubNumber(f"extend-{side}", label, Span(0, MOST, unit="px"), self)
            self.row.addWidget(ScrubLabel(label, number))
            self.row.addWidget(number)
            self._numbers.append(number)
        self.add_ends(
            Button("extend-do", self.tr("Extend"), keys="Enter"),
            Button("extend-drop", self.tr("Cancel"), "link", keys="Esc"),
        )
        self.done.connect(self._report)

    def ask(self) -> None:
        """Show the bar; the keyboard goes to its first number."""
        for number in self._numbers:
            number.show_value(0)
        self.adjustSize()
        self.show()
        self._numbers[0].setFocus(Qt.FocusReason.TabFocusReason)  # what is typed replaces it

    def _report(self) -> None:
        self.extended.emit(*(round(number.value()) for number in self._numbers))

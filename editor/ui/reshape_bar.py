"""Reshape bar: the number of a change of the whole mask, while the mask shows what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from editor.mask.way import MOST, Way
from editor.ui.controls.bar import AskingBar
from editor.ui.controls.button import Button
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber, Span

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.session.reshaping import Trying

UNMEASURED = {"harden"}
"""Ways without a number."""


class ReshapeBar(AskingBar):
    """Shown while something is tried. chosen: the number in pixels."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("reshape-bar", self.tr("Change the mask"), parent)
        self._numbers = {way: self._number(way) for way in MOST if way not in UNMEASURED}
        self._labels = {way: self._label(way, number) for way, number in self._numbers.items()}
        for way, number in self._numbers.items():
            self.row.addWidget(self._labels[way])
            self.row.addWidget(number)
        self.add_ends(
            Button("reshape-keep", self.tr("Keep"), keys="Enter"),
            Button("reshape-drop", self.tr("Cancel"), "link", keys="Esc"),
        )

    def show_trying(self, trying: Trying | None) -> None:
        """Show what is tried; None hides the bar."""
        before = self.isVisible()
        self.setVisible(trying is not None)
        if trying is None:
            return
        self.title.setText(self._titles()[trying.way])
        self.title.setVisible(trying.way not in self._numbers)
        for way, number in self._numbers.items():
            for part in (self._labels[way], number):
                part.setVisible(way == trying.way)
        if trying.way in self._numbers:
            self._numbers[trying.way].show_value(trying.by)
            if not before:
                self._numbers[trying.way].setFocus(Qt.FocusReason.TabFocusReason)
        self.row.activate()
        self.adjustSize()

    def _number(self, way: Way) -> ScrubNumber:
        label = self._titles()[way]
        number = ScrubNumber(f"reshape-{way}", label, Span(0, MOST[way], unit="px"), self)
        number.changed.connect(lambda value: self.chosen.emit(round(value)))
        number.report_typing()
        return number

    def _label(self, way: Way, number: ScrubNumber) -> ScrubLabel:
        """The title of a way, which is also the handle of its number."""
        label = ScrubLabel(self._titles()[way], number, self)
        label.setProperty("role", "strong")
        return label

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

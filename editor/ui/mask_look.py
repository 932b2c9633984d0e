"""Mask look: a small panel that sets how the mask is shown."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from editor.ui.canvas.look import AUTO, MaskLook
from editor.ui.controls.combo import Combo
from editor.ui.controls.option import Option
from editor.ui.controls.popup import Popup
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber, Span
from editor.ui.controls.segmented import Segmented
from editor.ui.theme import current


class MaskLookPanel(Popup):
    """A popup; changed carries the name of a field of the MaskLook and its value."""

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("mask-look", self.tr("Look of the mask"), parent)
        sizes = current().sizes
        self._form = QFormLayout(self)
        self._form.setContentsMargins(sizes.apart, sizes.apart, sizes.apart, sizes.apart)
        self._form.setHorizontalSpacing(sizes.apart)
        self._form.setVerticalSpacing(sizes.near)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._view = Segmented(
            "mask-look-view",
            self.tr("View"),
            [
                Option("overlay", self.tr("Overlay")),
                Option("mono", self.tr("Black and white")),
                Option("cut-out", self.tr("Cut-out")),
            ],
        )
        self._view.chosen.connect(lambda value: self.changed.emit("view", value))
        self._side = Segmented(
            "mask-look-side",
            self.tr("Tint"),
            [
                Option("editable", self.tr("What may change")),
                Option("protected", self.tr("What is kept")),
            ],
        )
        self._side.chosen.connect(
            lambda value: self.changed.emit("protected", value == "protected")
        )
        self._colour = Combo(
            "mask-look-colour",
            self.tr("Colour"),
            [
                Option("red", self.tr("Red")),
                Option("green", self.tr("Green")),
                Option("blue", self.tr("Blue")),
                Option("yellow", self.tr("Yellow")),
                Option(AUTO, self.tr("Automatic"), self.tr("seen best on this picture")),
            ],
        )
        self._colour.chosen.connect(lambda value: self.changed.emit("colour", value))
        usual = round(100 * MaskLook().opacity)
        span = Span(10, 100, default=usual, unit="%")
        self._opacity = ScrubNumber("mask-look-opacity", self.tr("Opacity"), span)
        self._opacity.changed.connect(lambda value: self.changed.emit("opacity", value / 100))
        for label, control in (
            (self.tr("View"), self._view),
            (self.tr("Tint"), self._side),
            (self.tr("Colour"), self._colour),
        ):
            self._form.addRow(_words(label, control), control)
        self._form.addRow(ScrubLabel(self.tr("Opacity"), self._opacity), self._opacity)

    def show_look(self, look: MaskLook) -> None:
        """Show how the mask is shown; what has no effect in a view is off there and says so."""
        self._view.show_value(look.view)
        self._side.show_value("protected" if look.protected else "editable")
        self._colour.show_value(look.colour)
        self._opacity.show_value(round(100 * look.opacity))
        reason = "" if look.view == "overlay" else self.tr("Only in the overlay")
        for control in (self._side, self._colour, self._opacity):
            control.set_off(reason)

    def offer(self, stage: QWidget, below: int) -> None:
        """Open at the right of the stage, below so many pixels at its top."""
        near = current().sizes.near
        self.adjustSize()
        left = stage.width() - self.width() - near
        self.move(stage.mapToGlobal(QPoint(left, below + near)))
        self.show()


def _words(label: str, control: QWidget) -> QLabel:
    words = QLabel(label)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setBuddy(control)
    return words

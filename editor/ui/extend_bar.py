"""Extend bar: how many pixels the canvas gets at each side, as numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.outward import Bounds
from editor.ui.controls import paint
from editor.ui.controls.bar import AskingBar
from editor.ui.controls.button import Button
from editor.ui.controls.message import Message
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber, Span
from editor.ui.language import by
from editor.ui.theme import current

MOST = 8192
"""Pixels at one side: beyond that no model has anything to go on."""

_AROUND = 34
"""Logical pixels around the words of a complaint: for its icon, and so that it takes one line."""


class ExtendBar(AskingBar):
    """changed carries the frame that the numbers make; extended the one that was decided on.

    A frame is a Rect around the picture, whose corner is at 0, 0.
    """

    changed = Signal(object)
    extended = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("extend-bar", self.tr("Extend the canvas"), parent)
        self.title.setText(self.tr("Extend"))
        sides = {
            "left": self.tr("Left"),
            "top": self.tr("Top"),
            "right": self.tr("Right"),
            "bottom": self.tr("Bottom"),
        }
        self._bounds = Bounds(Size(1, 1), 0, 1)
        self._frame = whole(self._bounds.picture)
        self._numbers = []
        for side, label in sides.items():
            number = ScrubNumber(f"extend-{side}", label, Span(0, MOST, unit="px"), self)
            number.changed.connect(self._count)
            self.row.addWidget(ScrubLabel(label, number))
            self.row.addWidget(number)
            self._numbers.append(number)
        self._size = QLabel()
        self._size.setObjectName("extend-size")
        self._size.setTextFormat(Qt.TextFormat.PlainText)
        self._size.setProperty("role", "label")
        self._size.setMinimumWidth(paint.width_of("00000 × 00000", current().font("label")))
        self._size.setAlignment(paint.START)
        self.tail.addWidget(self._size)
        self._limit = Message("extend-limit")
        self.tail.addWidget(self._limit, 0, Qt.AlignmentFlag.AlignVCenter)
        self._extend = Button("extend-do", self.tr("Extend"), keys="Enter")
        self.add_ends(self._extend, Button("extend-drop", self.tr("Cancel"), "link", keys="Esc"))
        self.done.connect(lambda: self.extended.emit(self._frame))

    def ask(self, bounds: Bounds) -> None:
        """Show the bar for a picture; the keyboard goes to its first number."""
        self._bounds = bounds
        self.show_frame(whole(bounds.picture))
        self.show()
        self._numbers[0].setFocus(Qt.FocusReason.TabFocusReason)  # what is typed replaces it

    def show_frame(self, frame: Rect) -> None:
        """Show what lies around the picture, how large it all is, and what limits it."""
        self._frame = frame
        width, height = self._bounds.picture
        beyond = (-frame.left, -frame.top, frame.right - width, frame.bottom - height)
        for number, pixels in zip(self._numbers, beyond, strict=True):
            number.show_value(pixels)
        self._size.setText(by(*frame.size))
        self._show_limit(self._bounds.limit(frame), over=not self._bounds.holds(frame))
        self.row.activate()
        self.adjustSize()

    def _show_limit(self, limit: str, *, over: bool) -> None:
        millions = self._bounds.area // 1_000_000
        words = {
            "area": self.tr("{count} megapixels at most").format(count=millions),
            "reach": self.tr("{count} px at most at each side").format(count=self._bounds.reach),
        }.get(limit, "")
        self._limit.show_words(words, "error" if over else "quiet")
        self._size.setVisible(not words)
        self._limit.setMinimumWidth(paint.width_of(words, current().font("label")) + _AROUND)
        self._extend.set_off(words if over else "")

    def _count(self) -> None:
        left, top, right, bottom = (round(number.value()) for number in self._numbers)
        width, height = self._bounds.picture
        frame = self._bounds.nearest(Rect(-left, -top, width + right, height + bottom))
        self.show_frame(frame)
        self.changed.emit(frame)

"""Bar: controls in a line over the picture; one that asks has an end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from editor.ui.controls import paint
from editor.ui.controls.button import Button
from editor.ui.controls.plate import Plate
from editor.ui.theme import current


class Bar(Plate):
    """Controls in a line."""

    def fit(self, room: int) -> None:
        """Be laid out for so many pixels across; a bar of one line has nothing to change."""


class AskingBar(Bar):
    """A title, controls, and two buttons that end it; hidden until it asks something.

    row: where the controls go; tail: what is said of them, before the buttons. done: it shall be
    so; dropped: it was given up.
    """

    done = Signal()
    dropped = Signal()

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        sizes = current().sizes
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        around = paint.sides(self, sizes.apart, sizes.small, sizes.small, sizes.small)
        self._lines.setContentsMargins(*around)
        self._lines.setSpacing(sizes.near)
        self.row, self.tail = QHBoxLayout(), QHBoxLayout()
        for line in (self.row, self.tail):
            line.setSpacing(sizes.near)
            self._lines.addLayout(line)
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("role", "strong")
        self.row.addWidget(self.title)
        self.hide()

    def add_ends(self, do: Button, drop: Button) -> None:
        """Add the two buttons as the last of all."""
        self._do, self._drop = do, drop
        do.clicked.connect(self.done)
        drop.clicked.connect(self.dropped)
        self.tail.addStretch(1)
        self.tail.addWidget(do)
        self.tail.addWidget(drop)

    def fit(self, room: int) -> None:
        """Take two lines where one is wider than this."""
        self._lines.setDirection(QBoxLayout.Direction.LeftToRight)
        if self.sizeHint().width() > room:
            self._lines.setDirection(QBoxLayout.Direction.TopToBottom)

    def enter(self) -> None:
        """Do what Enter means here: give it up where the keyboard is on that button."""
        (self._drop if self._drop.hasFocus() else self._do).click()

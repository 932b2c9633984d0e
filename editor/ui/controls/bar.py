"""Bar: controls in a line on a ground of their own, over the picture; one that asks has an end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from editor.ui.controls import paint
from editor.ui.controls.button import Button
from editor.ui.theme import current


class Bar(QWidget):
    """The ground; what is pressed beside a control does not reach the picture under it."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)

    def event(self, event: QEvent) -> bool:
        """Keep what is pressed beside a control from painting under it."""
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease}:
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        paint.body(QPainter(self), self.rect(), colours.raised, colours.hairline)


class AskingBar(Bar):
    """A title, controls, and two buttons that end it; hidden until it asks something.

    row: where the controls go, by add(). done: it shall be so; dropped: it was given up.
    """

    done = Signal()
    dropped = Signal()

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        sizes = current().sizes
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(sizes.apart, sizes.small, sizes.small, sizes.small)
        self.row.setSpacing(sizes.near)
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.row.addWidget(self.title)
        self.hide()

    def add_ends(self, do: Button, drop: Button) -> None:
        """Add the two buttons as the last of the row."""
        self._do, self._drop = do, drop
        do.clicked.connect(self.done)
        drop.clicked.connect(self.dropped)
        self.row.addWidget(do)
        self.row.addWidget(drop)

    def enter(self) -> None:
        """Do what Enter means here: give it up where the keyboard is on that button."""
        (self._drop if self._drop.hasFocus() else self._do).click()

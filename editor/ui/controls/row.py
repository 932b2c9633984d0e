"""FieldRow: a label, its control and what is wrong with it, in two columns or stacked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from editor.ui.controls import paint
from editor.ui.controls.button import Button
from editor.ui.controls.message import Message
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber
from editor.ui.theme import current

_INDENT = 18
"""Logical pixels: the offer begins where the words of the complaint do."""


_ANY = 16777215
"""Qt's own largest width, which means no limit."""


class FieldRow(QWidget):
    """One line of the panel. Where the control does not fit beside the label it goes below.

    `fix_taken` says that the offered remedy was clicked.
    """

    fix_taken = Signal()

    def __init__(self, name: str, label: str, control: QWidget, help: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.control = control
        self._label = _label(label, control)
        self._label.setToolTip(help)
        self._message = Message(f"{name}-message")
        self._fix = Button(f"{name}-fix", "", "link")
        self._fix.clicked.connect(self.fix_taken)
        self._limit = Message(f"{name}-limit")
        self._stacked: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(current().sizes.near)
        self._grid.setVerticalSpacing(current().sizes.small)
        self._grid.setColumnStretch(1, 1)
        offer = QHBoxLayout()
        offer.setContentsMargins(_INDENT, 0, 0, 0)
        offer.addWidget(self._fix)
        offer.addStretch(1)
        self._grid.addWidget(self._message, 2, 0, 1, 2)
        self._grid.addLayout(offer, 3, 0, 1, 2)
        self._grid.addWidget(self._limit, 4, 0, 1, 2)
        self._fix.hide()
        self._place(stacked=False)

    def show_trouble(self, words: str, offer: str = "") -> None:
        """Say what is wrong, and offer the remedy by these words; "" for neither."""
        self._message.show_words(words, "error")
        self._fix.setText(offer)
        self._fix.describe(offer)
        self._fix.setVisible(bool(words and offer))

    def show_limit(self, words: str) -> None:
        """Say quietly what the model accepts here; "" for nothing."""
        self._limit.show_words(words)

    def show_off(self, reason: str) -> None:
        """Say below a control that is off why it is; "" when it is on."""
        self._label.setEnabled(not reason)
        self.show_limit(reason)

    def minimumSizeHint(self) -> QSize:
        """No wider than the control alone: below that the two columns become one."""
        return QSize(self.control.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        sizes = current().sizes
        room = event.size().width() - sizes.label_column - sizes.near
        narrow = self.control.minimumSizeHint().width() > room
        font = self._label.font()
        longest = max(paint.width_of(part, font) for part in self._label.text().split() or [""])
        self._place(stacked=narrow or longest > sizes.label_column)

    def _place(self, *, stacked: bool) -> None:
        if stacked is self._stacked:
            return
        self._stacked = stacked
        grid = self._grid
        grid.removeWidget(self._label)
        grid.removeWidget(self.control)
        self._label.setMinimumWidth(0 if stacked else current().sizes.label_column)
        self._label.setMaximumWidth(_ANY if stacked else current().sizes.label_column)
        if stacked:
            grid.addWidget(self._label, 0, 0, 1, 2)
            grid.addWidget(self.control, 1, 0, 1, 2)
        else:
            grid.addWidget(self._label, 0, 0)
            grid.addWidget(self.control, 0, 1)


def _label(words: str, control: QWidget) -> QLabel:
    if isinstance(control, ScrubNumber):
        label: QLabel = ScrubLabel(words, control)
    else:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(control)
    label.setWordWrap(True)
    label.setProperty("role", "label")
    return label

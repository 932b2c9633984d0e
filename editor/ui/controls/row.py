"""FieldRow: a label, its control and what is wrong with it, in two columns or stacked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from editor.ui.controls import paint
from editor.ui.controls.button import Button
from editor.ui.controls.message import Message
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber
from editor.ui.controls.tooltip import plain
from editor.ui.theme import current

_TROUBLE, _OFFER, _LIMIT = 2, 3, 4
"""Lines of the grid below the label and the control."""

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
        self._label.setToolTip(plain(help))
        self._message: Message | None = None
        self._limit: Message | None = None
        self._fix: Button | None = None
        self._stacked: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(current().sizes.near)
        self._grid.setVerticalSpacing(current().sizes.small)
        self._grid.setColumnStretch(1, 1)
        self._place(stacked=False)

    def show_trouble(self, words: str, offer: str = "") -> None:
        """Say what is wrong, and offer the remedy by these words; "" for neither."""
        if words and self._message is None:
            self._message = self._line("message", _TROUBLE)
        if self._message:
            self._message.show_words(words, "error")
        if offer and self._fix is None:
            self._fix = self._offer()
        if self._fix:
            self._fix.setText(offer)
            self._fix.describe(offer)
            self._fix.setVisible(bool(words and offer))

    def show_limit(self, words: str) -> None:
        """Say quietly what the model accepts here; "" for nothing."""
        if words and self._limit is None:
            self._limit = self._line("limit", _LIMIT)
        if self._limit:
            self._limit.show_words(words)

    def show_off(self, reason: str) -> None:
        """Say below a control that is off why it is; "" when it is on."""
        self._label.setEnabled(not reason)
        self.show_limit(reason)

    def minimumSizeHint(self) -> QSize:
        """No wider than the control alone: below that the two columns become one."""
        control = self.control
        wide = control.minimumWidth() or control.minimumSizeHint().width()
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        sizes = current().sizes
        room = event.size().width() - sizes.label_column - sizes.near
        narrow = self.control.minimumSizeHint().width() > room
        font = self._label.font()
        longest = max(paint.width_of(part, font) for part in self._label.text().split() or [""])
        self._place(stacked=narrow or longest > sizes.label_column)

    def _line(self, name: str, at: int) -> Message:
        """Most rows never have anything to say, so what says it is made when it is needed."""
        line = Message(f"{self.objectName()}-{name}")
        self._grid.addWidget(line, at, 0, 1, 2)
        return line

    def _offer(self) -> Button:
        button = Button(f"{self.objectName()}-fix", "", "link")
        button.clicked.connect(self.fix_taken)
        row = QHBoxLayout()
        row.setContentsMargins(*paint.sides(self, _INDENT, 0, 0, 0))
        row.addWidget(button)
        row.addStretch(1)
        self._grid.addLayout(row, _OFFER, 0, 1, 2)
        return button

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

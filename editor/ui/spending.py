"""SpendingPanel: what was spent, when a price is amber, the cap of a month, notifications."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from editor.session.spending import Spent
from editor.ui.controls.button import Button
from editor.ui.controls.message import Message
from editor.ui.controls.row import FieldRow
from editor.ui.controls.scrub_number import ScrubNumber, Span
from editor.ui.controls.switch import Switch
from editor.ui.language import money
from editor.ui.panel.spent import month_name
from editor.ui.theme import current

WIDE = 400
"""Logical pixels: as the export panel, a little narrower."""

DEAR = Span(0.0, 1000.0, 0.1, 1.0, decimals=2, currency="$")
CAP = Span(0.0, 100_000.0, 1.0, 0.0, decimals=2, currency="$")
"""USD; a cap of 0 is none."""


class SpendingPanel(QDialog):
    """A window beside the picture.

    dear_chosen, cap_chosen: in USD. notify_chosen: whether to tell outside the window.
    """

    dear_chosen = Signal(float)
    cap_chosen = Signal(float)
    notify_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("spending-panel")
        self.setWindowTitle(self.tr("Spending"))
        self.setAccessibleName(self.tr("Spending"))
        self._said = Message("spending-said")
        self._open = Message("spending-open", tone="warn")
        amber = self.tr("The price of a round turns amber above it")
        self._dear = ScrubNumber("spending-dear", amber, DEAR)
        self._dear.changed.connect(self.dear_chosen)
        self._cap = ScrubNumber("spending-cap", self.tr("Ask above, for one month"), CAP)
        self._cap.changed.connect(self.cap_chosen)
        self._notify = Switch("spending-notify", self.tr("Notify when results come"))
        self._notify.clicked.connect(self.notify_chosen)
        self._cap_row = FieldRow("row-cap", self.tr("Monthly cap"), self._cap)
        sizes = current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.apart, sizes.apart, sizes.apart, sizes.apart)
        column.setSpacing(sizes.near)
        column.addWidget(self._said)
        column.addWidget(self._open)
        dear = FieldRow("row-dear", self.tr("Warn above"), self._dear)
        dear.show_limit(self.tr("The price of a dearer round is amber"))
        column.addWidget(dear)
        column.addWidget(self._cap_row)
        column.addWidget(FieldRow("row-notify", self.tr("Notifications"), self._notify))
        column.addStretch(1)
        column.addLayout(self._buttons())
        self.setFixedWidth(WIDE)

    def show_limits(self, *, dear: float, cap: float, notify: bool) -> None:
        """Show what was chosen."""
        self._dear.show_value(dear)
        self._cap.show_value(cap)
        self._notify.show_value(notify)
        none = self.tr("0 for none; the prompt asks before it is crossed")
        self._cap_row.show_limit(none)

    def show_spent(self, spent: Spent) -> None:
        """Say what it has come to, and what of it may have been charged for nothing."""
        words = self.tr("This project: {project}.  {name}: {month}.").format(
            project=money(spent.project), month=money(spent.month), name=month_name(spent.day)
        )
        self._said.show_words(words)
        lost = self.tr("{open} of it may have been charged without a picture.")
        self._open.show_words(lost.format(open=money(spent.open)) if spent.open else "", "warn")

    def _buttons(self) -> QHBoxLayout:
        close = Button("spending-close", self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        return row

"""LongField: a sentence of the person's own words, which is seen whole while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from editor.ui.controls import paint
from editor.ui.controls.growing_text import GrowingText
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current


class LongField(QWidget):
    """Reports each change by typing through `changed`; it has no line breaks of its own."""

    changed = Signal(str)

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        sizes = current().sizes
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.text = _Sentence(f"{name}-text", sizes.row)
        describe(self.text, label)
        self.text.textChanged.connect(self._report)
        self.text.installEventFilter(self)
        self.setFocusProxy(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(*paint.sides(self, sizes.near, 0, sizes.small, 0))
        row.addWidget(self.text)

    def value(self) -> str:
        """The words shown."""
        return self.text.toPlainText()

    def show_value(self, value: str) -> None:
        """Show these words without reporting them; equal words keep the cursor where it is."""
        if value != self.value():
            blocked = self.text.blockSignals(True)
            self.text.setPlainText(value)
            self.text.blockSignals(blocked)
            self.text.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw the frame anew when the keyboard comes or goes."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.field(QPainter(self), self.rect(), focused=self.text.hasFocus())

    def _report(self) -> None:
        self.changed.emit(self.value())


class _Sentence(GrowingText):
    """What is pasted into it becomes one line of words."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms and goes no further: on the window it would mean the prompt."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(" ".join(source.text().split()))

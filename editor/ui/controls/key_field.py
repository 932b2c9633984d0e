"""KeyField: where a key is pasted; it is masked, handed on at once and not kept in the widget."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from editor.ui.controls.button import Button
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

PASTED = 8
"""Characters that come at once when a key is pasted or dropped; nobody types so fast."""


class KeyField(QWidget):
    """A masked line and a button. `given` carries what was pasted, or typed and confirmed."""

    given = Signal(str)

    def __init__(self, name: str, label: str, confirm: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.line = _Masked(f"{name}-line")
        self._label = label
        describe(self.line, label)
        self._known = 0
        self.confirm = Button(f"{name}-confirm", confirm)
        self.confirm.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().sizes.near)
        row.addWidget(self.line, 1)
        row.addWidget(self.confirm)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self._give)
        self.confirm.clicked.connect(self._give)

    def show_hint(self, words: str) -> None:
        """Say in the empty field what it is for, or that a key is kept."""
        self.line.setPlaceholderText(words)

    def show_wrong(self, wrong: bool) -> None:
        """Give the field its error line."""
        if bool(self.line.property("wrong")) is not wrong:
            self.line.setProperty("wrong", wrong)
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self.line, self._label, reason=reason)

    def clear(self) -> None:
        """Let go of what was typed."""
        self.line.setText("")  # unlike clear() it cannot be undone
        self._known = 0
        self.confirm.hide()

    def _edited(self, text: str) -> None:
        grown, self._known = len(text) - self._known, len(text)
        self.confirm.setVisible(bool(text))
        if grown >= PASTED:
            self._give()

    def _give(self) -> None:
        text = self.line.text()
        self.clear()
        if text:
            self.given.emit(text)


class _Masked(QLineEdit):
    """Shows dots, remembers nothing, and can be pasted into but not copied from."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer nothing: Qt's own menu brings its own words and runs a loop of its own."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms and goes no further: on the window it would mean the prompt."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()

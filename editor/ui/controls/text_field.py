"""TextField: one line of the person's own words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from editor.ui.controls.tooltip import describe


class TextField(QLineEdit):
    """Reports each change by typing through `changed`; longest counts characters, 0 for any."""

    changed = Signal(str)

    def __init__(
        self,
        name: str,
        label: str,
        *,
        longest: int = 0,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._label = label
        self.setPlaceholderText(hint)
        if longest:
            self.setMaxLength(longest)
        self.textEdited.connect(self.changed)
        describe(self, label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms and goes no further: on the window it would mean the prompt."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()

    def value(self) -> str:
        """The words shown."""
        return self.text()

    def show_value(self, value: str) -> None:
        """Show these words without reporting them; equal words keep the cursor where it is."""
        if value != self.text():
            self.setText(value)

    def show_wrong(self, wrong: bool) -> None:
        """Give the field its error line."""
        if bool(self.property("wrong")) is not wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self, self._label, reason=reason)

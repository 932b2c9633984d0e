"""The hint line: the modifiers that matter now on the left, facts of the picture on the right."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from editor.ui.controls import paint
from editor.ui.theme import current


class HintLine(QWidget):
    """One quiet line; pairs of a key and what it does, and facts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hint-line")
        self.setFixedHeight(current().sizes.hint_line)
        self._hints: tuple[tuple[str, str], ...] = ()
        self._facts = ""

    def show_hints(self, hints: tuple[tuple[str, str], ...]) -> None:
        if hints != self._hints:
            self._hints = hints
            self.setAccessibleDescription(", ".join(f"{key}: {does}" for key, does in hints))
            self.update()

    def show_facts(self, *facts: str) -> None:
        line = "     ".join(fact for fact in facts if fact)
        if line != self._facts:
            self._facts = line
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colours.panel)
        painter.fillRect(0, 0, self.width(), 1, theme.colours.hairline)
        plain, strong = theme.font("label"), theme.font("label-strong")
        right = paint.width_of(self._facts, plain)
        room = QRect(self.width() - right - theme.sizes.apart, 0, right, self.height())
        facts = paint.mirrored(self, room)
        paint.text(painter, facts, self._facts, theme.colours.secondary, plain, paint.END)
        left = theme.sizes.apart
        for key, does in self._hints:
            key_width = paint.width_of(key, strong)
            does_width = paint.width_of(does, plain)
            if left + key_width + does_width + theme.sizes.far > room.left():
                break
            where = paint.mirrored(self, QRect(left, 0, key_width, self.height()))
            paint.text(painter, where, key, theme.colours.text, strong)
            left += key_width + theme.sizes.small
            where = paint.mirrored(self, QRect(left, 0, does_width, self.height()))
            paint.text(painter, where, does, theme.colours.secondary, plain)
            left += does_width + theme.sizes.far

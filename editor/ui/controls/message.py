"""Message: a quiet line or an honest complaint, always plain text, with its icon."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.ui import icons
from editor.ui.theme import current

Tone = Literal["quiet", "warn", "error", "ok"]

_ICONS = {"quiet": "", "warn": "warning", "error": "error", "ok": "ok"}
_SIDE, _GAP = 16, 6


class Message(QWidget):
    """Wraps over as many lines as it needs and is not there while it has nothing to say."""

    def __init__(self, name: str, words: str = "", tone: Tone = "quiet") -> None:
        super().__init__()
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.words = ""
        self.tone: Tone = "quiet"
        self.show_words(words, tone)

    def show_words(self, words: str, tone: Tone = "quiet") -> None:
        """Say this; "" hides the line."""
        self.words, self.tone = words, tone
        self.setAccessibleName(words)
        if not words or self.parentWidget():  # alone it would be a window of its own
            self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width - self._indent(), 1), 10_000)
        metrics = QFontMetrics(current().font("label"))
        return metrics.boundingRect(room, _WRAP, self.words).height() + 4

    def sizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        quiet = self.tone == "quiet"
        colour = theme.colours.secondary if quiet else theme.colours.named(self.tone)
        painter = QPainter(self)
        indent = self._indent()
        left = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        room = self.rect().adjusted(indent if left else 0, 2, 0 if left else -indent, 0)
        if indent:
            x = 0 if left else self.width() - _SIDE
            icons.paint(painter, _ICONS[self.tone], QRect(x, 2, _SIDE, _SIDE), colour)
        painter.setFont(theme.font("label"))
        painter.setPen(colour)
        painter.drawText(room, _WRAP, self.words)

    def _indent(self) -> int:
        return _SIDE + _GAP if _ICONS[self.tone] else 0


_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

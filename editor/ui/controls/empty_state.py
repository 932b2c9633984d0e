"""EmptyState: what to do where there is nothing yet, in one sentence and a few actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from editor.ui import icons
from editor.ui.controls.button import Button, Kind
from editor.ui.controls.option import Option
from editor.ui.theme import current


class EmptyState(QWidget):
    """A dashed frame with an icon, a sentence, buttons and recent things.

    `chosen` carries the value of the clicked entry. A small one, for a strip, has no frame of
    its own height: it shows the sentence alone.
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        words: str,
        actions: Sequence[Option] = (),
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = icon
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setProperty("role", "title" if actions else "quiet")
        label.setObjectName(f"{name}-words")
        sizes = current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.far, sizes.near, sizes.far, sizes.near)
        column.setSpacing(sizes.far)
        column.addStretch(1)
        column.addSpacing(48 if icon else 0)
        column.addWidget(label)
        column.addLayout(self._buttons(name, actions))
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column.addLayout(self._recent)
        column.addStretch(1)
        self._words = label

    def show_words(self, words: str) -> None:
        """Say another sentence."""
        self._words.setText(words)

    def show_recent(self, title: str, entries: Sequence[Option]) -> None:
        """List things that were open before; an empty list takes the title away too."""
        while item := self._recent.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        if not entries:
            return
        head = QLabel(title)
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.setProperty("role", "quiet")
        self._recent.addWidget(head)
        for at, entry in enumerate(entries):
            button = Button(f"{self.objectName()}-recent-{at}", _unmarked(entry.label), "link")
            button.clicked.connect(lambda _=False, value=entry.value: self.chosen.emit(value))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colours.outline, 1.0)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.sizes.near, theme.sizes.near)
        if self._icon:
            above = self._words.geometry()
            side = 36
            left = (self.width() - side) // 2
            ratio = self.devicePixelRatioF()
            picture = icons.pixmap(self._icon, theme.colours.secondary, ratio, side)
            painter.drawPixmap(left, above.top() - theme.sizes.far - side, picture)

    def _buttons(self, name: str, actions: Sequence[Option]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(current().sizes.near)
        row.addStretch(1)
        for action in actions:
            kind: Kind = "plain"
            button = Button(f"{name}-{action.value}", action.label, kind)
            button.set_off(action.off)
            button.clicked.connect(lambda _=False, value=action.value: self.chosen.emit(value))
            row.addWidget(button)
        row.addStretch(1)
        return row


def _unmarked(words: str) -> str:
    """File names may hold an ampersand, which a button would read as a mnemonic."""
    return words.replace("&", "&&")

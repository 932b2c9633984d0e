"""The History list: strokes, kept edits and slot changes, newest first; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedLayout, QWidget

from editor.ui.controls.message import Message
from editor.ui.theme import current


class HistoryList(QWidget):
    """Shows titles; chosen carries how many steps to go back (negative) or forward."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self._list = QListWidget()
        self._list.setObjectName("history-list")
        self._list.setAccessibleName(self.tr("History"))
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.itemActivated.connect(self._go)
        self._list.itemClicked.connect(self._go)
        self._shown: tuple[Sequence[str], int] = ((), 0)
        self._empty = Message("history-empty", self.tr("Each kept edit is listed here"))
        sizes = current().sizes
        self.setContentsMargins(sizes.far, 0, sizes.far, sizes.near)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self.setMinimumHeight(4 * sizes.row)

    def show_steps(self, titles: Sequence[str], done: int) -> None:
        """Show all steps, oldest first. done: how many of them are done."""
        self._shown = titles, done
        self._list.clear()
        colours = current().colours
        for index, title in reversed(list(enumerate(titles))):
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, index + 1 - done)
            colour = colours.text if index < done else colours.disabled
            item.setForeground(QBrush(colour))
            self._list.addItem(item)
            if index == done - 1:
                self._list.setCurrentItem(item)
        self._stack.setCurrentIndex(1 if titles else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Write in the colours of the theme that came."""
        if event.type() is QEvent.Type.PaletteChange:
            self.show_steps(*self._shown)

    def _go(self, item: QListWidgetItem) -> None:
        by = item.data(Qt.ItemDataRole.UserRole)
        if by:
            self.chosen.emit(by)

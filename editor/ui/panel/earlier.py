"""Earlier: a small list of earlier prompts over the prompt bar, with a field to search them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from editor.preferences.prompts import Prompted
from editor.session.prompts import matching
from editor.ui.controls.popup import Popup
from editor.ui.controls.text_field import TextField
from editor.ui.controls.tooltip import describe, plain
from editor.ui.theme import current

_TO_LIST = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}
_TAKE = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ROWS = 8
_LONGEST = 160
"""Characters of a prompt in its row; the tooltip has all of it."""


class Earlier(Popup):
    """A popup; chosen carries the prompt that was taken. Escape or a click beside it closes it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("earlier-prompts", self.tr("Earlier prompts"), parent)
        self._entries: Sequence[Prompted] = ()
        self.search = TextField(
            "earlier-prompts-search",
            self.tr("Search prompts and models"),
            hint=self.tr("Search prompts and models"),
        )
        self.list = QListWidget()
        self.list.setObjectName("earlier-prompts-list")
        describe(self.list, self.tr("Earlier prompts, the newest first"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._take)
        self.search.changed.connect(lambda _: self._fill())
        self.search.installEventFilter(self)
        column = QVBoxLayout(self)
        near = current().sizes.near
        column.setContentsMargins(near, near, near, near)
        column.setSpacing(near)
        column.addWidget(self.search)
        column.addWidget(self.list)

    def offer(self, entries: Sequence[Prompted], over: QWidget) -> None:
        """Show these prompts above a widget, as wide as it is."""
        self._entries = entries
        self.search.show_value("")
        self._fill()
        sizes = current().sizes
        self.setFixedSize(over.width(), (_ROWS + 1) * sizes.row + 3 * sizes.near)
        self.move(over.mapToGlobal(QPoint(0, -self.height() - sizes.small)))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk and take with the keys of the list while the search has the focus."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _TO_LIST:
            self.list.event(event)
            return True
        item = self.list.currentItem()
        if event.key() in _TAKE:
            if item is not None:
                self._take(item)
            return True
        return False

    def _fill(self) -> None:
        self.list.clear()
        for entry in matching(self._entries, self.search.value()):
            line = " ".join(entry.prompt.split())[:_LONGEST]
            item = QListWidgetItem(
                self.tr("{prompt}  ({model})").format(prompt=line, model=entry.model)
            )
            item.setData(Qt.ItemDataRole.UserRole, entry.prompt)
            item.setToolTip(plain(entry.prompt[: 10 * _LONGEST]))
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            item = QListWidgetItem(
                self.tr("No prompt was sent that holds these words")
                if self._entries
                else self.tr("Each prompt that is sent is listed here")
            )
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)

    def _take(self, item: QListWidgetItem) -> None:
        prompt = item.data(Qt.ItemDataRole.UserRole)
        if prompt is not None:
            self.hide()
            self.chosen.emit(prompt)

"""Mentions: references that the prompt speaks of, "@2", marked, and offered while one is typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView

from editor.edits.prompt import mention_places
from editor.ui.controls import paint
from editor.ui.controls.prompt_text import PromptText
from editor.ui.theme import current

_BEGUN = re.compile(r"(?<![\w@])@([0-9]{0,2})$")
_ROWS = 8


class Mentions(QObject):
    """Marks what names a reference, warns of what names none, and completes after "@"."""

    def __init__(self, text: PromptText) -> None:
        super().__init__(text)
        self._text = text
        self._names: tuple[str, ...] = ()
        self._marks = _Marks(text)
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(text)
        self._completer.setMaxVisibleItems(_ROWS)
        self._completer.activated.connect(self._take)
        self._list = QListView()
        self._list.setObjectName("prompt-mentions")
        self._list.setAccessibleName(self.tr("References"))
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._completer.setPopup(self._list)
        text.list = self._list
        text.textChanged.connect(self._offer)

    def show_references(self, names: Sequence[str]) -> None:
        """Know the references by their names, in their order."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self._model.setStringList([f"@{n}  {name}" for n, name in enumerate(names, 1)])
            self._marks.show_count(len(names))

    def _offer(self) -> None:
        """List what goes on from the "@" before the cursor."""
        found = _BEGUN.search(self._before())
        if found is None or not self._names or not self._text.hasFocus():
            self._list.hide()
            return
        self._completer.setCompletionPrefix(found[0])
        place = self._text.cursorRect().translated(self._text.viewport().pos())
        wide = self._list.sizeHintForColumn(0) + 4 * current().sizes.near
        self._completer.complete(place.adjusted(0, 0, wide, 0))
        paint.round_off(self._list)
        self._list.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _before(self) -> str:
        cursor = self._text.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _take(self, entry: str) -> None:
        found = _BEGUN.search(self._before())
        if found is not None:
            cursor, back = self._text.textCursor(), QTextCursor.MoveOperation.Left
            cursor.movePosition(back, QTextCursor.MoveMode.KeepAnchor, len(found[0]))
            cursor.insertText(entry.split()[0] + " ")


class _Marks(QSyntaxHighlighter):
    """Draws mentions in the colour of links, or of warnings where there is no such reference."""

    def __init__(self, text: PromptText) -> None:
        super().__init__(text.document())
        self._text = text
        self._count = 0

    def show_count(self, count: int) -> None:
        """Know how many references there are."""
        self._count = count
        blocked = self._text.blockSignals(True)  # colours are no typing
        self.rehighlight()
        self._text.blockSignals(blocked)

    def highlightBlock(self, text: str) -> None:
        for number, start, end in mention_places(text):
            marked = QTextCharFormat()
            colours = current().colours
            there = 1 <= number <= self._count
            marked.setForeground(colours.accent if there else colours.warn)
            marked.setFontWeight(QFont.Weight.DemiBold)
            self.setFormat(start, end - start, marked)

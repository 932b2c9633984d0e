"""PromptText: the growing text of the prompt bar, with its keys and its history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from editor.ui.controls.growing_text import GrowingText
from editor.ui.theme import current

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OF_A_WORD = (*_ENTER, Qt.Key.Key_Escape)
_FOR_A_LIST = (*_ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_WALK = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class PromptText(GrowingText):
    """Pictures that are pasted go to the window.

    list: one over the text, which takes Enter, Tab and Escape while it is open.
    """

    sent = Signal()
    left = Signal()
    picture_pasted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name, current().sizes.prompt - 8)
        self.setAccessibleName(self.tr("Prompt"))
        self.list: QWidget | None = None
        self._history: tuple[str, ...] = ()
        self._at = 0
        self._draft = ""
        self._recalling = False
        self.textChanged.connect(self._typed)

    def set_history(self, prompts: Sequence[str]) -> None:
        """Offer these earlier prompts, the oldest first."""
        self._history = tuple(prompts)
        self._at = len(self._history)

    @property
    def composing(self) -> bool:
        """Whether an input method is at a word that is not in the text yet."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def event(self, event: QEvent) -> bool:
        """Keep Enter from the menus while a word is composed: it would be sent without it."""
        wanted = event.type() is QEvent.Type.ShortcutOverride and self.composing
        if wanted and isinstance(event, QKeyEvent) and event.key() in _OF_A_WORD:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OF_A_WORD and self.composing:
            return  # an input method that lets it through means the word, not us
        listed = self.list is not None and self.list.isVisible()
        if listed and event.key() in _FOR_A_LIST:
            event.ignore()  # the list over the text takes them
        elif event.key() in _ENTER:
            self._enter(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _WALK and event.modifiers() & _ALT:
            self._walk(_WALK[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText() and not source.hasUrls() and not source.hasImage():
            self.insertPlainText(source.text())
        else:
            self.picture_pasted.emit()

    def _enter(self, event: QKeyEvent) -> None:
        if event.modifiers() & _CONTROL:
            self.sent.emit()
        elif self.toPlainText() and not event.isAutoRepeat():
            self.insertPlainText("\n")

    def _walk(self, by: int) -> None:
        """Go to an older or newer prompt, as far as there are any; the draft is the newest."""
        at = self._at + by
        if 0 <= at <= len(self._history):
            self._recall(at)

    def _typed(self) -> None:
        """A prompt that was recalled and then changed is the draft from now on."""
        if not self._recalling:
            self._at = len(self._history)

    def _recalled(self) -> bool:
        return self._at < len(self._history)

    def _recall(self, at: int) -> None:
        if not self._recalled():
            self._draft = self.toPlainText()
        self._at, self._recalling = at, True
        self.setPlainText(self._history[at] if self._recalled() else self._draft)
        self._recalling = False
        self.moveCursor(QTextCursor.MoveOperation.End)

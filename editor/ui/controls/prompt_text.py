"""PromptText: the growing plain text of the prompt bar, with its keys and its history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from editor.ui.theme import current

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OF_A_WORD = (*_ENTER, Qt.Key.Key_Escape)
_FOR_A_LIST = (*_ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_WALK = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class PromptText(QPlainTextEdit):
    """One to five lines, then it scrolls. Pictures that are pasted go to the window.

    list: one over the text, which takes Enter, Tab and Escape while it is open.
    """

    sent = Signal()
    left = Signal()
    picture_pasted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Prompt"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)  # files belong to the window, not into the words
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.list: QWidget | None = None
        self._history: tuple[str, ...] = ()
        self._at = 0
        self._draft = ""
        self._recalling = False
        self._fitting = False
        self.textChanged.connect(self.fit)
        self.textChanged.connect(self._typed)
        self.fit()

    def set_history(self, prompts: Sequence[str]) -> None:
        """Offer these earlier prompts, the oldest first."""
        self._history = tuple(prompts)
        self._at = len(self._history)

    def fit(self) -> None:
        """Take as many lines as the words need, one to five."""
        if self._fitting:  # a scroll bar that comes is a resize of its own
            return
        self._fitting = True
        lines = 0
        block = self.document().firstBlock()
        while block.isValid():
            self.document().documentLayout().blockBoundingRect(block)  # breaks it into lines
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        most = current().sizes.prompt_lines
        pitch = QFontMetrics(self.font()).lineSpacing()
        several = min(max(lines, 1), most)
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if lines > most
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        around = current().sizes.prompt - 8 - pitch  # centred on the button while it is one line
        aside = current().sizes.small if lines > most else 0
        self.setViewportMargins(0, around // 2, aside, around - around // 2)
        self.setFixedHeight(several * pitch + around)
        self._fitting = False

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = event.size()
        if event.oldSize().width() != before.width():
            self.fit()
            now = self.viewport().size()
            if now.width() != before.width():  # Qt tells nobody while it is not shown yet
                super().resizeEvent(QResizeEvent(now, before))

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

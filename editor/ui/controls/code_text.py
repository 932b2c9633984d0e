"""CodeText: text in lines with numbers, and beside each line what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from editor.ui.controls import paint
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

_PAD = 6
"""Logical pixels on both sides of a line's number, and before what is said of a line."""

_LEAST = 220
"""Logical pixels: some lines before and after the one that is written."""


class CodeText(QPlainTextEdit):
    """Plain text that keeps its lines. `written` carries it as the person changes it."""

    written = Signal(str)

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._label = label
        describe(self, label)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(_LEAST)
        self.setTabChangesFocus(True)
        self.setFont(_fixed())
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # code is, in every language
        self._wrong: Mapping[int, str] = {}
        self._silent = False
        self._gutter = _Gutter(self)
        self._remarks = _Remarks(self.document())
        self.blockCountChanged.connect(lambda _: self._fit())
        self.updateRequest.connect(lambda *_: self._gutter.update())
        self.textChanged.connect(self._report)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show another text without reporting it."""
        if text != self.toPlainText():
            self._silent = True
            self.setPlainText(text)
            self._silent = False

    def show_wrong(self, wrong: Mapping[int, str]) -> None:
        """Say beside these lines, numbered from 1, what is wrong with them."""
        self._wrong = dict(wrong)
        self.setAccessibleDescription("\n".join(self._wrong.values()))
        self._gutter.update()
        self.viewport().update()

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self, self._label, reason=reason)

    def go_to(self, line: int) -> None:
        """Put the cursor into a line, numbered from 1, and show it."""
        block = self.document().findBlockByNumber(max(line - 1, 0))
        cursor = self.textCursor()
        cursor.setPosition(block.position())
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        return QSize(240, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if self.hasFocus():
            self.ensureCursorVisible()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer nothing: Qt's own menu brings its own words and runs a loop of its own."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colours.field)
        for number, block, row in self.rows():
            if number in self._wrong:
                painter.fillRect(row, theme.colours.hover)
                self._paint_wrong(painter, number, block, row)
        painter.end()
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            paint.ring(painter, self.viewport().rect())

    def rows(self) -> list[tuple[int, QTextBlock, QRect]]:
        """Each line that is seen: its number from 1, and where it is in the viewport."""
        found, block = [], self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > self.viewport().height():
                break
            row = QRect(0, round(place.top()), self.viewport().width(), round(place.height()))
            found.append((block.blockNumber() + 1, block, row))
            block = block.next()
        return found

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._remarks.rehighlight()

    def _paint_wrong(self, painter: QPainter, number: int, block: QTextBlock, row: QRect) -> None:
        """Write behind the words of a line; behind the last of them where it is wrapped."""
        theme, layout = current(), block.layout()
        last = layout.lineAt(layout.lineCount() - 1)
        after = round(self.contentOffset().x() + last.naturalTextWidth()) + 3 * _PAD
        line = QRect(0, row.top() + round(last.y()), row.width(), round(last.height()))
        room = line.adjusted(after, 0, -_PAD, 0)
        words, font = self._wrong[number], theme.font("label")
        paint.text(painter, room, words, theme.colours.error, font)

    def _fit(self) -> None:
        wide = self._gutter.sizeHint().width()
        self.setViewportMargins(wide, 0, 0, 0)
        room = self.contentsRect()
        self._gutter.setGeometry(QRect(room.left(), room.top(), wide, room.height()))

    def _report(self) -> None:
        if not self._silent:
            self.written.emit(self.toPlainText())


class _Remarks(QSyntaxHighlighter):
    """Remarks in a quieter colour than what has an effect."""

    def highlightBlock(self, text: str) -> None:
        if text.lstrip().startswith("#"):
            self.setFormat(0, len(text), current().colours.secondary)


class _Gutter(QWidget):
    """The numbers of the lines, red where something is wrong."""

    def __init__(self, text: CodeText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        digits = "0" * max(len(str(self._text.blockCount())), 2)
        wide = QFontMetrics(current().font("hud")).horizontalAdvance(digits)
        return QSize(wide + 2 * _PAD, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colours.panel)
        line = self._text.fontMetrics().lineSpacing()
        wrong = self._text._wrong  # noqa: SLF001 - the two are one control in one file
        for number, _, row in self._text.rows():
            colour = theme.colours.error if number in wrong else theme.colours.secondary
            place = QRect(0, row.top(), self.width() - _PAD, min(row.height(), line))
            paint.text(painter, place, str(number), colour, theme.font("hud"), paint.END)


def _fixed() -> QFont:
    """The system's face of even width, in the size of labels."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(current().type.label)
    return font

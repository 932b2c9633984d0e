"""GrowingText: plain text that takes as many lines as it has words for, up to five."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from editor.ui.theme import current


class GrowingText(QPlainTextEdit):
    """Transparent, without a frame; beyond five lines it scrolls.

    least: its height with one line, in the middle of which that stands, in logical pixels.
    """

    def __init__(self, name: str, least: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)  # files belong to the window, not into the words
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        # Spaces at the end of a wrapped line count as its width: where words run from right to
        # left, Qt scrolls by as much and cuts the words off. Nothing is ever beside the view.
        bar = self.horizontalScrollBar()
        bar.rangeChanged.connect(lambda *_: bar.setRange(0, 0))
        self._least = least
        self._fitting = False
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take as many lines as the words need, one to five."""
        if self._fitting:  # a scroll bar that comes is a resize of its own
            return
        self._fitting = True
        self._begin_at_its_side()
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
        around = self._least - pitch
        aside = current().sizes.small if lines > most else 0
        self.setViewportMargins(0, around // 2, aside, around - around // 2)
        self.setFixedHeight(several * pitch + around)
        self._fitting = False

    def _begin_at_its_side(self) -> None:
        """Let words that run from right to left begin at the right; the first paragraph decides."""
        mirrored = self.document().firstBlock().textDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        option = self.document().defaultTextOption()
        if option.alignment() != side:
            option.setAlignment(side)
            self.document().setDefaultTextOption(option)

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

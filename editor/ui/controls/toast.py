"""Toasts: news at the bottom left of the stage, which go by themselves unless they are errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.controls.button import Button
from editor.ui.controls.drag_out import DragButton
from editor.ui.controls.icon_button import IconButton
from editor.ui.controls.message import Tone
from editor.ui.language import bound
from editor.ui.theme import current

STAY = 4000
"""Milliseconds: long enough to read two lines, short enough not to be waited for."""

MOST = 3
"""More than this at once is noise; the oldest news gives way, errors last."""

_LEFT = 36
"""Logical pixels left of the words, for the icon."""

_ICONS = {"quiet": "info", "ok": "ok", "warn": "warning", "error": "error"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to do about the news. id: reported when clicked. label: translated.

    file: what a handle hands over when it is dragged; other offers have none.
    """

    id: str
    label: str
    file: Path | None = None


class Toast(QWidget):
    """One piece of news. An error stays until it is closed; `done` says that it may go.

    `grew` says that it has another height.
    """

    acted = Signal(str)
    done = Signal()
    grew = Signal()

    def __init__(
        self,
        name: str,
        words: str,
        tone: Tone = "quiet",
        offers: Sequence[Offer] = (),
        details: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.words, self.tone = words, tone
        self._details = details
        self.setFixedWidth(current().sizes.toast)
        self.setAccessibleName(words)
        label = _plain(f"{name}-words", words)
        label.setContentsMargins(*paint.sides(self, 4, 3, 0, 3))
        close = IconButton(f"{name}-close", "close", self.tr("Close"), look="small")
        close.clicked.connect(self.done)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(label, 1)
        first.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(*paint.sides(self, _LEFT, 8, 8, 8))
        column.setSpacing(0)
        column.addLayout(first)
        self._more = _plain(f"{name}-more", bound(details))
        self._more.setProperty("role", "quiet")
        self._more.setContentsMargins(*paint.sides(self, 4, 0, 0, 3))
        self._more.hide()
        column.addWidget(self._more)
        column.addLayout(self._actions(name, offers))
        self._timer = QTimer(self, singleShot=True, interval=STAY)
        self._timer.timeout.connect(self.done)

    def sizeHint(self) -> QSize:
        wide = self.width()
        return QSize(wide, self.heightForWidth(wide))

    @property
    def lasting(self) -> bool:
        """Whether it waits for the person: errors do."""
        return self.tone == "error"

    def start(self) -> None:
        """Let the time run, unless this one stays."""
        if not self.lasting:
            self._timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        painter = QPainter(self)
        paint.body(painter, self.rect(), colours.raised, colours.hairline)
        tone = colours.secondary if self.tone == "quiet" else colours.named(self.tone)
        icons.paint(painter, _ICONS[self.tone], paint.mirrored(self, QRect(10, 9, 20, 20)), tone)

    def _actions(self, name: str, offers: Sequence[Offer]) -> QVBoxLayout:
        """The links in as many rows as they need."""
        rows, gap = QVBoxLayout(), current().sizes.near
        rows.setSpacing(0)
        room, used = current().sizes.toast - _LEFT - gap, current().sizes.toast
        for button in self._links(name, offers):
            button.ensurePolished()
            wide = button.sizeHint().width()
            if used + wide > room:
                row, used = QHBoxLayout(), 0
                row.setSpacing(gap)
                row.addStretch(1)
                rows.addLayout(row)
            row.insertWidget(row.count() - 1, button)
            used += wide + gap
        return rows

    def _links(self, name: str, offers: Sequence[Offer]) -> Iterator[QPushButton]:
        for offer in offers:
            button = (
                DragButton(f"{name}-{offer.id}", offer.label, offer.file)
                if offer.file
                else Button(f"{name}-{offer.id}", offer.label, "link")
            )
            button.clicked.connect(lambda _=False, id=offer.id: self.acted.emit(id))
            yield button
        if self._details:
            more = Button(f"{name}-details", self.tr("Details"), "link")
            more.setCheckable(True)
            more.clicked.connect(self._show_details)
            yield more
            copy = Button(f"{name}-copy-details", self.tr("Copy details"), "link")
            copy.clicked.connect(self._copy)
            yield copy

    def _show_details(self, on: bool) -> None:
        self._more.setVisible(on)
        self.grew.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.words}\n\n{self._details}")


def _plain(name: str, words: str) -> QLabel:
    """Words that are nobody's markup."""
    label = QLabel(words)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class Toasts(QWidget):
    """The pile of toasts over a stage; it takes the mouse only where a toast is.

    It keeps itself at the bottom left of its parent. `acted` carries the id of a clicked offer.
    """

    acted = Signal(str)

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self.setObjectName("toasts")
        self._count = 0
        self._margin = current().sizes.apart
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current().sizes.near)
        stage.installEventFilter(self)
        self.hide()

    def tell(self, words: str, tone: Tone = "ok", offers: Sequence[Offer] = ()) -> Toast:
        """Say something that goes by itself after four seconds."""
        return self._add(words, tone, offers, "")

    def fail(self, words: str, details: str = "", offers: Sequence[Offer] = ()) -> Toast:
        """Say what went wrong; it stays. details: foreign words, shown as plain text on request."""
        return self._add(words, "error", offers, details)

    def take_back(self, words: str) -> None:
        """Say this no longer: it is over."""
        for toast in self.shown():
            if toast.words == words:
                self._drop(toast)
        self._place()

    def shown(self) -> list[Toast]:
        """What is said now, the oldest first."""
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Toast)]

    def set_margin(self, below: int) -> None:
        """Keep this far above the bottom of the stage, such as over a prompt bar."""
        self._margin = below
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _add(self, words: str, tone: Tone, offers: Sequence[Offer], details: str) -> Toast:
        for same in self.shown():
            if (same.words, same.tone) == (words, tone):
                self._drop(same)
        self._count += 1
        toast = Toast(f"toast-{self._count}", words, tone, offers, details)
        toast.acted.connect(self.acted)
        toast.done.connect(self._end)
        toast.grew.connect(self._place)
        self._column.addWidget(toast)
        shown = self.shown()
        for old in sorted(shown[:-1], key=lambda one: one.lasting)[: max(0, len(shown) - MOST)]:
            self._drop(old)
        toast.start()
        self._place()
        return toast

    def _end(self) -> None:
        toast = self.sender()
        if isinstance(toast, Toast):
            self._drop(toast)
            self._place()

    def _drop(self, toast: Toast) -> None:
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()

    def _place(self) -> None:
        stage = self.parentWidget()
        if stage is None or not self.shown():
            self.hide()
            return
        self._column.activate()
        wide = max(toast.sizeHint().width() for toast in self.shown())
        # A hint of the column does not know how high wrapped words are at this width.
        heights = [toast.heightForWidth(wide) for toast in self.shown()]
        size = QSize(wide, sum(heights) + self._column.spacing() * (len(heights) - 1))
        side = current().sizes.apart
        at = QPoint(side, stage.height() - self._margin - size.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            at.setX(stage.width() - side - size.width())
        self.setGeometry(QRect(at, size))
        self.show()
        self.raise_()

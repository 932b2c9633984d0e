"""WhatGetsSent: pictures, mask, fields, bytes and host of the next edit, in a window beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.ui.controls import paint
from editor.ui.controls.button import Button
from editor.ui.controls.combo import Combo
from editor.ui.controls.message import Message
from editor.ui.controls.option import Option
from editor.ui.language import amount, label, megabytes
from editor.ui.theme import current

if TYPE_CHECKING:
    from editor.session.outgoing import Outgoing

WIDE, HIGH = 520, 560
"""Logical pixels: four small pictures side by side, and most fields without scrolling."""

SMALL = QSize(112, 84)
"""Logical pixels of a picture, as in the strip."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A request with its pictures made small: how each is called, and what it looks like."""

    outgoing: Outgoing
    pictures: tuple[tuple[str, QImage], ...]


class WhatGetsSent(QDialog):
    """Shows requests; copied and saved carry the Outgoing that is shown."""

    copied = Signal(object)
    saved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("what-gets-sent")
        self.setWindowTitle(self.tr("What gets sent"))
        self.setAccessibleName(self.tr("What gets sent"))
        self._shown: Sequence[Shown] = ()
        self._at = 0
        self._model = Combo("sent-model", self.tr("Model"))
        self._model.chosen.connect(lambda value: self._show_one(int(value)))
        self._said = Message("sent-said")
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setObjectName("sent-scroll")
        scroll.setAccessibleName(self.tr("Pictures and fields"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._body)
        sizes = current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.apart, sizes.apart, sizes.apart, sizes.apart)
        column.setSpacing(sizes.near)
        column.addWidget(self._model)
        column.addWidget(self._said)
        column.addWidget(scroll, 1)
        column.addLayout(self._buttons())
        self.resize(WIDE, HIGH)
        self.show_nothing(self.tr("Nothing would be sent."))

    def show_nothing(self, words: str) -> None:
        """Say why there is nothing to show."""
        self._shown = ()
        self._model.hide()
        self._said.show_words(words)
        self._fill(QWidget())
        for button in (self._copy, self._save):
            button.set_off(words)

    def show_requests(self, shown: Sequence[Shown]) -> None:
        """Show these, one for each model; the one that was looked at stays."""
        self._shown = shown
        options = [Option(str(at), label(one.outgoing.model.label)) for at, one in enumerate(shown)]
        self._model.show_options(options)
        self._model.setVisible(len(shown) > 1)
        for button in (self._copy, self._save):
            button.set_off("")
        self._show_one(min(self._at, len(shown) - 1))

    def _show_one(self, at: int) -> None:
        self._at = at
        self._model.show_value(str(at))
        one = self._shown[at]
        self._said.show_words(amount(one.outgoing))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, current().sizes.near, 0, 0)
        column.setSpacing(current().sizes.far)
        column.addWidget(self._pictures(one))
        column.addWidget(self._fields(one.outgoing.fields))
        column.addStretch(1)
        self._fill(inner)

    def _fill(self, inner: QWidget) -> None:
        while item := self._column.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self._column.addWidget(inner)

    def _pictures(self, one: Shown) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(current().sizes.apart)
        grid.setColumnStretch(4, 1)
        for at, (piece, (name, image)) in enumerate(
            zip(one.outgoing.pieces, one.pictures, strict=True)
        ):
            cell = QWidget()
            lines = QVBoxLayout(cell)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(2)
            lines.addWidget(_thumb(image, name))
            lines.addWidget(_line(name))
            for fact in (image.text("size"), megabytes(len(piece.data))):
                lines.addWidget(_line(fact, quiet=True))
            grid.addWidget(cell, at // 4, at % 4)
        return holder

    def _fields(self, fields: Sequence[tuple[str, str]]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(current().sizes.apart)
        grid.setVerticalSpacing(current().sizes.small)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, value) in enumerate(fields):
            words = _line(value)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(_line(name, quiet=True), row, 0, top)
            grid.addWidget(words, row, 1, top)
        return holder

    def _buttons(self) -> QHBoxLayout:
        self._copy = Button("sent-copy", self.tr("Copy cURL"), icon="copy")
        self._copy.describe(self.tr("Copy the request as a command for curl, without the key"))
        self._copy.clicked.connect(lambda: self.copied.emit(self._now()))
        self._save = Button("sent-save", self.tr("Save its files…"))
        self._save.describe(self.tr("Save the pictures that the command reads into a folder"))
        self._save.clicked.connect(lambda: self.saved.emit(self._now()))
        close = Button("sent-close", self.tr("Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(current().sizes.near)
        row.addWidget(self._copy)
        row.addWidget(self._save)
        row.addStretch(1)
        row.addWidget(close)
        for button in (self._copy, self._save, close):
            button.setAutoDefault(False)
        return row

    def _now(self) -> Outgoing:
        return self._shown[self._at].outgoing


def _thumb(image: QImage, name: str) -> QLabel:
    found = QLabel()
    found.setFixedSize(SMALL)
    found.setAlignment(paint.START)
    found.setAccessibleName(name)
    ratio = found.devicePixelRatioF()
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    pixmap = QPixmap.fromImage(image.scaled(SMALL * ratio, keep, smooth))
    pixmap.setDevicePixelRatio(ratio)
    found.setPixmap(pixmap)
    return found


def _line(words: str, *, quiet: bool = False) -> QLabel:
    line = QLabel(words)
    line.setTextFormat(Qt.TextFormat.PlainText)
    if quiet:
        line.setProperty("role", "quiet")
    return line

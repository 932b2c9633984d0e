"""The History list: rounds, strokes, kept edits and slot changes with their times, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QDate,
    QDateTime,
    QEvent,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from editor.ui.controls.message import Message
from editor.ui.controls.tooltip import plain
from editor.ui.theme import current

if TYPE_CHECKING:  # the first window has no history
    from editor.session.chronicle import Row

_Index = QModelIndex | QPersistentModelIndex

_TIME = Qt.ItemDataRole.UserRole + 2
_DIM = Qt.ItemDataRole.UserRole + 4


class HistoryList(QWidget):
    """Shows rows; chosen carries how many steps to go back (negative) or forward.

    round_chosen carries the id of a round, whose answers are wanted; edit_chosen that of a
    kept edit to go back to.
    """

    chosen = Signal(int)
    round_chosen = Signal(str)
    edit_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self._list = QListWidget()
        self._list.setObjectName("history-list")
        self._list.setAccessibleName(self.tr("History"))
        # A click leaves the keyboard where it is: keys go on to mean the picture.
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list.setUniformItemSizes(True)  # or all are measured again for each that comes
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.setItemDelegate(_Lines(self._list))
        self._list.itemActivated.connect(self._go)
        self._list.itemClicked.connect(self._go)
        self._shown: Sequence[Row] = ()
        self._empty = Message("history-empty", self.tr("Each kept edit is listed here"))
        sizes = current().sizes
        self.setContentsMargins(sizes.far, 0, sizes.far, sizes.near)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self.setMinimumHeight(4 * sizes.row)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show everything, oldest first; what was there before is left as it is."""
        pairs = enumerate(zip(self._shown, rows, strict=False))
        least = min(len(self._shown), len(rows))
        same = next((at for at, (before, after) in pairs if before != after), least)
        for _ in range(len(self._shown) - same):
            self._list.takeItem(0)
        for row in rows[same:]:
            self._list.insertItem(0, self._item(row))
        self._shown = rows
        done = [at for at, row in enumerate(rows) if row.done and _is_step(row)]
        self._list.setCurrentRow(len(rows) - 1 - done[-1] if done else -1)
        self._stack.setCurrentIndex(1 if rows else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Write in the colours of the theme that came."""
        if event.type() is QEvent.Type.PaletteChange:
            rows = self._shown
            self.show_rows(())
            self.show_rows(rows)

    def _item(self, row: Row) -> QListWidgetItem:
        item = QListWidgetItem(row.title)
        item.setData(_DIM, not (row.done and row.there))
        item.setForeground(QBrush(_colour(row)))
        about = [row.title, row.plea]
        if row.made is not None:
            about.append(QLocale().toString(_local(row.made)))
            item.setData(_TIME, _when(row.made, QDate.currentDate()))
        if row.edit and not row.there:
            about.append(self.tr("Left behind by undo; click to go back to it"))
        if any(about[1:]):
            item.setToolTip(plain("\n".join(filter(None, about))))
        return item

    def _go(self, item: QListWidgetItem) -> None:
        at = len(self._shown) - 1 - self._list.row(item)
        row = self._shown[at]
        if row.round:
            self.round_chosen.emit(row.round)
        elif row.edit:
            self.edit_chosen.emit(row.edit)
        elif by := self._steps(at) - sum(one.done for one in self._shown if _is_step(one)):
            self.chosen.emit(by)

    def _steps(self, at: int) -> int:
        """How many steps lead to a row."""
        return sum(_is_step(row) for row in self._shown[: at + 1])


def _is_step(row: Row) -> bool:
    """Whether undo can go back to it: a round or an edit left behind is no step."""
    return not (row.round or row.edit)


def _colour(row: Row) -> QColor:
    colours = current().colours
    if not (row.done and row.there):
        return colours.disabled
    return colours.secondary if row.round else colours.text


def _dated(dim: bool) -> QColor:
    return current().colours.disabled if dim else current().colours.secondary


class _Lines(QStyledItemDelegate):
    """Draws when a row was made behind its title, which is cut where the two would meet."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        time = index.data(_TIME)
        if time:
            width = option.fontMetrics.horizontalAdvance(time) + 4 * current().sizes.near
            room = option.rect.width() - width
            option.text = option.fontMetrics.elidedText(
                option.text, Qt.TextElideMode.ElideRight, room
            )

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As wide as the list, however long the title: it is cut, never scrolled."""
        return QSize(1, super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        time = index.data(_TIME)
        if time:
            painter.setPen(_dated(index.data(_DIM)))
            near = current().sizes.near
            place = option.rect.adjusted(near, 0, -near, 0)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, time
            )


def _when(made: datetime, today: QDate) -> str:
    """The time, or the day of what was not done today."""
    when, short = _local(made), QLocale.FormatType.ShortFormat
    if when.date() == today:
        return QLocale().toString(when.time(), short)
    return QLocale().toString(when.date(), short)


def _local(made: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(made.timestamp()))

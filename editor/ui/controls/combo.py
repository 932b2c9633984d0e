"""Combo: one value of many, each with a quiet note or the reason why it is off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyledItemDelegate, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as ItemOption

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.controls.option import Option
from editor.ui.controls.tooltip import describe, plain
from editor.ui.theme import current

_NOTE = Qt.ItemDataRole.UserRole + 1
_PAD, _ARROW = 10, 20
_LEAST = 72
"""Logical pixels: a few letters and the arrow."""


class Combo(QComboBox):
    """Shows one value and reports another by `chosen`; the wheel passes to the panel."""

    chosen = Signal(str)

    def __init__(
        self, name: str, label: str, options: Sequence[Option] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._label = label
        self._wrong = False
        self._opened = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(16)
        self.activated.connect(lambda at: self.chosen.emit(self.itemData(at)))
        describe(self, label)
        self.show_options(options)

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer these entries instead, without reporting."""
        self.clear()
        model = self.model()
        for at, option in enumerate(options):
            self.addItem(option.label, option.value)
            self.setItemData(at, option.note, _NOTE)
            self.setItemData(at, plain(option.off), Qt.ItemDataRole.ToolTipRole)
            if option.off and isinstance(model, QStandardItemModel):
                model.item(at).setEnabled(False)

    def value(self) -> str:
        """The value shown, "" when it is none of the entries."""
        return str(self.currentData() or "")

    def show_value(self, value: str) -> None:
        """Show this value without reporting it."""
        self.setCurrentIndex(self.findData(value))

    def show_wrong(self, wrong: bool) -> None:
        """Mark the value as one that the model refuses."""
        self._wrong = wrong
        self.update()

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self, self._label, reason=reason)

    def sizeHint(self) -> QSize:
        words = [self.itemText(at) for at in range(self.count())]
        widest = max((paint.width_of(label, self.font()) for label in words), default=0)
        return QSize(max(widest + _PAD + _ARROW + 8, _LEAST), current().sizes.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, current().sizes.row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        if not self._opened:
            self._opened = True
            self.setItemDelegate(_Entry(self))  # makes the list, which most never open
        view = self.view()
        widest = max((self._entry_width(at) for at in range(self.count())), default=0)
        view.setMinimumWidth(max(self.width(), widest + 40))
        super().showPopup()
        paint.round_off(view.window())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        colours = theme.colours
        painter = QPainter(self)
        live = self.isEnabled()
        line = colours.outline if live else colours.hairline
        if self._wrong:
            line = colours.error
        hovered = live and self.underMouse()
        paint.body(painter, self.rect(), colours.hover if hovered else colours.field, line)
        room = self.rect().adjusted(_PAD, 0, -_ARROW - 8, 0)
        note = str(self.currentData(_NOTE) or "")
        font = theme.font("label")
        wide = paint.width_of(self.currentText(), self.font())
        if note and wide + 12 + paint.width_of(note, font) <= room.width():
            tone = colours.secondary if live else colours.disabled
            paint.text(painter, paint.mirrored(self, room), note, tone, font, paint.END)
        paint.text(
            painter,
            paint.mirrored(self, room),
            self.currentText(),
            colours.text if live else colours.disabled,
            self.font(),
            paint.START,
        )
        arrow = QRect(self.width() - _ARROW - 4, 0, 16, self.height())
        icons.paint(
            painter,
            "chevron-down",
            paint.mirrored(self, arrow),
            colours.secondary if live else colours.disabled,
        )
        if self.hasFocus():
            paint.ring(painter, self.rect())

    def _entry_width(self, at: int) -> int:
        note = str(self.itemData(at, _NOTE) or "")
        font = current().font("label")
        between = 24 if note else 0
        return paint.width_of(self.itemText(at), self.font()) + between + paint.width_of(note, font)


class _Entry(QStyledItemDelegate):
    """One line of the opened list: a tick for the current one, the label, the note."""

    def sizeHint(self, option: ItemOption, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, current().sizes.row)

    def paint(
        self, painter: QPainter, option: ItemOption, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = current()
        colours = theme.colours
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        live = bool(state & QStyle.StateFlag.State_Enabled)
        if live and state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.selected)
        combo = self.parent()
        colour = colours.text if live else colours.disabled
        if isinstance(combo, Combo) and combo.currentIndex() == index.row():
            tick = QRect(rect.left() + 6, rect.top(), 16, rect.height())
            icons.paint(painter, "ok", tick, colour)
        room = rect.adjusted(28, 0, -_PAD, 0)
        font = theme.font("body")
        paint.text(painter, room, str(index.data()), colour, font)
        paint.text(
            painter,
            room,
            str(index.data(_NOTE) or ""),
            colours.secondary,
            theme.font("label"),
            paint.END,
        )

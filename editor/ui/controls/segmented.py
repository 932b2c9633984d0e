"""Segmented: up to four choices side by side, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from editor.ui.controls import paint
from editor.ui.controls.option import Option
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

MOST = 4
"""More choices than this make a Combo."""

_PAD, _LEAST_PAD = 12, 6


class Segmented(QWidget):
    """Shows one value of a few and reports another by `chosen`.

    Arrow keys move the choice. A value that is none of the options shows no choice.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, label: str, options: Sequence[Option], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._label = label
        describe(self, label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Narrower than minimumSizeHint() words are shortened; rows stack before that.
        self.setMinimumWidth(len(options) * current().sizes.target)
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for option in options:
            segment = _Segment(f"{name}-{option.value}", option)
            segment.clicked.connect(self._report)
            self._group.addButton(segment)
            self._segments[option.value] = segment
            row.addWidget(segment, paint.width_of(option.label, self.font()) + 2 * _PAD)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for every word."""
        wide = sum(segment.minimumSizeHint().width() for segment in self._segments.values())
        return QSize(wide, current().sizes.row)

    def value(self) -> str:
        """The chosen value, "" when none of the options is."""
        chosen = self._group.checkedButton()
        return chosen.option.value if isinstance(chosen, _Segment) else ""

    def show_value(self, value: str) -> None:
        """Show this value as chosen, without reporting it."""
        segment = self._segments.get(value)
        if segment:
            segment.setChecked(True)
            return
        self._group.setExclusive(False)
        for other in self._segments.values():
            other.setChecked(False)
        self._group.setExclusive(True)

    def set_off(self, reason: str) -> None:
        """Switch all of it off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self, self._label, reason=reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        line = colours.outline if self.isEnabled() else colours.hairline
        paint.body(QPainter(self), self.rect(), colours.field, line)

    def _report(self) -> None:
        self.chosen.emit(self.value())


class _Segment(QRadioButton):
    """One choice; the frame around all of them belongs to Segmented."""

    def __init__(self, name: str, option: Option) -> None:
        super().__init__()
        self.option = option
        self.setObjectName(name)
        self.setEnabled(not option.off)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(current().sizes.target)
        describe(self, option.label, reason=option.off or option.note)

    def sizeHint(self) -> QSize:
        return self._size(_PAD)

    def minimumSizeHint(self) -> QSize:
        return self._size(_LEAST_PAD)

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        painter = QPainter(self)
        inner = self.rect().adjusted(2, 2, -2, -2)
        if self.isChecked():
            paint.body(
                painter,
                inner,
                colours.selected if self.isEnabled() else colours.hover,
                colours.accent if self.isEnabled() else None,
            )
        elif self.isEnabled() and (self.underMouse() or self.isDown()):
            paint.body(painter, inner, colours.pressed if self.isDown() else colours.hover)
        colour = colours.text if self.isChecked() else colours.secondary
        if not self.isEnabled():
            colour = colours.disabled
        paint.text(
            painter,
            self.rect().adjusted(3, 0, -3, 0),
            self.option.label,
            colour,
            self.font(),
            Qt.AlignmentFlag.AlignCenter,
        )
        if self.hasFocus():
            paint.ring(painter, self.rect())

    def _size(self, pad: int) -> QSize:
        width = paint.width_of(self.option.label, self.font()) + 2 * pad
        return QSize(max(width, current().sizes.target), current().sizes.row)

"""ExtentControl: the size that is asked for, by name, from a list, or typed."""

from __future__ import annotations

from math import gcd
from typing import assert_never

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from editor.capability.field import AUTO, Extent, parsed_size, written_size
from editor.capability.limits import Anything, Fixed, Free, SizeRule, legal
from editor.imaging.geometry import Size
from editor.ui.controls.combo import Combo
from editor.ui.controls.option import Option
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber, Span
from editor.ui.language import by
from editor.ui.theme import current

_OWN = "own"
_USUAL = (
    Size(1024, 1024),
    Size(1536, 1024),
    Size(1024, 1536),
    Size(2048, 2048),
    Size(2048, 1152),
    Size(1152, 2048),
    Size(2880, 2880),
    Size(3840, 2160),
    Size(2160, 3840),
)
"""Sizes that models are usually asked for; those that the rule forbids are left out."""

_FIRST = 1024
"""Both sides of one's own size before there is another."""

_LARGEST = 16_384
"""Larger sides are typing mistakes; smaller illegal ones get an offer from the rule."""


class ExtentControl(QWidget):
    """Shows "auto" or "1536x1024" and reports another by `changed`.

    Under a free rule a size of one's own can be typed; an illegal one is reported as it is,
    because the nearest legal size is offered beside it.
    """

    changed = Signal(str)

    def __init__(self, name: str, label: str, field: Extent) -> None:
        super().__init__()
        self.setObjectName(name)
        self._value = field.default
        self._own = False
        self._list = Combo(f"{name}-list", label, self._options(field))
        self._list.chosen.connect(self._choose)
        self._width = self._side(f"{name}-width", self.tr("Width"), field.rule)
        self._height = self._side(f"{name}-height", self.tr("Height"), field.rule)
        self._sides = self._both()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().sizes.small)
        column.addWidget(self._list)
        column.addWidget(self._sides)
        self.setFocusProxy(self._list)
        self.show_value(field.default)

    def value(self) -> str:
        """The size shown, as settings write it."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show a size without reporting it."""
        self._value = value
        size = parsed_size(value)
        listed = self._list.findData(value) >= 0
        self._own = size is not None and (not listed or self._own)
        self._list.show_value(_OWN if self._own else value)
        self._sides.setVisible(self._own)
        self.updateGeometry()
        if size:
            self._width.show_value(size.width)
            self._height.show_value(size.height)

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; "" switches it on."""
        for part in (self._list, self._width, self._height):
            part.set_off(reason)

    def minimumSizeHint(self) -> QSize:
        wide = self._sides.minimumSizeHint().width() if self._own else 140
        return QSize(wide, super().minimumSizeHint().height())

    def _options(self, field: Extent) -> list[Option]:
        auto = Option(AUTO, self.tr("Auto"), self.tr("from the frame"))
        rule = field.rule
        match rule:
            case Fixed(sizes):
                return [auto, *map(_option, sizes)]
            case Free() | Anything():
                named = [size for text in field.usual if (size := parsed_size(text))]
                usual = [_option(size) for size in named or _USUAL if not legal(rule, size)]
                return [auto, *usual, Option(_OWN, self.tr("Own size"))]
            case _:
                assert_never(rule)

    def _side(self, name: str, label: str, rule: SizeRule) -> ScrubNumber:
        step = rule.multiple if isinstance(rule, Free) else 1
        number = ScrubNumber(name, label, Span(1, _LARGEST, step))
        number.show_value(_FIRST)
        number.changed.connect(self._typed)
        return number

    def _both(self) -> QWidget:
        sides = QWidget()
        row = QHBoxLayout(sides)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().sizes.small)
        for words, number in ((self.tr("W"), self._width), (self.tr("H"), self._height)):
            label = ScrubLabel(words, number)
            label.setProperty("role", "label")
            row.addWidget(label)
            row.addWidget(number, 1)
        return sides

    def _choose(self, value: str) -> None:
        self._own = value == _OWN
        if self._own:
            self._typed()
        else:
            self._report(value)

    def _typed(self) -> None:
        self._report(written_size(Size(round(self._width.value()), round(self._height.value()))))

    def _report(self, value: str) -> None:
        self.show_value(value)
        self.changed.emit(value)


def _option(size: Size) -> Option:
    common = gcd(*size)
    return Option(
        written_size(size),
        by(*size),
        f"{size.width // common}:{size.height // common}",
    )

"""Chip: numbers on a dark rounded ground, legible on any picture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QPainter

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.theme import current

_PAD, _HIGH, _ICON, _GAP = 8, 22, 14, 5


def paint_chip(
    painter: QPainter, at: QPoint, words: str, icon: str = "", colour: QColor | None = None
) -> QRect:
    """Draw a chip with its top left corner here; the rectangle it took, to place the next.

    For a widget that draws its own numbers, as the canvas does. colour: of the icon.
    """
    theme = current()
    rect = QRect(at, chip_size(words, icon))
    paint.body(painter, rect, theme.colours.chip)
    left = _PAD
    if icon:
        side = QRect(rect.left() + 6, rect.top(), _ICON, rect.height())
        icons.paint(painter, icon, side, colour or theme.colours.on_chip)
        left = 6 + _ICON + _GAP
    room = rect.adjusted(left, 0, -_PAD + 2, 0)
    paint.text(painter, room, words, theme.colours.on_chip, theme.font("label"))
    return rect


def chip_size(words: str, icon: str = "") -> QSize:
    """How large a chip with these words is."""
    font = current().font("label")
    left = 6 + _ICON + _GAP if icon else _PAD
    return QSize(left + paint.width_of(words, font) + _PAD, _HIGH)

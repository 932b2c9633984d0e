"""Shapes that every control shares: the rounded body, the focus ring, one line of text."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import (
    QBitmap,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QStyle, QWidget

from editor.ui.theme import current

RING = 2.0
"""Logical pixels: the width of the accent line around what has the keyboard."""

START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
"""Where a line begins; Qt turns it round in right-to-left languages, as it does END."""

END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def body(
    painter: QPainter,
    rect: QRect,
    fill: QColor | None,
    line: QColor | None = None,
    width: float = 1.0,
) -> None:
    """Draw a rounded rectangle; its line lies inside the rectangle, sharp at every ratio."""
    radius = current().sizes.radius
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
    inset = width / 2 if line else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def ring(painter: QPainter, rect: QRect) -> None:
    """Draw the focus ring on the edge of a rectangle."""
    body(painter, rect, None, current().colours.accent, RING)


def field(
    painter: QPainter, rect: QRect, line: QColor | None = None, *, focused: bool = False
) -> None:
    """Draw what is written into; line: of another colour than usual."""
    colours = current().colours
    body(painter, rect, colours.field, line or colours.outline)
    if focused:
        ring(painter, rect)


def outside(painter: QPainter, rect: QRect, fill: QColor) -> None:
    """Cover the corners of a rectangle that are outside of a body of its size."""
    radius = current().sizes.radius
    corners = QPainterPath()
    corners.addRect(QRectF(rect))
    corners.addRoundedRect(QRectF(rect), radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(corners, fill)


def round_off(window: QWidget) -> None:
    """Cut a window without a frame where a body of its size ends.

    A mask needs nobody who blends windows, and whoever does blend them heeds it as well.
    """
    radius = current().sizes.radius
    shape = QBitmap(window.size())
    shape.clear()
    painter = QPainter(shape)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.color1)
    painter.drawRoundedRect(window.rect(), radius, radius)
    painter.end()
    window.setMask(shape)


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    colour: QColor,
    font: QFont,
    align: Qt.AlignmentFlag = START,
) -> None:
    """Draw one line of plain text, shortened at its end where it does not fit."""
    painter.setFont(font)
    painter.setPen(colour)
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(words) > rect.width():
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, words)


def paragraph(painter: QPainter, rect: QRect, words: str, colour: QColor, font: QFont) -> None:
    """Draw centred plain text over as many lines as fit, the last one shortened."""
    painter.setPen(colour)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    layout = QTextLayout(words, font)
    layout.beginLayout()
    top = rect.top()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(rect.width())
        row = QRect(rect.left(), top, rect.width(), metrics.lineSpacing())
        top += row.height()
        last = top + row.height() > rect.bottom() + 1
        part = words[line.textStart() :] if last else _part(words, line)
        shown = metrics.elidedText(part.strip(), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)
        if last:
            break
    layout.endLayout()


def _part(words: str, line: QTextLine) -> str:
    return words[line.textStart() : line.textStart() + line.textLength()]


def width_of(words: str, font: QFont) -> int:
    """How wide one line is, in logical pixels."""
    return QFontMetrics(font).horizontalAdvance(words)


def sides(
    widget: QWidget, start: int, top: int, end: int, bottom: int
) -> tuple[int, int, int, int]:
    """Margins for a layout of a widget, which mirrors none by itself."""
    return (end, top, start, bottom) if widget.isRightToLeft() else (start, top, end, bottom)


def mirrored(widget: QWidget, rect: QRect) -> QRect:
    """The rectangle where a right-to-left language wants it."""
    return QStyle.visualRect(widget.layoutDirection(), widget.rect(), rect)

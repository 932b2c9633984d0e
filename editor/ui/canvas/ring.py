"""The brush as a ring of its true size, or as a cross hair, seen on any picture."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRadialGradient, QRegion

SMALL = 8
"""Diameter in logical pixels under which a dot marks the middle."""

FINE = 128
"""Diameter from which only the ring itself is drawn again, not the square around it."""

CELLS = 10
"""Parts across of a large ring's square."""


ARM = 9
"""Logical pixels of an arm of the cross hair, around a middle that stays free."""


class Ring:
    """Where the brush is shown. diameter: logical pixels. hardness: 0.0 to 1.0.

    precise: it is a cross hair. tint: fills the ring as a dab would be, while size and hardness
    are chosen; None otherwise.
    """

    def __init__(self) -> None:
        self.at: QPointF | None = None
        self.diameter = 0.0
        self.precise = False
        self.hardness = 1.0
        self.tint: QColor | None = None

    def square(self) -> QRect:
        """The square around the ring."""
        if self.at is None:
            return QRect()
        reach = ARM + 3 if self.precise else int(self.diameter / 2) + 5
        return QRect(int(self.at.x()) - reach, int(self.at.y()) - reach, 2 * reach, 2 * reach)

    def region(self) -> QRegion:
        """What has to be drawn again when the ring comes or goes."""
        square = self.square()
        whole = self.diameter < FINE or self.precise or self.tint is not None
        if self.at is None or whole:
            return QRegion(square)
        return QRegion(square) - self._hollow(self.diameter / 2 - 4)

    def draw(self, painter: QPainter) -> None:
        """One pixel of white over one of black."""
        if self.at is None:
            return
        if self.precise:
            self._cross(painter, math.floor(self.at.x()), math.floor(self.at.y()))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # Through the middles of pixels, else each line is two pixels of half its colour.
        middle = QPointF(math.floor(self.at.x()) + 0.5, math.floor(self.at.y()) + 0.5)
        radius = max(round(self.diameter / 2), 1)
        if self.tint is not None:
            self._fill(painter, middle, radius, self.tint)
        for pen, more in ((Qt.GlobalColor.black, 1), (Qt.GlobalColor.white, 0)):
            painter.setPen(QPen(pen, 1))
            painter.drawEllipse(middle, radius + more, radius + more)
        if self.diameter < SMALL:
            painter.setPen(Qt.PenStyle.NoPen)
            for colour, size in ((Qt.GlobalColor.black, 1.5), (Qt.GlobalColor.white, 0.75)):
                painter.setBrush(colour)
                painter.drawEllipse(middle, size, size)

    def _cross(self, painter: QPainter, x: int, y: int) -> None:
        """Four arms towards the pixel that is pointed at, which itself stays free."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for colour, wide in ((Qt.GlobalColor.black, 1), (Qt.GlobalColor.white, 0)):
            for near in (2, -ARM):
                length = ARM - 1
                along = QRect(x + near, y, length, 1).adjusted(-wide, -wide, wide, wide)
                down = QRect(x, y + near, 1, length).adjusted(-wide, -wide, wide, wide)
                painter.fillRect(along, colour)
                painter.fillRect(down, colour)

    def _fill(self, painter: QPainter, middle: QPointF, radius: float, tint: QColor) -> None:
        """Full as far as the brush is hard, then fading to its rim."""
        fade = QRadialGradient(middle, radius)
        fade.setColorAt(min(self.hardness, 0.99), tint)
        fade.setColorAt(1.0, QColor(tint.red(), tint.green(), tint.blue(), 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fade)
        painter.drawEllipse(middle, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _hollow(self, radius: float) -> QRegion:
        """The inside of the ring as a few rectangles that surely miss it."""
        assert self.at is not None
        hollow = QRegion()
        for part in range(1, CELLS):
            high = radius * part / CELLS
            wide = (radius * radius - high * high) ** 0.5
            hollow += QRect(
                int(self.at.x() - wide) + 1,
                int(self.at.y() - high) + 1,
                int(2 * wide) - 2,
                int(2 * high) - 2,
            )
        return hollow

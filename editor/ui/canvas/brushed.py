"""Brushed: lines along a rim that stay to be seen until what is found there is on the mask."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from editor.ui.canvas.figure import Place
from editor.ui.theme import current
from editor.ui.viewport import Viewport

ROOM = 4
"""Logical pixels around a line that its soft rim takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Where a brush of this diameter went; all in pixels of the picture."""

    places: Sequence[Place]
    diameter: float


class Brushed:
    """Draws the lines that are still worked on. update hears the rectangle to draw again."""

    def __init__(self, viewport: Viewport, update: Callable[[QRect], None]) -> None:
        self._viewport = viewport
        self._update = update
        self._lines: list[Line] = []

    @property
    def shown(self) -> bool:
        """Whether any line is."""
        return bool(self._lines)

    def show(self, line: Line) -> None:
        """Show a line until it is let go."""
        self._lines.append(line)
        self._update(self._box(line))

    def let_go(self, line: Line) -> None:
        """Show a line no longer; nothing when it is gone already."""
        if line in self._lines:
            self._lines.remove(line)
            self._update(self._box(line))

    def clear(self) -> None:
        """Show none."""
        for line in tuple(self._lines):
            self.let_go(line)

    def draw(self, painter: QPainter) -> None:
        """Every line as it was while it was brushed."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in self._lines:
            painter.setPen(rim_pen(line.diameter * self._viewport.zoom))
            painter.drawPath(self._path(line))
        painter.restore()

    def _path(self, line: Line) -> QPainterPath:
        first, *others = (QPointF(*self._viewport.to_pane(*place)) for place in line.places)
        path = QPainterPath(first)
        for at in others:
            path.lineTo(at)
        return path

    def _box(self, line: Line) -> QRect:
        reach = ROOM + math.ceil(line.diameter * self._viewport.zoom / 2)
        bounds = self._path(line).boundingRect().toAlignedRect()
        return bounds.adjusted(-reach, -reach, reach, reach)


def rim_pen(width: float) -> QPen:
    """What a rim is brushed with. width: logical pixels."""
    colour = QColor(current().colours.accent)
    colour.setAlphaF(0.4)
    round_ends = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(colour, width, Qt.PenStyle.SolidLine, *round_ends)

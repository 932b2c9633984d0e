"""Brushed: lines along a rim that stay to be seen until what is found there is on the mask."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

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
    """Draws the lines that are still worked on. update hears the rectangle to draw again.

    A long wide line takes milliseconds to draw, and a pen may paint meanwhile: what is seen of
    them is kept as a picture until they or the view change.
    """

    def __init__(self, viewport: Viewport, update: Callable[[QRect], None]) -> None:
        self._viewport = viewport
        self._update = update
        self._lines: list[Line] = []
        self._seen: tuple[object, ...] = ()
        self._place = QRect()
        self._picture = QPixmap()

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
        view = self._viewport
        seen = (tuple(self._lines), view.zoom, view.origin, view.ratio, painter.window())
        if seen != self._seen:
            self._seen = seen
            self._keep(painter.window())
        if self._lines:
            painter.drawPixmap(self._place.topLeft(), self._picture)

    def _keep(self, window: QRect) -> None:
        """Draw what is seen of the lines to be shown from now on."""
        place = QRect()
        for line in self._lines:
            place |= self._box(line)
        self._place, ratio = place & window, self._viewport.ratio
        self._picture = QPixmap(self._place.size() * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        if self._picture.isNull():
            return
        with QPainter(self._picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-self._place.topLeft())
            for line in self._lines:
                painter.setPen(rim_pen(line.diameter * self._viewport.zoom))
                painter.drawPath(self._path(line))

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

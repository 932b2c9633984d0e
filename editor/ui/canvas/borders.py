"""Borders on the canvas: two lines, where the sent mask ends and where the blend mask does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from editor.ui.theme import current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.session.bordering import Borders, Line

CASING = QColor(0, 0, 0, 140)
"""Under each line, so that it is seen on any picture."""


def tones() -> dict[str, QColor]:
    """The colour of each line, by the mask it belongs to."""
    colours = current().colours
    return {"sent": colours.accent, "blend": colours.warn}


class BorderLines:
    """Draws the lines of the last Borders.

    say: puts words on the chip of a line; update: asks the canvas to draw all of itself.
    """

    def __init__(
        self, viewport: Viewport, say: Callable[[str, str], None], update: Callable[[], None]
    ) -> None:
        self._viewport = viewport
        self._say = say
        self._update = update
        self._paths: dict[str, QPainterPath] = {}

    def show(self, borders: Borders | None, words: Mapping[str, str]) -> None:
        """Draw these from now on, None draws nothing. words: what each of the lines is."""
        self._paths = {}
        if borders is not None:
            lines = {"blend": borders.blend, "sent": borders.sent}
            self._paths = {name: _path(line) for name, line in lines.items() if line}
        for name in tones():
            self._say(name, words[name] if name in self._paths else "")
        self._update()

    def draw(self, painter: QPainter, rect: QRect) -> None:
        """Draw what of them lies in a rectangle of the pane."""
        if not self._paths:
            return
        left, top = self._viewport.origin
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(left, top)
        painter.scale(self._viewport.zoom, self._viewport.zoom)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, path in self._paths.items():
            for colour, width in ((CASING, 3.0), (tones()[name], 1.5)):
                pen = QPen(colour, width)
                pen.setCosmetic(True)
                painter.setPen(pen)
                painter.drawPath(path)
        painter.restore()


def _path(lines: Sequence[Line]) -> QPainterPath:
    path = QPainterPath()
    for line in lines:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))
        path.closeSubpath()
    return path

"""The rim of the mask as a two-tone line, measured once and drawn many times."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLine, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygon

from editor.imaging.geometry import Rect
from editor.ui.picture import SHARP
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    import numpy as np
    from numpy.typing import NDArray

    from editor.ui.canvas.overlay import MaskOverlay

PIECE = 64
"""Points of a line that are drawn or left out together."""

DASH = (4.0, 4.0)
"""Logical pixels of light, and of dark between."""


class _Piece(NamedTuple):
    box: QRect
    line: QPolygon


class Rim:
    """The outline of one mask at one zoom; places are logical pixels from the picture's corner."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._zoom = 0.0
        self._known = Rect(0, 0, 0, 0)

    def forget(self) -> None:
        """Show nothing until it is measured again."""
        self._pieces, self._zoom = [], 0.0

    def box(self, viewport: Viewport) -> QRect:
        """Where it was drawn, in the pane."""
        if self._zoom != viewport.zoom:
            return QRect()
        box = QRect()
        for piece in self._pieces:
            box |= piece.box
        left, top = map(round, viewport.origin)
        return box.translated(left, top).adjusted(-1, -1, 1, 1)

    def holds(self, viewport: Viewport, seen: Rect) -> bool:
        """Whether what was measured covers a part of the picture at this zoom."""
        known = self._known
        return self._zoom == viewport.zoom and known.joined(seen) == known

    def measure(self, mask: MaskOverlay, viewport: Viewport, seen: Rect) -> None:
        """Find the rim around a part of the picture, with room to pan."""
        room = max(seen.size) // 2
        self._zoom, self._known = viewport.zoom, seen.grown(room)
        self._pieces = []
        box = Rect(
            *map(max, seen.grown(room)[:2], mask.plane.box[:2]),
            *map(min, seen.grown(room)[2:], mask.plane.box[2:]),
        )
        if box.empty:
            return
        if viewport.zoom * viewport.ratio >= SHARP:
            self._take_edges(mask, viewport, box)
        else:
            self._take_outline(mask, viewport, box)

    def draw(self, painter: QPainter, rect: QRect, viewport: Viewport) -> None:
        """Draw what of the rim lies in a rectangle of the pane."""
        if self._zoom != viewport.zoom or not self._pieces:
            return
        left, top = map(round, viewport.origin)
        part = rect.translated(-left, -top).adjusted(-2, -2, 2, 2)
        lines = [piece.line for piece in self._pieces if piece.box.intersects(part)]
        if not lines:
            return
        painter.save()
        painter.setClipRect(rect)
        painter.translate(left, top)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for pen in pens():
            painter.setPen(pen)
            for line in lines:
                painter.drawPolyline(line)
        painter.restore()

    def _take_outline(self, mask: MaskOverlay, viewport: Viewport, box: Rect) -> None:
        import numpy as np

        from editor.mask.outline import outline

        number = mask.pyramid.level_for(viewport.zoom * viewport.ratio)
        step = 2**number
        part = Rect(
            box.left // step, box.top // step, -(-box.right // step), -(-box.bottom // step)
        )
        zoom = viewport.zoom * step
        for line in outline(mask.pyramid.level(number), part.grown(1)):
            places = np.rint((line + 0.5) * zoom - 0.5).astype(int)
            self._cut(np.concatenate([places, places[:1]]))

    def _take_edges(self, mask: MaskOverlay, viewport: Viewport, box: Rect) -> None:
        import numpy as np

        from editor.mask.outline import edges

        places = np.rint(edges(mask.plane.pixels, box.grown(1)) * viewport.zoom).astype(int)
        for x0, y0, x1, y1 in places.tolist():
            line = QPolygon([QPoint(x0, y0), QPoint(x1, y1)])
            self._pieces.append(_Piece(QRect(QPoint(x0, y0), QPoint(x1, y1)), line))

    def _cut(self, places: NDArray[np.int_]) -> None:
        for start in range(0, len(places) - 1, PIECE):
            points = places[start : start + PIECE + 1].tolist()
            line = QPolygon([QPoint(x, y) for x, y in points])
            self._pieces.append(_Piece(line.boundingRect(), line))


def pens(accent: QColor | None = None) -> tuple[QPen, QPen]:
    """Dark, and dashes of light upon it: seen on any picture."""
    dark, light = QPen(Qt.GlobalColor.black, 0), QPen(accent or Qt.GlobalColor.white, 0)
    light.setDashPattern(list(DASH))
    light.setCapStyle(Qt.PenCapStyle.FlatCap)
    return dark, light


def frame_lines(box: Rect, rect: QRect) -> list[QLine]:
    """The sides of a box as far as they cross a rectangle, cut at whole dashes.

    A box can be a hundred thousand pixels wide at high zoom; nobody should count its dashes.
    """
    beat = int(sum(DASH))
    left = max(box.left, box.left + (rect.left() - box.left) // beat * beat)
    top = max(box.top, box.top + (rect.top() - box.top) // beat * beat)
    right, bottom = min(box.right, rect.right() + beat), min(box.bottom, rect.bottom() + beat)
    lines = []
    if left < right:
        lines += [QLine(left, y, right, y) for y in (box.top, box.bottom)]
    if top < bottom:
        lines += [QLine(x, top, x, bottom) for x in (box.left, box.right)]
    return lines

"""The rim of the mask as a two-tone line, measured once and drawn many times."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLine, QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from editor.imaging.geometry import Rect
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    import numpy as np
    from numpy.typing import NDArray

    from editor.ui.canvas.overlay import MaskOverlay

PIECE = 64
"""Lines that are drawn or left out together."""

TILE = 256
"""Logical pixels of the squares by which single edges are put together."""

DASH = 4
"""Logical pixels of light, and of dark between. Qt's own dashes begin anew wherever a line is
clipped, and would not meet those that were drawn before."""


TOLERANCE = 0.7
"""Logical pixels by which the line may be off, to be made of few parts."""

EXACT = 4.0
"""Zoom from which the line follows the borders of pixels; below it runs through the middles of
the outermost painted ones, which nobody can tell there."""


class _Piece(NamedTuple):
    box: QRect
    lines: list[QLine]


class Rim:
    """The outline of one mask at one zoom; places are logical pixels from the picture's corner."""

    def __init__(self) -> None:
        self._dark: list[_Piece] = []
        self._light: list[_Piece] = []
        self._zoom = 0.0
        self._known = Rect(0, 0, 0, 0)

    def forget(self) -> None:
        """Show nothing until it is measured again."""
        self._dark, self._light, self._zoom = [], [], 0.0

    def box(self, viewport: Viewport) -> QRect:
        """Where it was drawn, in the pane."""
        if self._zoom != viewport.zoom or not self._dark:
            return QRect()
        box = QRect()
        for piece in self._dark:
            box |= piece.box
        return box.translated(*map(round, viewport.origin))

    def holds(self, viewport: Viewport, seen: Rect) -> bool:
        """Whether what was measured covers a part of the picture at this zoom."""
        known = self._known
        return self._zoom == viewport.zoom and known.joined(seen) == known

    def measure(self, mask: MaskOverlay, viewport: Viewport, seen: Rect) -> None:
        """Find the rim around a part of the picture, with room to pan."""
        around = seen.grown(max(seen.size) // 4)
        self._zoom, self._known = viewport.zoom, around
        self._dark, self._light = [], []
        painted = mask.plane.box.grown(1)
        box = Rect(*map(max, around[:2], painted[:2]), *map(min, around[2:], painted[2:]))
        if box.empty or mask.plane.is_empty:
            return
        if viewport.zoom * viewport.ratio >= EXACT:
            self._take_edges(mask, viewport, box)
        else:
            self._take_outline(mask, viewport, box)

    def draw(self, painter: QPainter, rect: QRect, viewport: Viewport) -> None:
        """Draw what of the rim lies in a rectangle of the pane."""
        if self._zoom != viewport.zoom or not self._dark:
            return
        left, top = map(round, viewport.origin)
        part = rect.translated(-left, -top)
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.translate(left, top)
        for pieces, tone in (
            (self._dark, Qt.GlobalColor.black),
            (self._light, Qt.GlobalColor.white),
        ):
            painter.setPen(tone)
            for piece in pieces:
                if piece.box.intersects(part):
                    painter.drawLines(piece.lines)
        painter.restore()

    def _take_outline(self, mask: MaskOverlay, viewport: Viewport, box: Rect) -> None:
        import numpy as np

        from editor.mask.outline import outline
        from editor.ui.canvas.dashes import along

        number = mask.pyramid.level_for(viewport.zoom * viewport.ratio)
        step = 2**number
        zoom = viewport.zoom * step
        squares = (square.common(box) for square in mask.plane.rims(step))
        parts = [
            Rect(left // step, top // step, -(-right // step), -(-bottom // step))
            for left, top, right, bottom in squares
        ]
        for line in outline(mask.pyramid.level(number), parts, TOLERANCE / zoom):
            places = (line + 0.5) * zoom - 0.5
            dark = np.rint(np.concatenate([places[:-1], places[1:]], axis=1)).astype(int)
            self._dark += _pieces(dark)
            self._light += _pieces(along(places, DASH))

    def _take_edges(self, mask: MaskOverlay, viewport: Viewport, box: Rect) -> None:
        import numpy as np

        from editor.mask.outline import edges
        from editor.ui.canvas.dashes import across

        dark = np.rint(edges(mask.plane.pixels, box) * viewport.zoom).astype(int)
        tiles = dark[:, :2] // TILE
        dark = dark[np.lexsort((tiles[:, 0], tiles[:, 1]))]
        self._dark = _pieces(dark)
        self._light = _pieces(across(dark, DASH))


def _pieces(lines: NDArray[np.int_]) -> list[_Piece]:
    """Lines (n, 4) x0, y0, x1, y1 in groups that are drawn or left out together."""
    pieces = []
    for start in range(0, len(lines), PIECE):
        part = lines[start : start + PIECE]
        ends = part.reshape(-1, 2)
        corner, other = QPoint(*ends.min(axis=0).tolist()), QPoint(*ends.max(axis=0).tolist())
        box = QRect(corner, other).adjusted(-2, -2, 2, 2)
        pieces.append(_Piece(box, [QLine(*line) for line in part.tolist()]))
    return pieces


def draw_frame(painter: QPainter, box: Rect, rect: QRect) -> None:
    """Draw the two-tone sides of a box, as far as they cross a rectangle of the pane.

    A box can be a hundred thousand pixels wide at high zoom; only dashes in sight are drawn.
    """
    left, right = max(box.left, rect.left()), min(box.right, rect.right())
    top, bottom = max(box.top, rect.top()), min(box.bottom, rect.bottom())
    across = [
        (box.left + at, box.left + at + DASH - 1)
        for at in _beats(left - box.left, right - box.left)
    ]
    down = [
        (box.top + at, box.top + at + DASH - 1) for at in _beats(top - box.top, bottom - box.top)
    ]
    painter.setPen(Qt.GlobalColor.black)
    if left <= right:
        painter.drawLines([QLine(left, y, right, y) for y in (box.top, box.bottom)])
    if top <= bottom:
        painter.drawLines([QLine(x, top, x, bottom) for x in (box.left, box.right)])
    painter.setPen(Qt.GlobalColor.white)
    painter.drawLines(
        [QLine(a, y, min(b, box.right), y) for y in (box.top, box.bottom) for a, b in across]
        + [QLine(x, a, x, min(b, box.bottom)) for x in (box.left, box.right) for a, b in down]
    )


def _beats(first: int, last: int) -> range:
    """Where dashes begin between two distances from a corner."""
    return range(first // (2 * DASH) * (2 * DASH), last + 1, 2 * DASH)

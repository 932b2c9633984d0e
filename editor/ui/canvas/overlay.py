"""The overlay: the mask as a tint, drawn from the memory that the strokes write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QTransform

from editor.imaging.geometry import Rect
from editor.ui.images import levels
from editor.ui.picture import draw_level
from editor.ui.theme import current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.mask.plane import MaskPlane

HATCH = 12
"""Distance of the hatch's lines in logical pixels."""


class MaskOverlay:
    """The tint of one mask. Changing colour or strength is 256 numbers, no pixels."""

    def __init__(self, plane: MaskPlane, colour: QColor, strength: float) -> None:
        from editor.imaging.pyramid import Pyramid

        self.plane = plane
        self.pyramid = Pyramid(plane.pixels)
        self._images: dict[int, QImage] = {}
        self._table: list[int] = []
        self.tint(colour, strength)

    def tint(self, colour: QColor, strength: float) -> None:
        """Show full coverage in this colour, at a strength of 0.0 to 1.0."""
        rgb = colour.rgb() & 0xFFFFFF
        self._table = [(round(level * strength) << 24) | rgb for level in range(256)]
        for image in self._images.values():
            image.setColorTable(self._table)

    def updated(self, rect: Rect) -> None:
        """Follow a change of the mask."""
        self.pyramid.updated(rect)

    def box(self, viewport: Viewport) -> QRect:
        """Where anything may be painted, in the pane."""
        box = viewport.rect_to_pane(self.plane.box)
        return QRect(box.left, box.top, *box.size).adjusted(-1, -1, 1, 1)

    def draw(self, painter: QPainter, rect: QRect, viewport: Viewport) -> None:
        """Draw the tint inside a rectangle of the pane; only where anything is painted."""
        seen = rect & self.box(viewport)
        if self.plane.box.empty or seen.isEmpty():
            return
        number = self.pyramid.level_for(viewport.zoom * viewport.ratio)
        if number not in self._images:
            self._images[number] = levels(self.pyramid.level(number), self._table)
        # Smoothing entries of a colour table costs four times the rest of the frame.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        draw_level(painter, seen, viewport, self._images[number], 2**number)
        if viewport.zoom * viewport.ratio > current().overlay.hatch_above:
            self._hatch(painter, seen, viewport)

    def _hatch(self, painter: QPainter, seen: QRect, viewport: Viewport) -> None:
        """Draw slanting lines where the mask is, in its own tint once more."""
        ink = QBrush(levels(self.plane.pixels, self._table))
        left, top = viewport.origin
        ink.setTransform(QTransform(viewport.zoom, 0, 0, viewport.zoom, left, top))
        painter.save()
        painter.setClipRect(seen)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setPen(QPen(ink, 1))
        first = int(seen.left() - left + seen.top() - top) // HATCH
        last = int(seen.right() - left + seen.bottom() - top) // HATCH + 1
        for line in range(first, last + 1):
            start = round(line * HATCH + left + top)
            painter.drawLine(
                start - seen.top(), seen.top(), start - seen.bottom() - 1, seen.bottom() + 1
            )
        painter.restore()

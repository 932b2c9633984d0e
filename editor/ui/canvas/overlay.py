"""The overlay: the mask over the picture, drawn from the memory that the strokes write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from editor.imaging.geometry import Rect, whole
from editor.ui.canvas.hatch import hatch
from editor.ui.canvas.look import MaskLook
from editor.ui.images import levels
from editor.ui.picture import draw_checkers, draw_level
from editor.ui.theme import current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.mask.plane import MaskPlane

LARGE = 1 << 20
"""Pixels of a change of which it is worth asking what has one value; a dab is drawn at once."""


class MaskOverlay:
    """One mask as it is shown. Changing its look is 256 numbers, no pixels."""

    def __init__(self, plane: MaskPlane, look: MaskLook, colour: QColor) -> None:
        from editor.imaging.pyramid import Pyramid

        self.plane = plane
        self.pyramid = Pyramid(plane.pixels, lambda: plane.parts(whole(plane.size)))
        self._images: dict[int, QImage] = {}
        self._table: list[int] = []
        self.show_look(look, colour)

    def show_look(self, look: MaskLook, colour: QColor, *, painting: bool = False) -> None:
        """Be drawn like this. colour: of the tint; painting: it is fainter."""
        self._look = look
        self._table = look.table(colour, painting=painting)
        for image in self._images.values():
            image.setColorTable(self._table)

    def updated(self, rect: Rect) -> None:
        """Follow a change of the mask."""
        if rect.size.area < LARGE:
            self.pyramid.updated(rect)
            return
        for part, value in self.plane.parts(rect):
            self.pyramid.updated(part, value)

    def box(self, viewport: Viewport) -> QRect:
        """Where anything of it may be seen, in the pane."""
        seen = whole(self.plane.size) if self._look.everywhere else self.plane.box
        box = viewport.rect_to_pane(seen)
        return QRect(box.left, box.top, *box.size).adjusted(-1, -1, 1, 1)

    def draw(self, painter: QPainter, rect: QRect, viewport: Viewport) -> None:
        """Draw it inside a rectangle of the pane; only where anything is to be seen."""
        number = self.pyramid.level_for(viewport.zoom * viewport.ratio)
        if number not in self._images:  # while nothing is painted too: the first dab cannot wait
            self._images[number] = levels(self.pyramid.level(number), self._table)
        seen = rect & self.box(viewport)
        if (self.plane.box.empty and not self._look.everywhere) or seen.isEmpty():
            return
        # Smoothing entries of a colour table costs four times the rest of the frame.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if self._look.view == "cut-out":
            self._cover(painter, seen, viewport, number)
            return
        draw_level(painter, seen, viewport, self._images[number], 2**number)
        hatched = viewport.zoom * viewport.ratio > current().overlay.hatch_above
        if hatched and self._look.view == "overlay":
            self._hatch(painter, seen, viewport)

    def _cover(self, painter: QPainter, seen: QRect, viewport: Viewport, number: int) -> None:
        """Lay the fields that stand for nothing over what is kept, to the picture's last pixel."""
        ratio = viewport.ratio
        cover = QImage(seen.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        cover.setDevicePixelRatio(ratio)
        cover.fill(Qt.GlobalColor.transparent)
        with QPainter(cover) as onto:
            onto.translate(-seen.topLeft())
            draw_level(onto, seen, viewport, self._images[number], 2**number)
            onto.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            draw_checkers(onto, seen, viewport)
        painter.drawImage(seen.topLeft(), cover)

    def _hatch(self, painter: QPainter, seen: QRect, viewport: Viewport) -> None:
        """Draw slanting lines where the mask is, in its own tint once more."""
        image = levels(hatch(self.plane.pixels, seen, viewport), self._table)
        image.setDevicePixelRatio(viewport.ratio)
        painter.drawImage(seen.topLeft(), image)

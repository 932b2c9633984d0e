"""Picture: a raster with its smaller copies and an answer on it, drawn through a viewport."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from editor.ui.images import wrapped
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.compose.blend import Overlay
    from editor.imaging.pyramid import Pyramid
    from editor.imaging.raster import Raster

SHARP = 2.0
"""Zoom from which pixels are shown as they are."""


class Picture:
    """Draws only what is asked for; several panes may share one."""

    def __init__(self, raster: Raster, levels: Pyramid) -> None:
        self.size = raster.size
        self._levels = levels
        self._images: dict[int, QImage] = {}

    def draw(self, painter: QPainter, rect: QRect, viewport: Viewport) -> None:
        """Draw the part of the picture under a rectangle of the pane, inside its target."""
        number = self._levels.level_for(viewport.zoom)
        if number not in self._images:
            self._images[number] = wrapped(self._levels.level(number))
        draw_level(painter, rect, viewport, self._images[number], 2**number)


def draw_level(
    painter: QPainter, rect: QRect, viewport: Viewport, picture: QImage, factor: int
) -> None:
    """Draw a copy of a picture that is so many times smaller."""
    left, top = viewport.origin
    zoom = viewport.zoom * factor
    if zoom == 1.0:
        painter.drawImage(rect.topLeft(), picture, rect.translated(-int(left), -int(top)))
        return
    part = QRectF(
        (rect.left() - left) / zoom,
        (rect.top() - top) / zoom,
        rect.width() / zoom,
        rect.height() / zoom,
    )
    painter.drawImage(QRectF(rect), picture, part)


def draw_overlay(painter: QPainter, rect: QRect, viewport: Viewport, overlay: Overlay) -> None:
    """Draw a joined answer where it lies on the picture."""
    left, top = viewport.to_pane(overlay.rect.left, overlay.rect.top)
    right, bottom = viewport.to_pane(overlay.rect.right, overlay.rect.bottom)
    painter.save()
    painter.setClipRect(rect)
    painter.drawImage(QRectF(left, top, right - left, bottom - top), wrapped(overlay.pixels))
    painter.restore()


def outside_of(rect: QRect, inner: QRect) -> list[QRect]:
    """The parts of a rectangle that another one leaves free."""
    seen = rect & inner
    if seen.isEmpty():
        return [rect]
    above = QRect(rect.left(), rect.top(), rect.width(), seen.top() - rect.top())
    below_top = seen.bottom() + 1
    below = QRect(rect.left(), below_top, rect.width(), rect.bottom() + 1 - below_top)
    left = QRect(rect.left(), seen.top(), seen.left() - rect.left(), seen.height())
    right_left = seen.right() + 1
    right = QRect(right_left, seen.top(), rect.right() + 1 - right_left, seen.height())
    return [part for part in (above, below, left, right) if not part.isEmpty()]


def target_of(viewport: Viewport) -> QRect:
    """Where the whole picture lies in the pane."""
    left, top = viewport.origin
    width, height = viewport.picture
    zoom = viewport.zoom
    return QRectF(left, top, width * zoom, height * zoom).toAlignedRect()

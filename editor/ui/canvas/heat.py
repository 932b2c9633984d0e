"""Heat: where an answer changed what was to stay, as a glow over the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, qRgba

from editor.ui.images import levels
from editor.ui.theme import Theme, current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    import numpy as np
    from numpy.typing import NDArray

    from editor.imaging.geometry import Rect

STRONGEST = 0.8
"""How much of the picture the hottest places cover."""


class HeatMap:
    """A small map that is stretched over its part of the picture, and the share it stands for.

    rect: that part, in pixels of the picture. found: colour differences (rows, cols). strength:
    how strongly each of 256 differences is shown, 0 to 1. share: of what was to stay, how much
    has visibly changed.
    """

    def __init__(
        self, rect: Rect, found: NDArray[np.uint8], strength: Sequence[float], share: float
    ) -> None:
        self.rect = rect
        self.share = share
        self._found = found
        self._strength = strength
        self._image: QImage | None = None
        self._worn: Theme | None = None

    def draw(self, painter: QPainter, rect: QRect, viewport: Viewport) -> None:
        """Lay it over the picture, inside a rectangle of the pane."""
        left, top = viewport.to_pane(self.rect.left, self.rect.top)
        size = self.rect.size
        place = QRectF(left, top, size.width * viewport.zoom, size.height * viewport.zoom)
        seen = rect & place.toAlignedRect()
        if seen.isEmpty():
            return
        painter.save()
        painter.setClipRect(seen)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._shown())
        painter.restore()

    def _shown(self) -> QImage:
        theme = current()
        if self._image is None or self._worn is not theme:
            shown = levels(self._found, self._table())
            self._image = shown.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
            self._worn = theme
        return self._image

    def _table(self) -> list[int]:
        """From the colour of what hardly changed to that of what changed altogether."""
        mild, hot = current().overlay.presets["yellow"], hottest()
        return [
            qRgba(
                round(mild.red() + (hot.red() - mild.red()) * share),
                round(mild.green() + (hot.green() - mild.green()) * share),
                round(mild.blue() + (hot.blue() - mild.blue()) * share),
                round(255 * STRONGEST * share),
            )
            for share in self._strength
        ]


def hottest() -> QColor:
    """The colour of what changed altogether."""
    return current().overlay.presets["red"]

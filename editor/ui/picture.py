"""Picture: a raster with its smaller copies and an answer on it, drawn through a viewport."""

from __future__ import annotations

import math
import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap, QRegion

from editor.imaging.geometry import Rect
from editor.ui.images import colours
from editor.ui.theme import current
from editor.ui.viewport import LEAST, Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.compose.blend import Overlay
    from editor.imaging.pyramid import Pyramid
    from editor.imaging.raster import Raster
    from editor.ui.near import Near

SHARP = 2.0
"""Zoom from which pixels are shown as they are."""

ROUGH = 3
"""Times that a copy is halved which is enough to judge colours by."""

CELL = 8
"""Side of a field of the checkerboard, in logical pixels."""

QUICK = 1 << 20
"""Pixels of an answer that are made ready within a frame; larger ones on another thread."""

GRID = 32
"""Answers are cut along multiples of this, so that their smaller copies match the picture's."""

ROOM = 4
"""Logical pixels around a part that the pixels of a smaller copy take."""


class Picture:
    """Draws only what is asked for; several panes may share one.

    opaque: nothing shines through. at: where the raster lies on the picture that the
    viewport shows. A raster on the disk is drawn from its smaller copies, which are in memory,
    and sharp as soon as its own pixels have been read.
    """

    def __init__(self, raster: Raster, levels: Pyramid, at: tuple[int, int] = (0, 0)) -> None:
        from editor.imaging.resample import opaque

        self.raster = raster
        self.size = raster.size
        self.opaque = opaque(raster.pixels)
        self._at = at
        self._levels = levels
        self._images: dict[int, QImage] = {}
        self._answers: list[tuple[Overlay, Picture]] = []
        self._near = _near(raster) if raster.on_disk else None

    @property
    def rough(self) -> Raster:
        """The raster, or a smaller copy of one for which the disk would have to be waited for."""
        from editor.imaging.raster import Raster

        if self._near is None:
            return self.raster
        return Raster(self._levels.level(min(ROUGH, self._levels.top))[:])

    def draw(
        self,
        painter: QPainter,
        rect: QRect,
        viewport: Viewport,
        answer: Overlay | None = None,
    ) -> None:
        """Draw what lies under a rectangle of the pane, with an answer laid on it."""
        zoom = viewport.zoom * viewport.ratio
        seen = rect & self.target(viewport)
        if seen.isEmpty():
            return
        if not self.opaque:
            draw_checkers(painter, seen, viewport)
        number = self._levels.level_for(zoom)
        smooth = zoom < SHARP and zoom != 1.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        if number or self._near is None or not self._levels.top:
            draw_level(painter, seen, viewport, self._image(number), 2**number, self._at)
        else:
            self._draw_near(painter, seen, viewport, self._near)
        if answer is not None:
            self._with(answer).draw(painter, rect, viewport)

    def target(self, viewport: Viewport) -> QRect:
        """Where the raster lies in the pane."""
        left, top = self._at
        box = viewport.rect_to_pane(Rect(left, top, left + self.size.width, top + self.size.height))
        return QRect(box.left, box.top, *box.size)

    def prepare(self, zoom: float) -> None:
        """Make the copies that drawing at this zoom takes; fit for any thread."""
        self._levels.level(self._levels.level_for(zoom))

    def ready(self, answer: Overlay) -> bool:
        """Whether an answer can be drawn within a frame; else lay() it first."""
        return answer.rect.size.area <= QUICK or self._laid(answer) is not None

    def lay(self, answer: Overlay) -> None:
        """Make what drawing an answer takes at any zoom; fit for any thread."""
        if self._laid(answer) is None:
            piece = _piece(self.raster, answer)
            piece.prepare(LEAST)  # whoever draws meanwhile must not find it half made
            self._keep(answer, piece)

    def _draw_near(self, painter: QPainter, rect: QRect, viewport: Viewport, near: Near) -> None:
        """Draw the pixels themselves where they have been read, elsewhere the smaller copy."""
        part = viewport.rect_to_picture(Rect(rect.left(), rect.top(), *_ends(rect)))
        missing = QRegion()
        for cell in near.missing(part):
            left, top = map(round, viewport.to_pane(cell.left, cell.top))
            right, bottom = map(round, viewport.to_pane(cell.right, cell.bottom))
            missing += QRect(left, top, right - left, bottom - top)
        for number, region in ((0, QRegion(rect) - missing), (1, missing & rect)):
            if not region.isEmpty():
                painter.save()
                painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
                if number:
                    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                image = self._image(number)
                draw_level(painter, rect, viewport, image, 2**number, self._at)
                painter.restore()

    def _image(self, number: int) -> QImage:
        if number not in self._images:
            self._images[number] = colours(self._levels.level(number), opaque=self.opaque)
        return self._images[number]

    def _with(self, answer: Overlay) -> Picture:
        piece = self._laid(answer)
        if piece is None:
            piece = _piece(self.raster, answer)
            self._keep(answer, piece)
        return piece

    def _laid(self, answer: Overlay) -> Picture | None:
        return next((piece for known, piece in self._answers if known is answer), None)

    def _keep(self, answer: Overlay, piece: Picture) -> None:
        self._answers = [(answer, piece), *self._answers[:8]]


_known: weakref.WeakValueDictionary[int, Picture] = weakref.WeakValueDictionary()
# By the identity of their raster, which lives as long as they do: nothing is gone through while
# another thread adds to it.

_last: list[Picture] = []
# The newest is kept until another comes, as it may be made before anybody shows it. No more are:
# an old picture would weigh as much as the open one.


def picture_of(raster: Raster) -> Picture:
    """The picture of a raster, the same for everybody who shows it.

    Of a large raster it takes some 100 ms: prepare() it on another thread first.
    """
    from editor.imaging.pyramid import Pyramid

    found = _known.get(id(raster))
    if found is None:
        found = _known.setdefault(id(raster), Picture(raster, Pyramid(raster.pixels)))
    _last[:] = [found]
    return found


def prepare(raster: Raster) -> None:
    """Make everything that drawing a raster takes at any zoom; fit for any thread."""
    picture_of(raster).prepare(LEAST)


def shown(raster: Raster | None) -> Picture | None:
    """The picture of a raster; None lets go of one that nobody shows."""
    if raster is None:
        _last.clear()
        return None
    return picture_of(raster)


def draw_level(
    painter: QPainter,
    rect: QRect,
    viewport: Viewport,
    picture: QImage,
    factor: int,
    at: tuple[int, int] = (0, 0),
) -> None:
    """Draw a copy of a picture that is so many times smaller, inside a rectangle of the pane.

    The whole copy is asked for and cut to the rectangle: a part of it would be sampled
    differently at its borders, and seams would show.
    """
    left, top = viewport.to_pane(*at)
    zoom = viewport.zoom * factor
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.translate(left, top)
    painter.scale(zoom, zoom)
    painter.drawImage(QPoint(0, 0), picture)
    painter.restore()


def _near(raster: Raster) -> Near:
    from editor.ui.near import Near

    return Near(raster)


def _ends(rect: QRect) -> tuple[int, int]:
    """Right and bottom, not included."""
    return rect.left() + rect.width(), rect.top() + rect.height()


def place_of(answer: Overlay, viewport: Viewport) -> QRect:
    """What of the pane looks different with an answer laid on the picture."""
    box = viewport.rect_to_pane(_outer(answer.rect)).grown(ROOM)
    return QRect(box.left, box.top, *box.size)


def outside_of(rect: QRect, inner: QRect) -> list[QRect]:
    """The parts of a rectangle that another one leaves free."""
    if inner.contains(rect):
        return []
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
    """The pixels of the pane that the picture covers whole; beside them it may shine through."""
    left, top = map(math.floor, viewport.origin)
    right, bottom = viewport.to_pane(*viewport.picture)
    return QRect(left, top, math.floor(right) - left, math.floor(bottom) - top)


def _piece(base: Raster, answer: Overlay) -> Picture:
    """The answer with so much of the base around it that its smaller copies match."""
    from editor.imaging.pyramid import Pyramid
    from editor.imaging.raster import Raster

    outer = _outer(answer.rect).clipped(base.size)
    pixels = answer.pixels
    if outer != answer.rect:
        pixels = base.pixels[outer.rows_cols].copy()
        pixels[answer.rect.seen_from(outer).rows_cols] = answer.pixels
    return Picture(Raster(pixels), Pyramid(pixels), (outer.left, outer.top))


def _outer(rect: Rect) -> Rect:
    """What is drawn anew for an answer."""
    left, top = rect.left // GRID, rect.top // GRID
    right, bottom = -(-rect.right // GRID), -(-rect.bottom // GRID)
    return Rect(left * GRID, top * GRID, right * GRID, bottom * GRID)


def draw_checkers(painter: QPainter, rect: QRect, viewport: Viewport) -> None:
    """Fill a rectangle of the pane with the fields that stand for nothing."""
    colours = current().colours
    fields = QPixmap(2 * CELL, 2 * CELL)
    fields.fill(colours.checker_low)
    with QPainter(fields) as onto:
        onto.fillRect(0, 0, CELL, CELL, colours.checker_high)
        onto.fillRect(CELL, CELL, CELL, CELL, colours.checker_high)
    left, top = viewport.origin
    painter.setBrushOrigin(round(left), round(top))
    painter.fillRect(rect, QBrush(fields))
    painter.setBrushOrigin(0, 0)

"""Canvas: one widget that draws the picture, the answer on it, the mask and the chrome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.ui.canvas.gestures import Gestures
from editor.ui.controls.chip import paint_chip
from editor.ui.picture import SHARP, Picture, draw_level, draw_overlay, outside_of, target_of
from editor.ui.theme import current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.compose.blend import Overlay
    from editor.imaging.geometry import Rect
    from editor.imaging.placement import Placement
    from editor.imaging.raster import Raster
    from editor.session.painting import Painting


class Canvas(Gestures, QWidget):
    """Paints the exposed rectangle and nothing else.

    peeked: the key for the untouched source is held, or no longer. tool_changed: its name.
    """

    peeked = Signal(bool)
    tool_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Canvas"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.viewport = Viewport()
        self.viewport.listen(self._moved)
        self.painting: Painting | None = None
        self._base: Picture | None = None
        self._source: Picture | None = None
        self._overlay: Overlay | None = None
        self._mask: QImage | None = None
        self._editing = True
        self._mask_shown = True
        self._bottom = 0
        self._texts = {"window": "", "lock": "", "caption": ""}
        self._placement: Placement | None = None
        self._start_gestures()

    def attach(self, painting: Painting) -> None:
        """Paint with this; its mask is drawn in place."""
        self.painting = painting
        painting.mask_changed.connect(self._repaint_mask)
        painting.turned.connect(self._take_mask)
        painting.stroke_ended.connect(self.update)
        self._take_mask()

    def reserve(self, *, bottom: int) -> None:
        """Keep so many pixels free below the picture at Fit."""
        self._bottom = bottom
        self.viewport.resize(self.width(), self.height() - bottom)

    def show_base(self, base: Raster | None) -> None:
        """Draw this picture; None for an empty stage."""
        self._base = None if base is None else _picture(base)
        if base is not None:
            self.viewport.show(*base.size)
        self.update()

    def show_source(self, source: Raster | None) -> None:
        """Draw the untouched source in place of everything, None to stop."""
        self._source = None if source is None else _picture(source)
        self.update()

    def show_variant(self, joined: Overlay | None, *, editing: bool) -> None:
        """Lay an answer on the base. editing: the mask is shown, nothing is laid on."""
        self._overlay, self._editing = joined, editing
        self.update()

    def show_window(self, placement: Placement | None) -> None:
        """Dash the window that would be sent."""
        self._placement = placement
        self.update()

    def show_window_text(self, words: str) -> None:
        self._texts["window"] = words
        self.update()

    def show_lock(self, words: str) -> None:
        """Say how many protected pixels have changed."""
        self._texts["lock"] = words
        self.update()

    def show_caption(self, words: str) -> None:
        """Say what is shown."""
        self._texts["caption"] = words
        self.update()

    def show_overlay(self, *, shown: bool) -> None:
        """Draw the mask, or not."""
        self._mask_shown = shown
        self.update()

    def fit(self) -> None:
        self.viewport.fit()

    def actual_size(self) -> None:
        self.viewport.set_zoom(1.0 / self.devicePixelRatioF())

    def zoom_by(self, factor: float) -> None:
        self.viewport.set_zoom(self.viewport.zoom * factor)

    def zoom_to_mask(self) -> None:
        """Show what is painted, with some of what is around it."""
        plane = self.painting.plane if self.painting else None
        if plane is not None and not plane.is_empty:
            box = plane.box
            around = max(box.size) // 5
            self.viewport.show_rect(*box.grown(around).clipped(plane.size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.viewport.resize(self.width(), self.height() - self._bottom)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = current().colours.surround
        target = target_of(self.viewport)
        for rect in _rects(event.region()):
            if self._base is None:
                painter.fillRect(rect, ground)
                continue
            for outside in outside_of(rect, target):
                painter.fillRect(outside, ground)
            seen = rect & target
            if not seen.isEmpty():
                self._paint_picture(painter, seen)
        if self._base is not None:
            self._paint_window(painter)
            self._paint_chips(painter)
            self._paint_cursor(painter)

    def _paint_picture(self, painter: QPainter, rect: QRect) -> None:
        assert self._base is not None
        zoom = self.viewport.zoom * self.devicePixelRatioF()
        smooth = zoom < SHARP and zoom != 1.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        (self._source or self._base).draw(painter, rect, self.viewport)
        if self._source is not None:
            return
        if self._overlay is not None:
            draw_overlay(painter, rect, self.viewport, self._overlay)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if self._editing and self._mask_shown and self._mask is not None:
            self._draw_mask(painter, rect)

    def _draw_mask(self, painter: QPainter, rect: QRect) -> None:
        plane = self.painting.plane if self.painting else None
        if plane is None or plane.box.empty or self._mask is None:
            return
        left, top = self.viewport.to_pane(plane.box.left, plane.box.top)
        right, bottom = self.viewport.to_pane(plane.box.right, plane.box.bottom)
        box = QRectF(left, top, right - left, bottom - top).toAlignedRect() & rect
        if not box.isEmpty():
            draw_level(painter, box, self.viewport, self._mask, 1)

    def _paint_window(self, painter: QPainter) -> None:
        if self._placement is None or not self._texts["window"] or not self._editing:
            return
        window = self._placement.window
        left, top = self.viewport.to_pane(window.left, window.top)
        right, bottom = self.viewport.to_pane(window.right, window.bottom)
        pen = painter.pen()
        pen.setColor(current().colours.accent)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, top, right - left, bottom - top))

    def _paint_chips(self, painter: QPainter) -> None:
        near = current().sizes.near
        width, height = self.viewport.picture
        zoom = round(self.viewport.zoom * self.devicePixelRatioF() * 100)
        at = QPoint(current().sizes.apart, current().sizes.apart)
        words = [(f"{width} × {height}", ""), (f"{zoom} %", "")]
        if self._texts["window"]:
            words.append((self._texts["window"], ""))
        if self._texts["lock"]:
            words.append((self._texts["lock"], "lock"))
        if self._texts["caption"]:
            words.append((self._texts["caption"], ""))
        for text, icon in words:
            rect = paint_chip(painter, at, text, icon)
            at = QPoint(rect.right() + near, rect.top())

    def _take_mask(self) -> None:
        from editor.ui.images import wrapped

        plane = self.painting.plane if self.painting else None
        self._mask = None
        if plane is not None:
            self._mask = wrapped(plane.pixels)
            tint = current().overlay.presets[current().overlay.colour]
            opacity = current().overlay.resting
            self._mask.setColorTable(
                [(round(level * opacity) << 24) | (tint.rgb() & 0xFFFFFF) for level in range(256)]
            )
        self.update()

    def _repaint_mask(self, rect: Rect) -> None:
        left, top = self.viewport.to_pane(rect.left, rect.top)
        right, bottom = self.viewport.to_pane(rect.right, rect.bottom)
        self.update(
            QRectF(left, top, right - left, bottom - top).toAlignedRect().adjusted(-2, -2, 2, 2)
        )

    def _moved(self) -> None:
        self.update()


def _picture(raster: Raster) -> Picture:
    from editor.imaging.pyramid import Pyramid

    return Picture(raster, Pyramid(raster.pixels))


def _rects(region: QRegion) -> Iterator[QRect]:
    """Iterate over the rectangles of a region, which PySide's type hints do not know of."""
    return iter(cast("Iterable[QRect]", region))

"""Canvas: one widget that draws the picture, the answer on it, the mask and the chrome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from editor.imaging.geometry import Rect
from editor.ui.canvas.chrome import Chrome
from editor.ui.canvas.gestures import Doing, Gestures, Touch, pen_touch
from editor.ui.canvas.overlay import MaskOverlay
from editor.ui.canvas.rim import Rim
from editor.ui.canvas.ring import Ring
from editor.ui.picture import Picture, outside_of, picture_of, target_of
from editor.ui.theme import current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.compose.blend import Overlay
    from editor.imaging.placement import Placement
    from editor.imaging.raster import Raster
    from editor.session.painting import Painting

PARTS = 6
"""Rectangles of an update that are drawn one by one; more are drawn as their bounds."""


class Canvas(QWidget):
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
        self.setTabletTracking(True)
        self.viewport = Viewport()
        self.viewport.listen(self._view_moved)
        self.painting: Painting | None = None
        self._gestures = Gestures(self)
        self._chrome = Chrome(self, self.viewport)
        self._ring = Ring()
        self._rim = Rim()
        self._base: Picture | None = None
        self._source: Picture | None = None
        self._answer: Overlay | None = None
        self._mask: MaskOverlay | None = None
        self._editing = True
        self._mask_shown = True
        self._bottom = 0
        self._seen = (self.viewport.zoom, self.viewport.origin)
        self._measuring = QTimer(self, singleShot=True, interval=0)
        self._measuring.timeout.connect(self._measure)

    @property
    def tool(self) -> str:
        """What the left button does: "brush", "hand" or "zoom"."""
        return self._gestures.tool

    def set_tool(self, tool: str) -> None:
        """Use the brush, the hand or the zoom from now on."""
        self._gestures.tool = tool
        self.doing_changed()
        self.tool_changed.emit(tool)

    def attach(self, painting: Painting) -> None:
        """Paint with this; its mask is drawn in place."""
        self.painting = painting
        painting.turned.connect(self._take_mask)
        painting.mask_changed.connect(self._mask_changed)
        painting.stroke_ended.connect(self._stroke_ended)
        painting.brush_changed.connect(self._brush_changed)
        self._take_mask()

    def reserve(self, *, bottom: int) -> None:
        """Keep so many pixels free below the picture at Fit."""
        self._bottom = bottom
        self._resize_view()

    def show_base(self, base: Raster | None) -> None:
        """Draw this picture; None for an empty stage."""
        self._base = None if base is None else picture_of(base)
        if base is not None:
            self.viewport.show(*base.size)
        self._chrome.show_size(base.size if base else None)
        self.doing_changed()
        self.update()

    def show_source(self, source: Raster | None) -> None:
        """Draw the untouched source in place of everything, None to stop."""
        self._source = None if source is None else picture_of(source)
        self.update()

    def show_variant(self, joined: Overlay | None, *, editing: bool) -> None:
        """Lay an answer on the base. editing: the mask is shown, nothing is laid on."""
        if joined is not self._answer or editing is not self._editing:
            self._answer, self._editing = joined, editing
            self.update()

    def show_window(self, placement: Placement | None) -> None:
        """Dash the window that would be sent, while its words are shown."""
        self._chrome.show_window(placement.window if placement else None)

    def show_window_text(self, words: str) -> None:
        """Say what would be sent; "" when no picture leaves this computer."""
        self._chrome.say("window", words)

    def show_lock(self, words: str) -> None:
        """Say how many protected pixels have changed."""
        self._chrome.say("lock", words)

    def show_caption(self, words: str) -> None:
        """Say what is shown."""
        self._chrome.say("caption", words)

    def show_hint(self, *, shown: bool) -> None:
        """Say in a ghost line what to do first; the first stroke takes it away."""
        self._chrome.show_hint(shown=shown)

    def show_overlay(self, *, shown: bool) -> None:
        """Draw the mask, or not."""
        self._mask_shown = shown
        self.update()

    def fit(self) -> None:
        """Show the whole picture."""
        self.viewport.fit()

    def actual_size(self) -> None:
        """Show one device pixel for each of the picture."""
        self.viewport.set_zoom(self.viewport.actual)

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle."""
        self.viewport.set_zoom(self.viewport.zoom * factor)

    def zoom_to_mask(self) -> None:
        """Show what is painted, with some of what is around it."""
        plane = self.painting.plane if self.painting else None
        if plane is not None and not plane.is_empty:
            around = max(plane.box.size) // 5
            self.viewport.show_rect(*plane.box.grown(around).clipped(plane.size))

    def begun(self) -> None:
        """Show the first dab of a stroke at once, then the whole mask fainter."""
        self.repaint(self._ring.region())
        self._tint()

    def peek(self, *, on: bool) -> None:
        """Tell whether the key for the untouched source is held."""
        if on or self._source is not None:
            self.peeked.emit(on)

    def doing_changed(self) -> None:
        """Show the cursor of what the pointer would do now."""
        self.update(self._ring.region())
        shape = self._shape()
        if shape is not self.cursor().shape():
            self.setCursor(shape)
        self.update(self._ring.region())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        region = event.region()
        parts = [region.boundingRect()]
        if region.rectCount() <= PARTS:
            parts = list(region)  # type: ignore[call-overload]  # iterable, its hints forgot
        for rect in parts:
            self._paint(painter, rect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize_view()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._point(event.position())
        self._gestures.press(Touch(event.position(), event.button(), event.modifiers()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._gestures.move(Touch(event.position(), event.button(), event.modifiers()))
        self._point(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._gestures.release(Touch(event.position(), event.button(), event.modifiers()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Take the pen; an accepted event brings no second one as a mouse."""
        event.accept()
        touch = pen_touch(event)
        if event.type() is QEvent.Type.TabletPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._point(touch.at)
            self._gestures.press(touch)
        elif event.type() is QEvent.Type.TabletRelease:
            self._gestures.release(touch)
        else:
            self._gestures.move(touch)
            self._point(touch.at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Alt turns a wheel sideways on some systems.
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._gestures.wheel(event.position(), turned)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key(event, down=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key(event, down=False):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._gestures.lost()

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()
            self.update()

    def _paint(self, painter: QPainter, rect: QRect) -> None:
        ground = current().colours.surround
        if self._base is None:
            painter.fillRect(rect, ground)
            return
        for outside in outside_of(rect, target_of(self.viewport)):
            painter.fillRect(outside, ground)
        if self._source is not None:
            self._source.draw(painter, rect, self.viewport)
        else:
            self._base.draw(painter, rect, self.viewport, self._answer)
        self._chrome.draw_grid(painter, rect)
        if self._shows_mask and self._mask is not None:
            self._mask.draw(painter, rect, self.viewport)
            look = current().overlay
            if self.viewport.zoom * self.viewport.ratio > look.hatch_above:
                colour = look.presets[look.colour]
                self._mask.hatch(painter, rect, self.viewport, colour)
            self._rim.draw(painter, rect, self.viewport)
        self._chrome.draw(painter, rect, editing=self._editing)
        if self._shape() is Qt.CursorShape.BlankCursor:
            self._ring.draw(painter)

    @property
    def _shows_mask(self) -> bool:
        return self._mask_shown and self._editing and self._source is None

    def _shape(self) -> Qt.CursorShape:
        if self._gestures.doing is Doing.PANNING:
            return Qt.CursorShape.ClosedHandCursor
        if self._gestures.pans:
            return Qt.CursorShape.OpenHandCursor
        if self._gestures.tool == "zoom":
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.ArrowCursor if self._mask is None else Qt.CursorShape.BlankCursor

    def _point(self, at: QPointF | None) -> None:
        """Move the ring; while the brush is tuned it stays and grows."""
        if self._gestures.doing is Doing.TUNING:
            return
        before = self._ring.region()
        self._ring.at = at
        self.update(before + self._ring.region())

    def _take_mask(self) -> None:
        plane = self.painting.plane if self.painting else None
        self._mask = None
        if plane is not None:
            self._mask = MaskOverlay(plane, *self._tint_now())
        self._brush_changed()
        self._stroke_ended()
        self.doing_changed()
        self.update()

    def _mask_changed(self, rect: Rect) -> None:
        if self._mask is None or rect.empty:
            return
        self._mask.updated(rect)
        self._chrome.show_hint(shown=False)
        box = self.viewport.rect_to_pane(rect)
        self.update(QRect(box.left - 2, box.top - 2, box.size.width + 4, box.size.height + 4))

    def _stroke_ended(self) -> None:
        self._rim.forget()
        self._tint()
        self._measuring.start()

    def _brush_changed(self) -> None:
        before = self._ring.region()
        if self.painting is not None:
            self._ring.diameter = self.painting.brush.diameter * self.viewport.zoom
            self._chrome.show_brush(self.painting.brush)
        self.update(before + self._ring.region())

    def _tint_now(self) -> tuple[QColor, float]:
        look = current().overlay
        painting = self.painting is not None and self.painting.painting
        return look.presets[look.colour], look.painting if painting else look.resting

    def _tint(self) -> None:
        """Give the mask the strength of this moment."""
        if self._mask is not None:
            self._mask.tint(*self._tint_now())
            self.update(self._mask.box(self.viewport))

    def _measure(self) -> None:
        """Find the rim of what is painted; not while a stroke changes it."""
        painting = self.painting
        if self._mask is None or painting is None or painting.painting or not self.isVisible():
            return
        seen = self.viewport.rect_to_picture(Rect(0, 0, self.width(), self.height()))
        if not self._rim.holds(self.viewport, seen):
            self._rim.measure(self._mask, self.viewport, seen)
            self.update(self._mask.box(self.viewport))

    def _resize_view(self) -> None:
        self.viewport.ratio = self.devicePixelRatioF()
        self.viewport.resize(self.width(), self.height() - self._bottom)

    def _view_moved(self) -> None:
        """Draw again after zoom or pan; a pan moves what is there and draws the rest."""
        zoom, origin = self._seen
        self._seen = (self.viewport.zoom, self.viewport.origin)
        if self.viewport.zoom != zoom:
            self._brush_changed()
            self._chrome.show_zoom(self.viewport.zoom * self.viewport.ratio)
            self.update()
        else:
            way = [
                after - before for before, after in zip(origin, self.viewport.origin, strict=True)
            ]
            if any(way):
                self._scroll(way[0], way[1])
        self._measuring.start()

    def _scroll(self, dx: float, dy: float) -> None:
        """Move what is drawn; what stays in place is drawn again where it was and where it is."""
        area = QRect(0, 0, self.width(), self.height() - self._bottom)
        if not (dx.is_integer() and dy.is_integer() and self.viewport.ratio.is_integer()):
            self.update()
            return
        still = self._chrome.region() + self._ring.region()
        self.scroll(int(dx), int(dy), area)
        self.update(still + still.translated(int(dx), int(dy)))
        self.update(0, area.height(), self.width(), self._bottom)

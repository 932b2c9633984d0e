"""Canvas: one widget that draws the picture, the answer on it, the mask and the chrome."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.imaging.geometry import Rect
from editor.ui.canvas.ahead import draw_at_once
from editor.ui.canvas.borders import BorderLines
from editor.ui.canvas.brushed import Brushed
from editor.ui.canvas.gestures import Doing
from editor.ui.canvas.grips import Grips
from editor.ui.canvas.larger import LargerFrame
from editor.ui.canvas.shown import Shown
from editor.ui.canvas.sketch import Sketch
from editor.ui.canvas.touch import Touch
from editor.ui.picture import ROOM

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.session.painting import Painting

PARTS = 6
"""Rectangles of an update that are drawn one by one; more are drawn as their bounds."""

QUICK = 600 * 600
"""Logical pixels that are drawn within the event that changed them; more wait for the next
round, where events that came meanwhile are drawn together."""


class Canvas(Shown):
    """Paints the exposed rectangle and nothing else.

    peeked: the key for the untouched source is held, or no longer. stroke_begun: the pen went
    down to paint or to draw a shape, drawn carries it when it is done. picked carries x and y of
    a clicked place of the picture. tool_changed: its name.
    """

    peeked = Signal(bool)
    stroke_begun = Signal()
    drawn = Signal(object)
    picked = Signal(float, float)
    tool_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Canvas"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.viewport.listen(self._view_moved)
        self.painting: Painting | None = None
        self.larger = LargerFrame(self, self.viewport, self.chrome.taken, self._layers.dab)
        self.chrome.placed.connect(self._lay_out)
        self.borders = BorderLines(self.viewport, self.chrome.say, self.update)
        self.sketch = Sketch(self.viewport, self.drawn.emit, self.update)
        self.brushed = Brushed(self.viewport, self.update)
        self._ring_way = QRect()
        self._bottom = 0
        self._seen = (self.viewport.zoom, self.viewport.origin)

    @property
    def grips(self) -> Grips:
        """The box that a press may take hold of."""
        return self.larger if self.larger.shown else self.frame

    def set_tool(self, tool: str) -> None:
        """Use another tool from now on; a shape in the making is given up."""
        self.sketch.drop()
        self._gestures.tool = self.sketch.tool = tool
        self._brush_changed()
        self.doing_changed()
        self.tool_changed.emit(tool)

    def attach(self, painting: Painting) -> None:
        """Paint with this in the place of another; its mask is drawn in place."""
        if painting is self.painting:
            return
        if self.painting is not None:
            for signal, slot in self._heard(self.painting):
                signal.disconnect(slot)
        self.painting = painting
        for signal, slot in self._heard(painting):
            signal.connect(slot)
        self._take_mask()

    def pick(self, *, on: bool) -> None:
        """Let the next clicks report a place of the picture instead of painting."""
        self._gestures.picking = on
        self.doing_changed()

    def reserve(self, *, bottom: int) -> None:
        """Keep so many pixels free below the picture at Fit."""
        self._bottom = bottom
        self._resize_view()

    def begun(self, *, painting: bool) -> None:
        """Go back to editing; show the mask fainter while a stroke is under way."""
        if painting:
            self._layers.painting = True
            self._show(self._layers.tint() & self.rect())
        self.stroke_begun.emit()

    def peek(self, *, on: bool) -> None:
        """Tell whether the key for the untouched source is held."""
        if on is not self._layers.peeking:
            self._layers.peeking = on
            self.update()
            self.peeked.emit(on)

    def doing_changed(self) -> None:
        """Show the cursor of what the pointer would do now."""
        shape, before = self._shape(), self._ring.region()
        tuning = self._gestures.doing is Doing.TUNING
        tint = self._layers.dab() if tuning else None
        if shape is self.cursor().shape() and tint == self._ring.tint:
            return
        self.setCursor(shape)
        self._ring.tint = tint
        self.update(before + self._ring.region())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.devicePixelRatioF() != self.viewport.ratio:
            self._resize_view()
        self._layers.measure(self.rect())
        painter = QPainter(self)
        region = event.region()
        parts = [region.boundingRect()]
        if region.rectCount() <= PARTS:
            parts = list(region)  # type: ignore[call-overload]  # iterable, its hints forgot
        for rect in parts:
            # What shines through must not be drawn twice where two parts show some of it.
            painter.setClipRect(rect)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._paint(painter, rect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pointer stays where it is on the screen, which is elsewhere on the canvas now."""
        self._resize_view()
        if self._ring.at is not None:
            at = self.mapFromGlobal(QPointF(QCursor.pos()))
            self._point(at if self.rect().contains(at.toPoint()) else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self.chrome.lay_out()
            self.show_look(self._layers.look)

    def press(self, touch: Touch) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._point(touch.at)
        self._gestures.press(touch)

    def move_to(self, touch: Touch) -> None:
        """Follow the pointer: what a stroke draws again holds the ring as well."""
        if self._gestures.doing is not Doing.PAINTING:
            self._gestures.move(touch)
            self._point(touch.at)
            return
        before = self._ring.square()
        self._ring.at = touch.at
        self._ring_way = before | self._ring.square()
        self._gestures.move(touch)
        self.update(self._ring_way)
        self._ring_way = QRect()

    def release(self, touch: Touch) -> None:
        """The ring, which stays while the brush is tuned, is again where a press would paint."""
        super().release(touch)
        self._point(touch.at)

    def _point(self, at: QPointF | None) -> None:
        """Move the ring; while the brush is tuned it stays and grows."""
        if self._gestures.doing is Doing.TUNING:
            return
        if at != self._ring.at:
            before = self._ring.region()
            self._ring.at = at
            self.update(before + self._ring.region())
        if self.grips.hover(None if at is None else self._gestures.grip(at)):
            self.doing_changed()

    def _paint(self, painter: QPainter, rect: QRect) -> None:
        self._layers.paint(painter, rect)
        if self._layers.base is None:
            return
        if self._layers.shows_mask:
            self.borders.draw(painter, rect)
        self.brushed.draw(painter)
        self.grips.draw(painter, rect)
        editing = self._layers.editing and not self.grips.alone
        self.chrome.draw(painter, rect, editing=editing)
        self.sketch.draw(painter)
        if self._ring.at is not None and self._shape() is Qt.CursorShape.BlankCursor:
            self._ring.draw(painter)

    def _shape(self) -> Qt.CursorShape:
        return self._gestures.cursor(brush=self._layers.mask is not None)

    def _heard(self, painting: Painting) -> tuple[tuple[SignalInstance, Callable[..., None]], ...]:
        return (
            (painting.turned, self._take_mask),
            (painting.mask_changed, self._mask_changed),
            (painting.stroke_ended, self._stroke_ended),
            (painting.brush_changed, self._brush_changed),
        )

    def _take_mask(self) -> None:
        plane = self.painting.plane if self.painting else None
        self._layers.take_mask(plane)
        self.brushed.clear()
        if plane is not None and not plane.is_empty:
            self.chrome.show_hint(shown=False)
        self._brush_changed()
        self.doing_changed()
        self.update()

    def _mask_changed(self, rect: Rect) -> None:
        if self._layers.mask is None or rect.empty:
            return
        self._layers.mask.updated(rect)
        self.chrome.show_hint(shown=False)
        box = self.viewport.rect_to_pane(rect).grown(ROOM)
        dirty = QRect(box.left, box.top, *box.size)
        if self.painting is not None and not self.painting.painting:
            # A trial or an undo, not the pen: the rim goes along, measured once for all of it.
            self.update((dirty | self._layers.settle()) & self.rect())
            return
        dirty = (dirty | self._ring_way) & self.rect()
        self._ring_way = QRect()
        self._show(dirty)

    def _show(self, dirty: QRect) -> None:
        """Draw what a stroke changed: at once, unless it takes long."""
        if dirty.width() * dirty.height() <= QUICK:
            draw_at_once(self, dirty)
        else:
            self.update(dirty)

    def _stroke_ended(self) -> None:
        self._layers.painting = False
        self.update(self._layers.settle())

    def _brush_changed(self) -> None:
        before = self._ring.region()
        if self.painting is not None:
            self._ring.diameter = self.painting.brush.diameter * self.viewport.zoom
            self._ring.hardness = self.painting.brush.hardness
            self.sketch.width = self._ring.diameter
            self.chrome.show_brush(self.painting.brush, self.tool)
        self.update(before + self._ring.region())

    def _resize_view(self) -> None:
        self.chrome.lay_out()
        self.viewport.ratio = self.devicePixelRatioF()
        self.viewport.resize(self.width(), self.height() - self._bottom)
        self._lay_out()

    def _lay_out(self) -> None:
        self.frame.lay_out()
        self.larger.lay_out()

    def _view_moved(self) -> None:
        """Draw again after zoom or pan; a pan moves what is there and draws the rest."""
        (zoom, (left, top)), self._seen = self._seen, (self.viewport.zoom, self.viewport.origin)
        if self.viewport.zoom == zoom:
            self._scroll(self.viewport.origin[0] - left, self.viewport.origin[1] - top)
            return
        self._brush_changed()
        self.chrome.show_zoom(self.viewport.zoom * self.viewport.ratio)
        self._lay_out()
        self.update()

    def _scroll(self, dx: float, dy: float) -> None:
        """Move what is drawn; what stays in place is drawn again where it was and where it is."""
        even = dx.is_integer() and dy.is_integer() and self.viewport.ratio.is_integer()
        if self.sketch.open or self.brushed.shown or not even:
            self._lay_out()
            self.update()
        elif dx or dy:
            area = QRect(0, 0, self.width(), self.height() - self._bottom)
            still = self.chrome.region() + self._ring.region() + self.grips.region()
            self.scroll(int(dx), int(dy), area)
            self.update(still + still.translated(int(dx), int(dy)))
            self._lay_out()
            self.update(0, area.height(), self.width(), self._bottom)

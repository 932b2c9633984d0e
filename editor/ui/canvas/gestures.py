"""Gestures: mouse, pen and keys on the canvas as calls of the painting and the viewport."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent

from editor.imaging.geometry import Point
from editor.mask.feel import felt
from editor.ui.canvas.course import Course, Steadiness
from editor.ui.canvas.sizing import Sizing
from editor.ui.canvas.touch import Touch
from editor.ui.places import BACKSLASH, LEFT_BRACKET, RIGHT_BRACKET, SPACE, place

if TYPE_CHECKING:
    from editor.session.painting import Painting
    from editor.ui.canvas.grips import Grip, Grips
    from editor.ui.canvas.sketch import Sketch
    from editor.ui.viewport import Viewport

SHAPES = frozenset({"lasso", "rectangle", "wand", "object", "refine"})
"""The tools that draw a shape instead of painting."""

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
MIDDLE = Qt.MouseButton.MiddleButton

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Keys that move a box that was placed by a key: across, down."""

DOUBLE_WAY = 120.0
"""Logical pixels of a drag to the right that make the picture twice as large."""

SLACK = 4.0
"""Logical pixels that a hand may slip while it clicks."""


class Doing(Enum):
    """What a pressed button does until it is let go."""

    NOTHING = "nothing"
    PAINTING = "painting"
    PANNING = "panning"
    ZOOMING = "zooming"
    TUNING = "tuning"
    FRAMING = "framing"
    SKETCHING = "sketching"


class Surface(Protocol):
    """What gestures ask of the canvas they happen on."""

    @property
    def viewport(self) -> Viewport: ...
    @property
    def painting(self) -> Painting | None: ...
    @property
    def grips(self) -> Grips: ...
    @property
    def sketch(self) -> Sketch: ...
    @property
    def picked(self) -> SignalInstance: ...
    def begun(self, *, painting: bool) -> None:
        """A stroke or a shape has begun: show it before anything else."""

    def peek(self, *, on: bool) -> None:
        """The key for the untouched source went down or up."""

    def doing_changed(self) -> None:
        """Another cursor may be due."""


class Gestures:
    """Knows which button or key is down and what it does.

    tool: one of the tool column. picking: a click reports its place instead of painting.
    steadiness: how strokes follow the hand.
    """

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self.tool = "brush"
        self.steadiness = Steadiness()
        self.picking = False
        self.doing = Doing.NOTHING
        self.space = False
        self._magnifies = False
        self._pen = False
        self._button = Qt.MouseButton.NoButton
        self._last = QPointF()
        self._sizing = Sizing()
        self._spot = QPointF()
        self._step = 1.0
        self._course: Course | None = None
        self._pressure = 1.0

    @property
    def draws(self) -> bool:
        """Whether a press of the left button would draw a shape."""
        return self.tool in SHAPES

    @property
    def pans(self) -> bool:
        """Whether a press of the left button would pan."""
        return self.space or self.tool == "hand" or self._surface.grips.alone

    def cursor(self, *, brush: bool) -> Qt.CursorShape:
        """The pointer of what happens, or would by a press. brush: there is a mask to paint on."""
        grip = self._surface.grips.hovered
        if self.doing is Doing.PANNING:
            return Qt.CursorShape.ClosedHandCursor
        if grip is not None and not self.space:
            return grip.shape
        if self.doing is Doing.ZOOMING or (self.space and self._magnifies):
            return Qt.CursorShape.PointingHandCursor
        if self.pans:
            return Qt.CursorShape.OpenHandCursor
        if self.tool == "zoom":
            return Qt.CursorShape.PointingHandCursor
        if self.picking or (self.draws and self.tool != "refine" and brush):
            return Qt.CursorShape.CrossCursor
        return Qt.CursorShape.BlankCursor if brush else Qt.CursorShape.ArrowCursor

    def press(self, touch: Touch) -> None:
        """A button or the pen went down; a second button changes nothing."""
        if self.doing is not Doing.NOTHING:
            return
        self._button, self._last, self._pen = touch.button, touch.at, touch.pen
        painting = self._surface.painting
        grip = self.grip(touch.at) if self._may_frame(touch) else None
        if grip is not None:
            self.doing = Doing.FRAMING
            self._surface.grips.begin(grip, touch.at)
        elif touch.button is not MIDDLE and self._zooms(touch):
            out = touch.button is RIGHT or bool(touch.modifiers & ALT)
            self.doing, self._spot, self._step = Doing.ZOOMING, touch.at, 0.5 if out else 2.0
        elif touch.button is MIDDLE or self.pans:
            self.doing = Doing.PANNING
        elif self.picking and touch.button is LEFT:
            place = self._surface.viewport.to_picture(touch.at.x(), touch.at.y())
            self._surface.picked.emit(*place)
        elif painting is None or painting.plane is None or touch.button not in {LEFT, RIGHT}:
            return
        elif self.draws:
            self._sketch(painting, touch)
        elif touch.button is RIGHT and touch.modifiers & ALT:
            self._sizing.begin(painting)
            self.doing = Doing.TUNING
        else:
            self._begin(painting, touch)
        self._surface.doing_changed()

    def move(self, touch: Touch) -> None:
        """The mouse or the pen moved."""
        if self._pen and not touch.pen and self.doing is Doing.PAINTING:
            return  # some drivers send a mouse along with the pen
        painting = self._surface.painting
        if self.doing is Doing.PANNING:
            way = touch.at - self._last
            self._surface.viewport.pan(way.x(), way.y())
            self._last = touch.at
        elif self.doing is Doing.ZOOMING:
            self._scrub(touch.at)
        elif self.doing is Doing.FRAMING:
            self._last = touch.at
            self._surface.grips.pull(touch.at, touch.modifiers)
        elif self.doing is Doing.SKETCHING or self._surface.sketch.open:
            self._surface.sketch.carry = self.space and self.doing is Doing.SKETCHING
            self._surface.sketch.move(touch.at, touch.modifiers)
        elif self.doing is Doing.TUNING and painting is not None:
            self._sizing.drag(painting, touch.at - self._last, self._surface.viewport.zoom)
        elif self.doing is Doing.PAINTING and painting is not None and self._course is not None:
            self._pressure = felt(touch.pressure, self.steadiness.feel)
            at = self._course.to(self._place(touch), lock=bool(touch.modifiers & SHIFT))
            painting.extend(at.x, at.y, self._pressure)
        elif touch.pen and painting is not None:
            painting.expect_pen()

    def release(self, touch: Touch) -> None:
        """A button or the pen went up; only the one that began counts."""
        if touch.button is not self._button or touch.pen is not self._pen:
            return
        doing, self.doing = self.doing, Doing.NOTHING
        if doing is Doing.PAINTING and self._surface.painting is not None:
            last = self._course.end() if self._course is not None else None
            if last is not None:
                self._surface.painting.extend(last.x, last.y, self._pressure)
            self._surface.painting.end()
        if doing is Doing.ZOOMING:
            self._surface.viewport.zoom_at(self._step, self._spot.x(), self._spot.y())
        if doing is Doing.FRAMING:
            self._surface.grips.end()
        if doing is Doing.SKETCHING:
            self._surface.sketch.release()
        self._surface.doing_changed()

    def grip(self, at: QPointF) -> Grip | None:
        """What of the dashed box a press would take hold of.

        Only its handles while painting, so that one can paint across the line; with the hand and
        the zoom the line as well.
        """
        if self.space or self.doing is not Doing.NOTHING:
            return None
        return self._surface.grips.grip_at(at, line=self.tool in {"hand", "zoom"})

    def wheel(self, at: QPointF, turned: float, *, size: bool = False) -> None:
        """The wheel was turned; NOTCH for each click. size: it changes that of the brush."""
        if size:
            self._sizing.turn(self._surface.painting, turned)
        else:
            self._surface.viewport.turn(turned, at.x(), at.y())

    def key(self, event: QKeyEvent, *, down: bool) -> bool:
        """A key went down or up; False when the canvas does not use it."""
        sign = place(event)
        held = event.isAutoRepeat()
        if sign == SPACE:
            if not held:
                self.space, self._magnifies = down, bool(event.modifiers() & CONTROL)
                self._surface.doing_changed()
        elif sign == BACKSLASH:
            if not held:
                self._surface.peek(on=down)
        elif sign in {LEFT_BRACKET, RIGHT_BRACKET} and down:
            up, harder = sign == RIGHT_BRACKET, bool(event.modifiers() & SHIFT)
            self._sizing.step(self._surface.painting, up=up, harder=harder)
        elif self._changes_pull(event):
            self._surface.grips.pull(self._last, event.modifiers())
        elif down:
            return self._nudge(event)
        else:
            return False
        return True

    def lost(self) -> None:
        """The keyboard went elsewhere: no key is held any more."""
        self.space = False
        self._surface.peek(on=False)
        self._surface.doing_changed()

    def _changes_pull(self, event: QKeyEvent) -> bool:
        """Whether a key says how a frame is pulled, which counts before the pointer moves on."""
        pulling = self.doing is Doing.FRAMING and self._surface.grips.alone
        return pulling and event.key() in {Qt.Key.Key_Shift, Qt.Key.Key_Alt}

    def _zooms(self, touch: Touch) -> bool:
        """Whether a press zooms, with the tool for it or with Ctrl and the space bar."""
        return self.tool == "zoom" or (self.space and bool(touch.modifiers & CONTROL))

    def _scrub(self, at: QPointF) -> None:
        """Zoom at the place of the press, to the right in and to the left out."""
        spot, way = self._spot, at.x() - self._last.x()
        if self._step == 1.0 or abs(way) >= SLACK:
            self._step, self._last = 1.0, at  # a click no more
            self._surface.viewport.zoom_at(2.0 ** (way / DOUBLE_WAY), spot.x(), spot.y())

    def _may_frame(self, touch: Touch) -> bool:
        """Whether this is a plain press; those with another meaning keep it."""
        held = touch.modifiers & (ALT | SHIFT) != Qt.KeyboardModifier.NoModifier
        free = self._surface.grips.alone or not held
        return touch.button is LEFT and free and not touch.eraser

    def _begin(self, painting: Painting, touch: Touch) -> None:
        erase = touch.eraser or touch.button is RIGHT or bool(touch.modifiers & ALT)
        line, at = bool(touch.modifiers & SHIFT), self._place(touch)
        self.doing = Doing.PAINTING
        zoom = self._surface.viewport.zoom
        self._course = Course(at, self.steadiness.smoothing, zoom, held=line)
        self._pressure = felt(touch.pressure, self.steadiness.feel)
        painting.begin(at.x, at.y, self._pressure, erase=erase, line=line)
        self._surface.begun(painting=True)

    def _place(self, touch: Touch) -> Point:
        return Point(*self._surface.viewport.to_picture(touch.at.x(), touch.at.y()))

    def _sketch(self, painting: Painting, touch: Touch) -> None:
        takes = touch.eraser or touch.button is RIGHT or painting.brush.erase
        self.doing = Doing.SKETCHING
        self._surface.begun(painting=False)
        self._surface.sketch.press(touch.at, touch.modifiers, subtract=takes)

    def _nudge(self, event: QKeyEvent) -> bool:
        way, held = ARROWS.get(Qt.Key(event.key())), event.modifiers()
        return way is not None and self._surface.sketch.nudge(
            *way,
            resize=bool(held & SHIFT),
            fine=bool(held & Qt.KeyboardModifier.ControlModifier),
        )

"""Sketch: a shape in the making on the canvas, from the press of a button to what is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from editor.imaging.geometry import Rect
from editor.ui.canvas.brushed import rim_pen
from editor.ui.canvas.figure import Box, Figure, Lasso, Line, Place, Pull
from editor.ui.controls.chip import chip_size, paint_chip
from editor.ui.language import by
from editor.ui.viewport import Viewport

How = Literal["new", "add", "subtract"]

STILL = 4.0
"""Logical pixels that a pressed pointer may stray and still click."""

NEAR = 8.0
"""Logical pixels from the first corner of a lasso within which a click closes it."""

ROOM = 4
"""Logical pixels around a shape that its line takes."""

ASIDE = 12
"""Logical pixels from the corner that is dragged to the size that is told, clear of the cross."""

NUDGE = 8.0
"""Logical pixels by which an arrow key moves a box that was placed by a key."""

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, slots=True)
class Manner:
    """How two of the tools draw: a round shape, and an object by a line on it."""

    round: bool = False
    by_line: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished shape.

    name: "rectangle", "ellipse", "lasso", "wand", "box", "scribble" or "refine". places: two
    corners, the corners of a line, or the one that was clicked. how: what it does to the mask.
    """

    name: str
    places: tuple[Place, ...]
    how: How


class Sketch:
    """Follows the pointer while a shape is drawn.

    done hears a Drawn; update hears the rectangle of the pane to draw again. width: logical
    pixels of the line that is brushed along a rim. carry: what is dragged moves as a whole.
    placed: a box waits for the keys that move it.
    """

    def __init__(
        self, viewport: Viewport, done: Callable[[Drawn], None], update: Callable[[QRect], None]
    ) -> None:
        self._viewport = viewport
        self._done = done
        self._update = update
        self.tool = ""
        self.manner = Manner()
        self.width = 1.0
        self.carry = False
        self._figure: Figure | None = None
        self._how: How = "new"
        self._held = NONE
        self._pressed: QPointF | None = None
        self._last: Place = (0.0, 0.0)
        self._strayed = self._closing = False
        self.placed = False

    @property
    def open(self) -> bool:
        """Whether a shape is in the making, with or without a button down."""
        return self._figure is not None

    @property
    def name(self) -> str:
        """What the tool draws in its manner."""
        if self.tool == "rectangle":
            return "ellipse" if self.manner.round else "rectangle"
        if self.tool == "object":
            return "scribble" if self.manner.by_line else "box"
        return self.tool

    @property
    def size(self) -> str:
        """Width and height of a box in the making, as far as it lies on the picture, in pixels.

        "" for anything else.
        """
        if not isinstance(self._figure, Box):
            return ""
        first, last = self._figure.places
        across, down = (
            round(max(min(max(ends), most) - max(min(ends), 0), 0))
            for *ends, most in zip(first, last, self._viewport.picture, strict=True)
        )
        return by(across, down)

    def press(self, at: QPointF, modifiers: Qt.KeyboardModifier, *, subtract: bool) -> None:
        """A button went down. subtract: by a button or a pen that always takes away.

        Modifiers of the first press say what the shape does to the mask; those that come later
        change its form.
        """
        place = self._place(at)
        if self._figure is None:
            takes = subtract or bool(modifiers & ALT)
            self._how = "subtract" if takes else "add" if modifiers & SHIFT else "new"
            self._held = modifiers
        if self.tool == "wand":
            self._done(Drawn("wand", (place,), self._how))
            return
        self._pressed, self._last, self._strayed = at, place, False
        self._closing = self._closes(at)
        if self._figure is None:
            self._figure = self._begun(place)
        elif not self._closing:
            self._figure.press(place)
        self._update(self._box())

    def place(self, *, subtract: bool) -> None:
        """Begin a box without a pointer, on the middle of what is seen of the picture.

        nudge() moves it, and close() joins it to the mask, or takes it out.
        """
        seen = self._viewport.rect_to_picture(Rect(0, 0, *self._viewport.pane))
        width, height = seen.size.width // 4, seen.size.height // 4
        first = float(seen.left + width), float(seen.top + height)
        last = float(max(seen.right - width, first[0] + 1)), float(seen.bottom - height)
        self.drop()
        self._figure = Box(first, (last[0], max(last[1], first[1] + 1)))
        self._how, self.placed = "subtract" if subtract else "add", True
        self._update(self._box())

    def nudge(self, across: int, down: int, *, resize: bool, fine: bool) -> bool:
        """Move a placed box by a step, or its free corner; False when there is none.

        fine: by one pixel of the picture.
        """
        if not self.placed or not isinstance(self._figure, Box):
            return False
        old = self._box()
        step = 1 if fine else max(1, round(NUDGE / self._viewport.zoom))
        self._figure.nudge(across * step, down * step, resize=resize)
        self._update(old | self._box())
        return True

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer moved, with a button down or between two corners of a lasso."""
        if self._figure is None:
            return
        old, place = self._box(), self._place(at)
        self._held &= modifiers
        if self._pressed is None:
            self._figure.hover(place)
        else:
            far = at - self._pressed
            self._strayed = self._strayed or math.hypot(far.x(), far.y()) > STILL
            if self._strayed:
                free = modifiers & ~self._held
                pull = Pull(self._last, place, bool(free & SHIFT), bool(free & ALT), self.carry)
                self._figure.pull(pull)
                self._last = place
        self._update(old | self._box())

    def release(self) -> None:
        """The button went up: what was dragged is done, a click sets a corner of a lasso."""
        if self._pressed is None:
            return
        self._pressed = None
        if self._strayed or self._closing or isinstance(self._figure, Line):
            self.close()
        elif isinstance(self._figure, Box):
            self.drop()

    def close(self) -> bool:
        """Finish what is in the making; False when there is nothing."""
        figure, name = self._figure, self.name
        if not self.drop() or figure is None:
            return False
        if len(figure.places) >= (3 if isinstance(figure, Lasso) else 1):
            self._done(Drawn(name, figure.places, self._how))
        return True

    def back(self) -> bool:
        """Take the last corner of a lasso back, or drop it; False when there is nothing."""
        if self._figure is None or self._pressed is not None:
            return False
        old = self._box()
        if not self._figure.back():
            return self.drop()
        self._update(old | self._box())
        return True

    def drop(self) -> bool:
        """Give up what is in the making; False when there is nothing."""
        if self._figure is None:
            return False
        box = self._box()
        self._figure, self._pressed = None, None
        self.carry = self.placed = False
        self._update(box)
        return True

    def draw(self, painter: QPainter) -> None:
        """The line as it is, readable on any picture, or what is brushed of a rim."""
        if self._figure is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = self._path(self._figure)
        for pen in self._pens():
            painter.setPen(pen)
            painter.drawPath(path)
        painter.restore()
        if self.size:
            paint_chip(painter, self._chip().topLeft(), self.size)

    def _begun(self, place: Place) -> Figure:
        if self.name in {"rectangle", "ellipse", "box"}:
            return Box(place, place)
        return Lasso([place]) if self.name == "lasso" else Line([place])

    def _closes(self, at: QPointF) -> bool:
        """Whether a click here closes a lasso: on its first corner, or twice on one place."""
        if not isinstance(self._figure, Lasso) or len(self._figure.set) < 3:
            return False
        first, last = (
            at - QPointF(*self._viewport.to_pane(*self._figure.set[end])) for end in (0, -1)
        )
        return first.manhattanLength() <= NEAR or last.manhattanLength() <= STILL

    def _pens(self) -> list[QPen]:
        if self.name == "refine":
            return [rim_pen(self.width)]
        white = QPen(Qt.GlobalColor.white, 1)
        white.setDashPattern([4, 4])
        return [QPen(Qt.GlobalColor.black, 1), white]

    def _path(self, figure: Figure) -> QPainterPath:
        pane = [QPointF(*self._viewport.to_pane(*place)) for place in figure.outline]
        path = QPainterPath(pane[0])
        if isinstance(figure, Box):
            path = QPainterPath()
            add = path.addEllipse if self.name == "ellipse" else path.addRect
            add(QRectF(pane[0], pane[1]).normalized())
        for at in pane[1:] if not isinstance(figure, Box) else ():
            path.lineTo(at)
        return path

    def _box(self) -> QRect:
        if self._figure is None:
            return QRect()
        reach = ROOM + (math.ceil(self.width / 2) if self.name == "refine" else 0)
        bounds = self._path(self._figure).boundingRect().toAlignedRect()
        return bounds.adjusted(-reach, -reach, reach, reach) | self._chip()

    def _chip(self) -> QRect:
        """Where the size of a box is told: beside its free corner, and on the pane."""
        if not self.size or self._figure is None:
            return QRect()
        wide, high = self._viewport.pane
        chip = QRect(QPoint(), chip_size(self.size))
        corner = QPointF(*self._viewport.to_pane(*self._figure.places[-1])).toPoint()
        left = min(corner.x() + ASIDE, int(wide) - chip.width() - ROOM)
        top = min(corner.y() + ASIDE, int(high) - chip.height() - ROOM)
        chip.moveTo(max(left, ROOM), max(top, ROOM))
        return chip

    def _place(self, at: QPointF) -> Place:
        return self._viewport.to_picture(at.x(), at.y())

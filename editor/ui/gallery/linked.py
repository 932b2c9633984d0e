"""Linked: what every comparing pane does with mouse and wheel, through linked viewports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from editor.ui.picture import Picture, outside_of, target_of
from editor.ui.theme import current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.compose.blend import Overlay

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
SHIFT = Qt.KeyboardModifier.ShiftModifier

NOBODY = -1
"""The number of a place where a click chooses nothing."""

CLICK = 4
"""Logical pixels that a hand may tremble while it clicks."""


class Compared(NamedTuple):
    """One picture of a comparison: its number as its digit key has it, and what is laid on.

    starred: by the person.
    """

    number: int
    title: str
    overlay: Overlay | None = None
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What a comparison is about: the untouched source, and what the answers are laid on."""

    source: Picture
    base: Picture

    def picture(self, shown: Compared) -> Picture:
        return self.base if shown.number else self.source

    def ready(self, shown: Compared) -> bool:
        """Whether a picture can be drawn at once."""
        return shown.overlay is None or self.base.ready(shown.overlay)


class Linked(QWidget):
    """Zooms and pans all panes alike; with Shift a drag moves what is under it alone.

    chosen: a place with this number was clicked; kept: twice clicked.
    """

    chosen = Signal(int)
    kept = Signal(int)

    parts = True
    # Whether a drag with Shift may take this pane away from the place of the others.

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport = Viewport(viewport)
        self.viewport.listen(self.update)
        self.peeking = False
        self._panning: Viewport | None = None
        self._pressed: QPointF | None = None
        self._last = QPointF()

    @property
    def viewports(self) -> tuple[Viewport, ...]:
        """Every viewport of this pane."""
        return (self.viewport,)

    def viewport_at(self, at: QPointF) -> Viewport:
        """The viewport of what is drawn here."""
        return self.viewport

    def number_at(self, at: QPointF) -> int:
        """What a click here chooses, NOBODY for nothing."""
        return NOBODY

    def draw(self, painter: QPainter, rect: QRect) -> None:
        """Draw the part of the pane inside a rectangle."""

    def peek(self, *, on: bool) -> None:
        """Show the untouched source, or no longer."""
        self.peeking = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.devicePixelRatioF() != self.viewport.ratio:
            self._measure()
        self.draw(QPainter(self), event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()

    def wheelEvent(self, event: QWheelEvent) -> None:
        at = event.position()
        # Alt turns a wheel sideways on some systems.
        turned = event.angleDelta().y() or event.angleDelta().x()
        self.viewport_at(at).turn(turned, at.x(), at.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in {LEFT, MIDDLE} and self._panning is None:
            self._last = event.position()
            self._pressed = self._last if event.button() is LEFT else None
            self._panning = self.viewport_at(self._last)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panning is None:
            return
        way, self._last = event.position() - self._last, event.position()
        alone = event.modifiers() & SHIFT and self.parts
        move = self._panning.pan_alone if alone else self._panning.pan
        move(way.x(), way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._panning, self._pressed = self._pressed, None, None
        if pressed is None or event.modifiers() & SHIFT:
            return
        number = self.number_at(event.position())
        if (event.position() - pressed).manhattanLength() < CLICK and number != NOBODY:
            self.chosen.emit(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.modifiers() & SHIFT:
            self.viewport_at(event.position()).rejoin()
        elif (number := self.number_at(event.position())) != NOBODY:
            self.kept.emit(number)  # and the second release chooses nothing

    def _measure(self) -> None:
        for viewport in self.viewports:
            viewport.ratio = self.devicePixelRatioF()
            viewport.resize(self.width(), self.height())


def draw_shown(
    painter: QPainter,
    rect: QRect,
    viewport: Viewport,
    picture: Picture | None,
    overlay: Overlay | None,
) -> None:
    """Draw a picture and what is laid on it, on the ground of the stage; None draws the ground."""
    ground = current().colours.surround
    if picture is None:
        painter.fillRect(rect, ground)
        return
    target = target_of(viewport)
    for outside in outside_of(rect, target):
        painter.fillRect(outside, ground)
    seen = rect & target
    if not seen.isEmpty():
        picture.draw(painter, seen, viewport, overlay)

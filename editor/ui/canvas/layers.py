"""Layers: what is drawn under the chrome: picture, answer, heat map, mask, rim, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from editor.imaging.geometry import Rect
from editor.ui.canvas.look import MaskLook, colour_on
from editor.ui.canvas.overlay import MaskOverlay
from editor.ui.canvas.rim import Rim
from editor.ui.picture import Picture, outside_of, target_of
from editor.ui.theme import current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.compose.blend import Overlay
    from editor.mask.plane import MaskPlane
    from editor.ui.canvas.heat import HeatMap


class Layers:
    """Everything that belongs to the picture.

    outline: a mask whose rim is drawn over an answer. heat: laid over an answer. source: shown
    in place of all else while peeking, and when neither editing nor an answer is laid on.
    editing: the mask is shown at rest; not while an answer is judged. painting: a stroke is
    under way, the mask is shown and fainter.
    """

    def __init__(self, viewport: Viewport) -> None:
        self.base: Picture | None = None
        self.source: Picture | None = None
        self.answer: Overlay | None = None
        self.mask: MaskOverlay | None = None
        self.outline: MaskOverlay | None = None
        self.heat: HeatMap | None = None
        self.editing = True
        self.peeking = False
        self.painting = False
        self.mask_shown = True
        self.look = MaskLook()
        self._viewport = viewport
        self._colour = colour_on(self.look, None)
        self._rim = Rim()
        self._outline_rim = Rim()

    def take_base(self, base: Picture | None) -> None:
        """Draw this picture from now on; the mask has the colour that suits it."""
        self.base = base
        self.take_look(self.look)

    def take_look(self, look: MaskLook) -> None:
        """Show the mask like this from now on."""
        self.look = look
        self._colour = colour_on(look, self.base.rough if self.base else None)
        self.tint()

    def take_mask(self, plane: MaskPlane | None) -> None:
        """Draw this mask from now on."""
        self._rim.forget()
        self.mask = None if plane is None else MaskOverlay(plane, self.look, self._colour)

    def take_outline(self, plane: MaskPlane | None) -> None:
        """Draw the rim of this mask over the answer on the stage."""
        self._outline_rim.forget()
        self.outline = None if plane is None else MaskOverlay(plane, self.look, self._colour)

    def tint(self) -> QRect:
        """Give the mask the strength of this moment; the part of the pane to draw again."""
        if self.mask is None:
            return QRect()
        self.mask.show_look(self.look, self._colour, painting=self.painting)
        return self.mask.box(self._viewport)

    def settle(self) -> QRect:
        """Show a mask at rest, its rim measured anew; the part of the pane to draw again."""
        before = self._rim.box(self._viewport)
        self._rim.forget()
        return before | self.tint()

    def measure(self, pane: QRect) -> None:
        """Find the rim of what is painted, unless it is known or a stroke changes it."""
        if self.mask is not None and not self.painting and self.shows_mask:
            mask, rim = self.mask, self._rim
        elif self.outline is not None:
            mask, rim = self.outline, self._outline_rim
        else:
            return
        seen = self._viewport.rect_to_picture(Rect(0, 0, pane.width(), pane.height()))
        if not rim.holds(self._viewport, seen):
            rim.measure(mask, self._viewport, seen)

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Draw the part of the pane inside a rectangle."""
        ground = current().colours.surround
        if self.base is None:
            painter.fillRect(rect, ground)
            return
        for outside in outside_of(rect, target_of(self._viewport)):
            painter.fillRect(outside, ground)
        if self.source is not None and self._shows_source:
            self.source.draw(painter, rect, self._viewport)
            return
        self.base.draw(painter, rect, self._viewport, self.answer)
        if self.heat is not None and self.answer is not None:
            self.heat.draw(painter, rect, self._viewport)
        if self.mask is not None and self.shows_mask:
            self.mask.draw(painter, rect, self._viewport)
            if self.look.view == "overlay":  # the other views show by themselves where it ends
                self._rim.draw(painter, rect, self._viewport)
        elif self.outline is not None and self.answer is not None:
            self._outline_rim.draw(painter, rect, self._viewport)

    @property
    def shows_mask(self) -> bool:
        """Whether the mask is to be seen now."""
        peeking = self.peeking and self.source is not None
        return self.mask_shown and not peeking and (self.editing or self.painting)

    @property
    def _shows_source(self) -> bool:
        """While its key is held, or after its digit: then nothing is edited and nothing laid on."""
        return self.peeking or not (self.editing or self.answer)

    def dab(self) -> QColor:
        """What fresh paint looks like, translucent."""
        colour = QColor(self._colour)
        colour.setAlphaF(current().overlay.painting)
        return colour

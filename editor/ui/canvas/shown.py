"""Shown: what the canvas is told to show: pictures, answers, masks and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from editor.ui.canvas.chrome import Chrome
from editor.ui.canvas.frame import SendFrame
from editor.ui.canvas.hands import Hands
from editor.ui.canvas.layers import Layers
from editor.ui.canvas.look import MaskLook
from editor.ui.canvas.ring import Ring
from editor.ui.language import note
from editor.ui.picture import picture_of, place_of, shown
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.compose.blend import Overlay
    from editor.imaging.raster import Raster
    from editor.mask.plane import MaskPlane
    from editor.ui.canvas.heat import HeatMap


class Shown(Hands):
    """The part of the canvas that others speak to; it draws anew what has become another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport()
        self._layers = Layers(self.viewport)
        self.chrome = Chrome(self, self.viewport)
        self.frame = SendFrame(self, self.viewport, self.chrome.taken)
        self._ring = Ring()

    def show_outline(self, plane: MaskPlane | None) -> None:
        """Draw the rim of this mask over the answer on the stage."""
        self._layers.take_outline(plane)
        self.update()

    def show_heat(self, heat: HeatMap | None, words: str) -> None:
        """Lay a heat map over the answer on the stage, and say what it tells."""
        self.chrome.say("heat", words)
        if heat is not self._layers.heat:
            self._layers.heat = heat
            self.update()

    def show_base(self, base: Raster | None) -> None:
        """Draw this picture; None for an empty stage."""
        self._layers.take_base(shown(base))
        if base is not None:
            self.viewport.show(*base.size)
            self.chrome.show_zoom(self.viewport.zoom * self.viewport.ratio)
        self.chrome.show_size(base.size if base else None)
        self.doing_changed()
        self.update()

    def show_source(self, source: Raster | None) -> None:
        """Draw the untouched source in place of everything for as long as its key is held."""
        picture = None if source is None else picture_of(source)
        if picture is not self._layers.source:
            self._layers.source = picture
            self.update()

    def show_variant(self, joined: Overlay | None, *, editing: bool) -> None:
        """Lay an answer on the base, with what its join said.

        editing: the mask is shown, nothing is laid on.
        """
        self.chrome.say("beyond", note(joined.note) if joined else "")
        self.frame.show_editing(editing=editing)
        before, other = self._layers.answer, editing is not self._layers.editing
        self._layers.answer, self._layers.editing = joined, editing
        if other or (joined is None) is not (before is None):
            self.update()
        elif joined is not None and before is not None and joined is not before:
            for answer in (before, joined):
                self.update(place_of(answer, self.viewport))

    def show_lock(self, words: str, *, open: bool = False) -> None:
        """Say how many protected pixels have changed. open: that none are protected."""
        self.chrome.say("lock", "" if open else words)
        self.chrome.say("open", words if open else "")

    def show_caption(self, words: str) -> None:
        """Say what is shown."""
        self.chrome.say("caption", words)

    def show_hint(self, *, shown: bool) -> None:
        """Say in a ghost line what to do first; the first stroke takes it away."""
        self.chrome.show_hint(shown=shown)

    def show_overlay(self, *, shown: bool) -> None:
        """Draw the mask, or not."""
        self._layers.mask_shown = shown
        self.update()

    def show_look(self, look: MaskLook) -> None:
        """Show mask and brush like this."""
        self._layers.take_look(look)
        self._ring.precise = look.precise
        self.update()

    def doing_changed(self) -> None:
        """Show the cursor of what the pointer would do now."""
        raise NotImplementedError

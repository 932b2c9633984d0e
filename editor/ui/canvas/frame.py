"""The dashed window that would be sent: when it is to be seen, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget

from editor.imaging.geometry import Rect
from editor.ui.canvas.grips import Grips
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.imaging.placement import Placement


class SendFrame(Grips):
    """Shows a window of the picture, while something is said of it, and lets it be drawn anew."""

    def __init__(self, canvas: QWidget, viewport: Viewport, taken: Callable[[], QRegion]) -> None:
        super().__init__(canvas, viewport, taken)
        self._editing = True

    def show_window(self, placement: Placement | None) -> None:
        """Frame the part of the picture that would be sent."""
        window = placement.window if placement else None
        if window != self._window:
            self._change(window, self._words)

    def say(self, words: str) -> None:
        """Say what would be sent; "" when nothing is, which hides the frame."""
        if words != self._words:
            self._change(self._window, words)

    def show_editing(self, *, editing: bool) -> None:
        """Show it, or nothing while an answer is judged."""
        if editing is not self._editing:
            self._update()
            self._editing = editing
            self._change(self._window, self._words)

    def _box(self) -> Rect | None:
        if self._window is None or not self._words or not self._editing:
            return None
        return self._viewport.rect_to_pane(self._window)

    def _change(self, window: Rect | None, words: str) -> None:
        self._update()
        self._window, self._words = window, words
        if self._box() is None:
            self.hovered = None
        self.lay_out()
        self._update()

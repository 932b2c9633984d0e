"""Framing: the dashed window on the canvas, drawn by hand or by commands, with size and price."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from editor.imaging.geometry import Rect
from editor.ui.language import by, money

if TYPE_CHECKING:
    from editor.imaging.placement import Placement
    from editor.session.form_state import FrameName
    from editor.session.session import Session
    from editor.ui.window import Window

log = logging.getLogger(__name__)

STEPS = {
    "frame-wider": (0, 0, 1),
    "frame-narrower": (0, 0, -1),
    "frame-left": (-1, 0, 0),
    "frame-right": (1, 0, 0),
    "frame-up": (0, -1, 0),
    "frame-down": (0, 1, 0),
}
"""By command: eighths of its sides by which the window goes right, down and wider."""

OWN = "own"
"""What the panel calls a window that was drawn."""


class Framing(QObject):
    """Shows what would be sent and takes what the person draws; commands: by id."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self.commands: dict[str, Callable[[], None]] = {
            command: partial(self._step, *way) for command, way in STEPS.items()
        }
        self.commands["frame-reset"] = lambda: session.sending.frame_by(None)
        self._dashed: tuple[object, ...] | None = None
        frame = window.stage.canvas.frame
        frame.drawing.connect(self._try)
        frame.drawn.connect(session.sending.frame_by)
        frame.dropped.connect(lambda: self.show(session.sending.placement))
        session.sending.framed.connect(self.show)
        session.form.changed.connect(lambda _: self._show_words(session.sending.placement))
        window.panel.frame_chosen.connect(self._choose)

    def show(self, placement: Placement | None) -> None:
        """Dash the window that would be sent and say what it costs."""
        if not self._window.stage.canvas.frame.pulled:
            self._show(placement)

    def escape(self) -> bool:
        """Give up what is being drawn; False when nothing is."""
        return self._window.stage.canvas.frame.abandon()

    def words(self, placement: Placement | None) -> str:
        """What would be sent: its size, whether it is resampled, what one picture costs."""
        if placement is None:
            return ""
        width, height = placement.sent
        scale = self.tr("{percent} %").format(percent=f"{100 * placement.scale[0]:.0f}")
        fit = self.tr("1:1") if placement.window.size == placement.sent else scale
        price = self._session.sending.price_of(placement)
        cost = self.tr("unknown price") if price is None else money(price)
        words = self.tr("send {size}  {fit}  {price}")
        return words.format(size=by(width, height), fit=fit, price=cost)

    def _try(self, rect: Rect, held: tuple[float, float]) -> None:
        self._show(self._session.sending.drawn(rect, held))

    def _show(self, placement: Placement | None) -> None:
        plane = self._session.painting.plane
        if self._session.form.state.offline or plane is None or plane.is_empty:
            placement = None
        words = self.words(placement)
        self._window.stage.canvas.frame.show_window(placement)
        self._window.stage.canvas.frame.say(words)
        dashed = (*placement.window, words) if placement else None
        if dashed and dashed != self._dashed:
            log.info("dashed %d,%d %d,%d: %s", *dashed)
        self._dashed = dashed

    def _show_words(self, placement: Placement | None) -> None:
        """Say it anew when only the price is another."""
        if self._window.stage.canvas.frame.shown:
            self.show(placement)

    def _choose(self, name: str) -> None:
        """Send less or more, or keep the window as it is now to change it by hand."""
        form, placement = self._session.form, self._session.sending.placement
        if name != OWN:
            form.set_frame(cast("FrameName", name))
        elif placement is not None:
            self._session.sending.frame_by(placement.window)
        else:
            self._window.panel.show_form(form.state)

    def _step(self, across: int, down: int, wider: int) -> None:
        from editor.edits.own_window import stepped  # not before the window is painted

        placement = self._session.sending.placement
        if placement is not None:
            self._session.sending.frame_by(stepped(placement.window, across, down, wider))

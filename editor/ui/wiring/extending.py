"""Extending: how much larger the canvas is to be, by numbers in a bar and by hand around it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from editor.compose.extension import Sides
from editor.imaging.geometry import Rect, whole
from editor.imaging.intake import LONGEST, MEGAPIXELS
from editor.imaging.outward import Bounds
from editor.ui.extend_bar import MOST
from editor.ui.stage import EDIT

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.status import Status
    from editor.ui.window import Window


log = logging.getLogger(__name__)


class ExtendingPart(QObject):
    """Connects bar, canvas and session; commands: by id, for menus and keys.

    edit: shows the picture with its mask. Whatever needs the canvas otherwise gives it up.
    """

    def __init__(
        self, window: Window, session: Session, status: Status, edit: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._stage = window.stage
        self._bar, self._larger = window.stage.extend, window.stage.canvas.larger
        self._session = session
        self._status = status
        self._edit = edit
        self.commands: dict[str, Callable[[], None]] = {"extend": self._ask}
        self._bar.changed.connect(self._larger.show_frame)
        self._bar.changed.connect(lambda _: self._stage.place_bars())
        self._bar.extended.connect(self._extend)
        self._bar.dropped.connect(self.leave)
        self._larger.drawing.connect(lambda frame, _: self._draw(frame))
        self._larger.drawn.connect(lambda frame, _: self._log(frame))
        window.stage.canvas.tool_changed.connect(lambda _: self._yield(True))
        window.stage.viewed.connect(lambda: self._yield(window.stage.view != EDIT))
        session.gallery.changed.connect(lambda state: self._yield(state.shown is not None))
        session.masking.reshaping.changed.connect(lambda tried: self._yield(tried is not None))
        session.painting.turned.connect(self._close)

    def takes(self, command: str) -> bool:
        """Let Enter do what the bar asks for; False while it asks nothing."""
        if command != "enter" or self._bar.isHidden():
            return False
        self._bar.enter()
        return True

    def leave(self) -> bool:
        """Give up the pull, else all of it; False when nothing was asked and nothing is made."""
        if self._larger.abandon() or self._session.extending.stop():
            return True
        if self._bar.isHidden():
            return False
        self._close()
        self._stage.canvas.setFocus()
        return True

    def _ask(self) -> None:
        base = self._session.document.base
        if base is None or self._larger.shown or self._session.painting.painting:
            return
        self._edit()
        self._session.masking.reshaping.drop()
        self._stage.canvas.sketch.drop()
        reach = min(MOST, (LONGEST - max(base.size)) // 2)
        bounds = Bounds(base.size, reach, MEGAPIXELS * 1_000_000)
        self._larger.open(bounds)
        self._bar.ask(bounds)
        self._show()
        self._log(whole(base.size))

    def _draw(self, frame: Rect) -> None:
        self._larger.show_frame(frame)
        self._bar.show_frame(frame)
        self._stage.place_bars()

    def _log(self, frame: Rect) -> None:
        canvas = self._stage.canvas
        corner = canvas.mapToGlobal(QPointF(*canvas.viewport.to_pane(0, 0)))
        place = corner.x(), corner.y(), canvas.viewport.zoom
        log.info("a frame of %d,%d %d,%d, drawn at %d,%d zoom %.6f", *frame, *place)

    def _yield(self, needed: bool) -> None:
        if needed and not self._larger.settled:
            self._close()

    def _close(self) -> None:
        if self._larger.shown:
            self._bar.hide()
            self._larger.close()
            self._show()

    def _show(self) -> None:
        self._stage.place_bars()
        self._stage.canvas.doing_changed()
        self._status.show_tool()

    def _extend(self, frame: Rect) -> None:
        """Leave the frame to be seen until the larger picture is there."""
        base = self._session.document.base
        if base is None or not (sides := Sides.between(frame, base.size)):
            self.leave()
            return
        self._bar.hide()
        self._larger.settle(self.tr("extending…  Esc stops"))
        self._show()
        self._stage.canvas.setFocus()
        self._session.run(lambda: self._extended(sides), "extend")

    async def _extended(self, sides: Sides) -> None:
        try:
            await self._session.extending.extend(sides)
        finally:
            self._close()

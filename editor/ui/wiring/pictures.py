"""Pictures: those of the strip, and the target on the canvas."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QTimer

from editor.ui.gallery.faces import picture_face
from editor.ui.near import on_read
from editor.ui.picture import prepare

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.commands import Commands
    from editor.ui.window import Window

log = logging.getLogger(__name__)


class Pictures(QObject):
    """Shows what is open. shown: called when strip or canvas show other pictures."""

    def __init__(
        self, window: Window, session: Session, commands: Commands, shown: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._session = session
        self._shown = shown
        strip, document = window.strip.pictures, session.document
        strip.kept.connect(lambda slot: document.move(slot, 0))
        strip.removed.connect(document.remove)
        strip.moved.connect(document.move)
        strip.menu.connect(self._menu)
        document.prepare = prepare
        on_read(self._redraw)
        document.ordered.connect(lambda _: self.show_all())
        document.turned.connect(self.show_base)
        document.based.connect(self.show_base)

    def show_all(self) -> None:
        """Show the open pictures in their order."""
        pictures = self._session.document.pictures
        # A reference has the number by which the prompt speaks of it.
        numbers = accumulate(at > 0 and held.reference for at, held in enumerate(pictures))
        faces = [
            (held.slot, picture_face(held, number, target=held is pictures[0]))
            for held, number in zip(pictures, numbers, strict=True)
        ]
        self._window.strip.pictures.show_faces(faces, pictures[0].slot if pictures else "")
        self._window.stage.show_empty(empty=not pictures)
        log.info("%d pictures in the strip", len(pictures))
        self._shown()

    def show_base(self) -> None:
        """Put the target on the canvas."""
        self._window.stage.canvas.show_base(self._session.document.base)
        self._shown()
        QTimer.singleShot(0, self, self._log_place)

    def _redraw(self) -> None:
        """Show what has been read of a picture on the disk."""
        self._window.stage.canvas.update()
        self._window.stage.compare.redraw()

    def _log_place(self) -> None:
        canvas = self._window.stage.canvas
        if self._session.document.base is None:
            return
        corner = canvas.mapToGlobal(QPointF(*canvas.viewport.to_pane(0, 0)))
        log.info("drawn at %d,%d zoom %.6f", corner.x(), corner.y(), canvas.viewport.zoom)

    def _menu(self, slot: str, at: QPoint) -> None:
        self._commands.pictures_menu(slot).popup(at)

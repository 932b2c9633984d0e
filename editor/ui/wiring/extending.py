"""Extending: the bar that asks how much larger the canvas is to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.compose.extension import Sides

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window


class ExtendingPart(QObject):
    """Connects the bar with the session; commands: by id, for menus and keys.

    edit: shows the picture with its mask.
    """

    def __init__(self, window: Window, session: Session, edit: Callable[[], None]) -> None:
        super().__init__(window)
        self._stage = window.stage
        self._session = session
        self._edit = edit
        self.commands: dict[str, Callable[[], None]] = {"extend": self._ask}
        window.stage.extend.extended.connect(self._extend)
        window.stage.extend.dropped.connect(self.leave)
        session.painting.turned.connect(self._close)

    def takes(self, command: str) -> bool:
        """Let Enter do what the bar asks for; False while it asks nothing."""
        if command != "enter" or self._stage.extend.isHidden():
            return False
        self._stage.extend.enter()
        return True

    def leave(self) -> bool:
        """Give it up; False when nothing was asked."""
        if self._stage.extend.isHidden():
            return False
        self._close()
        self._stage.canvas.setFocus()
        return True

    def _ask(self) -> None:
        self._edit()
        self._session.masking.reshaping.drop()
        self._stage.extend.ask()
        self._stage.place_bars()

    def _close(self) -> None:
        self._stage.extend.hide()
        self._stage.place_bars()

    def _extend(self, left: int, top: int, right: int, bottom: int) -> None:
        self.leave()
        sides = Sides(left, top, right, bottom)
        self._session.run(lambda: self._session.extending.extend(sides), "extend")

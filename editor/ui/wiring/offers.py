"""Offers: ways on beside the prompt's hint, such as to edit the whole picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from editor.session.covering import CLEAR, WHOLE
from editor.ui.controls.option import Option

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window


class Offers(QObject):
    """Shows what the session offers at the prompt, and takes what is clicked."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        window.stage.prompt.taken.connect(self._take)
        for change in (session.covering.changed, session.painting.stroke_ended):
            change.connect(self._show)
        session.painting.turned.connect(self._show)

    def _show(self) -> None:
        words = {
            WHOLE: Option(
                WHOLE,
                self.tr("Edit the whole picture"),
                self.tr("all of it may change, and nothing is protected in this edit"),
            ),
            CLEAR: Option(
                CLEAR,
                self.tr("Edit what is transparent"),
                self.tr("the mask becomes what is clear in the picture"),
            ),
        }
        ways = self._session.covering.ways
        self._window.stage.prompt.show_offers([words[way] for way in ways])

    def _take(self, offer: str) -> None:
        self._session.covering.go(offer)
        self._window.stage.prompt.setFocus(Qt.FocusReason.OtherFocusReason)

"""Offers: ways on beside the prompt's hint, such as to edit the whole picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from editor.session.covering import CLEAR, LAST, WHOLE
from editor.ui.controls.option import Option

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window

ANYWAY = "anyway"


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
        session.spending.asked.connect(lambda _: self._ask())

    def _show(self) -> None:
        words = {
            LAST: Option(
                LAST,
                self.tr("Last mask"),
                self.tr("paint what was painted for the edit that was kept last"),
            ),
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
        offers = [words[way] for way in ways]
        if self._session.spending.question is not None:
            offers = [Option(ANYWAY, self.tr("Edit anyway"), self.tr("and cross the cap"))]
        self._window.stage.prompt.show_offers(offers)

    def _ask(self) -> None:
        """Let the answer to a question be one key away."""
        self._show()
        if self._session.spending.question is not None:
            self._window.stage.prompt.focus_offer(ANYWAY)

    def _take(self, offer: str) -> None:
        self._window.stage.prompt.setFocus(Qt.FocusReason.OtherFocusReason)
        if offer == ANYWAY:
            self._session.run(self._session.spending.go_on, "send")
        else:
            self._session.covering.go(offer)

"""Staying: the switch that keeps a project on this computer, and where the window says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.ui.status import Status

if TYPE_CHECKING:
    from editor.session.form_state import FormState
    from editor.session.session import Session
    from editor.ui.window import Window


class Staying(QObject):
    """Sets the switch and shows it in the menu, the title and the hint line. commands: by id."""

    def __init__(self, window: Window, session: Session, status: Status) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._status = status
        self._action = window.actions_by_id["local"]
        self._shown: bool | None = None
        self.commands: dict[str, Callable[[], None]] = {"local": self._turn}
        session.form.changed.connect(self._show)
        self._show(session.form.state)

    def _turn(self) -> None:
        on = self._action.isChecked()
        self._session.form.set_local(on=on)
        if on:
            self._session.jobs.stop_unsent()

    def _show(self, state: FormState) -> None:
        if state.local is self._shown:
            return
        self._shown = state.local
        self._action.setChecked(state.local)
        title = self.tr("Frisket - stays on this computer")
        self._window.setWindowTitle(title if state.local else "Frisket")
        self._status.show_mask()

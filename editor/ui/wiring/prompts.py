"""Prompts: the earlier prompts of the session in the prompt bar and in their list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from editor.ui.panel.earlier import Earlier

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window


class Prompts(QObject):
    """Offers them to Alt+Up and in a list. commands: by id, for menus and keys."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._earlier: Earlier | None = None
        self.commands: dict[str, Callable[[], None]] = {"prompts": self._offer}
        session.prompts.changed.connect(self._show)
        self._show()
        prompt = window.stage.prompt
        prompt.plea_chosen.connect(self._keep)
        prompt.plea_changed.connect(session.form.set_plea_words)
        session.document.ordered.connect(lambda _: self._show_references())
        self._show_references()

    def _show(self) -> None:
        newest_first = [entry.prompt for entry in self._session.prompts.entries]
        self._window.stage.prompt.text.set_history(newest_first[::-1])

    def _show_references(self) -> None:
        names = [held.name for held in self._session.document.references]
        self._window.stage.prompt.mentions.show_references(names)

    def _keep(self, on: bool) -> None:
        self._session.form.set_plea(on=on)
        if on:
            self._window.stage.prompt.plea.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        if self._earlier is None:  # most never open it
            self._earlier = Earlier(self._window)
            self._earlier.chosen.connect(self._take)
        self._earlier.offer(self._session.prompts.entries, self._window.stage.prompt)

    def _take(self, prompt: str) -> None:
        self._session.form.set_prompt(prompt)
        self._window.stage.prompt.setFocus(Qt.FocusReason.OtherFocusReason)

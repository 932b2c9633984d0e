"""Spending: the quiet line, its panel, the amber price, and the question before a cap."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from editor.session.spending import Question
from editor.ui.panel.spent import question
from editor.ui.spending import SpendingPanel

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window


class SpendingPart(QObject):
    """Shows what was spent and keeps the person's limits in the preferences."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._panel: SpendingPanel | None = None
        session.spending.changed.connect(self._show)
        session.spending.asked.connect(self._ask)
        window.spent.button.clicked.connect(self._open)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._look)
        self._take()
        self._show()

    def _show(self) -> None:
        spent = self._session.spending.spent
        self._window.spent.show_spent(spent)
        if self._panel is not None:
            self._panel.show_spent(spent)

    def _look(self, state: Qt.ApplicationState) -> None:
        """Whoever comes back may have spent something at the command line."""
        if state == Qt.ApplicationState.ApplicationActive:
            self._session.spending.listen()

    def _ask(self, asked: Question | None) -> None:
        words = question(asked.total, asked.cap, asked.day) if asked else ""
        self._window.stage.prompt.show_question(words)

    def _open(self) -> None:
        if self._panel is None:
            self._panel = SpendingPanel(self._window)
            self._panel.dear_chosen.connect(lambda dear: self._choose(dear=dear))
            self._panel.cap_chosen.connect(lambda cap: self._choose(cap=cap))
            self._panel.notify_chosen.connect(lambda notify: self._choose(notify=notify))
        kept = self._window.preferences
        self._panel.show_limits(dear=kept.dear, cap=kept.cap, notify=kept.notify)
        self._panel.show_spent(self._session.spending.spent)
        self._panel.show()
        self._panel.raise_()
        self._panel.activateWindow()

    def _choose(self, **limits: float | bool) -> None:
        kept = self._window.preferences
        self._window.preferences = replace(kept, **limits)  # type: ignore[arg-type]  # by name
        self._take()

    def _take(self) -> None:
        kept = self._window.preferences
        self._session.spending.cap = kept.cap
        self._window.stage.prompt.show_limit(kept.dear)

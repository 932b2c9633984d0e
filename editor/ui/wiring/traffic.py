"""Traffic: the menu of a tile whose answer is still awaited, and queues that are paused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from editor.session.notice import of_problem
from editor.ui.controls.menu import Menu
from editor.ui.controls.toast import Offer
from editor.ui.language import sentence

if TYPE_CHECKING:
    from editor.errors import Problem
    from editor.session.session import Session
    from editor.ui.window import Window

ORDER = ("front", "back", "leave", "drop", "abort-unsent", "abort")
"""Commands of the menu as they stand in it."""


class TrafficPart(QObject):
    """Offers what can be done about a request, each with what it means for the bill.

    commands: by id, for menus and keys.
    """

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._paused: dict[str, str] = {}
        self.commands: dict[str, Callable[[], None]] = {
            "stop-queued": self._stop_queued,
            "resume": self._resume,
        }
        window.strip.results.menu.connect(self._menu)
        session.providers.held.connect(self._pause)
        session.jobs.resumed.connect(self._over)

    def _menu(self, id: str, at: QPoint) -> None:
        menu = self._made(id)
        if menu is not None:
            menu.popup(at)

    def _made(self, id: str) -> Menu | None:
        job = self._job(id)
        can = self._session.traffic.can(job)
        if not can:
            return None
        words = {
            "front": self.tr("To the &front"),
            "back": self.tr("To the &back"),
            "leave": self.tr("&Stop waiting: it is kept when it comes, and charged as ever"),
            "drop": self.tr("&Remove: nothing is charged"),
            "abort-unsent": self.tr("&Abort: nothing is charged"),
            "abort": self.tr("&Abort: it may be charged all the same, and is lost"),
        }
        menu = Menu(self._window)
        menu.setObjectName("traffic-menu")
        for command in ORDER:
            if command in can:
                act = menu.addAction(words[command])
                act.setObjectName(f"traffic-{command}")
                act.triggered.connect(partial(self._do, command, job))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _do(self, command: str, job: str) -> None:
        if command in self._session.traffic.can(job):
            self._session.traffic.commands[command](job)

    def _job(self, id: str) -> str:
        entry = self._session.gallery.find(id)
        return entry.job if entry is not None else id

    def _pause(self, provider: str, problem: Problem) -> None:
        """Say why a queue waits, and offer to resume it; an empty one waits for nothing."""
        if not self._session.jobs.waiting(provider):
            return
        notice = of_problem(problem)
        self._paused[provider] = sentence(notice)
        ways = [
            Offer("resume", self.tr("Resume")),
            Offer("stop-queued", self.tr("Stop queued")),
        ]
        self._window.tell(notice, ways)

    def _resume(self) -> None:
        for provider in list(self._paused):
            self._session.jobs.resume(provider)

    def _stop_queued(self) -> None:
        self._session.jobs.stop_queued()
        for provider in list(self._paused):
            self._over(provider)

    def _over(self, provider: str) -> None:
        """Take away what was said of a queue that waits no more."""
        if words := self._paused.pop(provider, ""):
            self._window.stage.toasts.take_back(words)

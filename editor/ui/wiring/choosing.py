"""Choosing: star, reject, redo and the menu of a result's tile, by keys, menus and clicks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication

from editor.session.notice import Notice
from editor.ui import printed
from editor.ui.actions import ON_STAGE, commands, translated
from editor.ui.controls.menu import Menu

if TYPE_CHECKING:
    from editor.session.entries import Entry
    from editor.session.session import Session
    from editor.ui.window import Window

ENTRIES = ("keep", "star", "reject", "", "look", "anyway", "again", "again-final", "", "copy-wish")
"""Commands of a tile's menu by their ids; "" is a line."""


class Choosing(QObject):
    """Acts on the shown result, or on the current tile; commands: by id, for menus and keys."""

    def __init__(self, window: Window, session: Session, do: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._do = do
        self._acts: dict[str, Callable[[str], None]] = {
            "star": session.choosing.star,
            "reject": session.choosing.reject,
            "anyway": session.choosing.take_anyway,
            "look": self._look,
            "again": partial(self._redo, final=False),
            "again-final": partial(self._redo, final=True),
            "copy-wish": self._copy,
        }
        self.commands: dict[str, Callable[[], None]] = {
            id: partial(self._act, id) for id in self._acts
        }
        window.strip.results.menu.connect(self._menu)
        window.panel.also_chosen.connect(lambda asked, on: session.form.set_also(asked, on=on))

    def _act(self, command: str) -> None:
        """Do it with the result on the stage, or with the tile that has the ring."""
        entry = self._session.choosing.chosen
        if entry is not None and command in self._session.choosing.can(entry.id):
            self._acts[command](entry.id)

    def _menu(self, id: str, at: QPoint) -> None:
        menu = self._made(id)
        if menu is not None:
            menu.popup(at)

    def _made(self, id: str) -> Menu | None:
        """What can be done with one tile, None when nothing can."""
        can, entry = self._session.choosing.can(id), self._session.gallery.find(id)
        if not can or entry is None:
            return None
        texts = {command.id: translated(command.text) for command in commands()}
        signs = printed.signs()
        menu = Menu(self._window)
        menu.setObjectName("result-menu")
        for command in ENTRIES:
            if not command:
                menu.addSeparator()
            elif command in can:
                act = menu.addAction(self._worded(command, entry, texts[command], signs))
                act.setObjectName(f"result-{command}")
                act.triggered.connect(partial(self._chosen, command, id))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _worded(self, command: str, entry: Entry, words: str, signs: Mapping[int, str]) -> str:
        """A command of a tile in words, with its key on the stage as it is printed.

        words: those of the menu bar. signs: those on the keyboard of now.
        """
        job = self._session.jobs.job(entry.job)
        if command == "keep":
            words = self.tr("&Keep")
        elif command == "star" and entry.starred:
            words = self.tr("Remove the sta&r")
        elif command == "again" and entry.variant is None:
            unknown = job is not None and job.state.value == "unknown"
            twice = self.tr("Sen&d again (may be charged twice)")
            words = twice if unknown else self.tr("Sen&d again")
        keys = printed.said(ON_STAGE.get(command, ""), signs)
        return "\t".join(filter(None, (words, keys)))

    def _chosen(self, command: str, id: str) -> None:
        """Carry out an entry of a tile's menu, whatever the stage shows."""
        if command == "keep":
            entries = self._session.gallery.state.entries
            number = next((n for n, one in enumerate(entries, 1) if one.id == id), 0)
            self._session.gallery.show(number)
            self._do("keep")
        elif command in self._session.choosing.can(id):
            self._acts[command](id)

    def _look(self, id: str) -> None:
        entry = self._session.gallery.find(id)
        if entry is not None:
            self._session.run(lambda: self._session.look_again(entry.job), "look again")

    def _redo(self, id: str, *, final: bool) -> None:
        choosing = self._session.choosing
        self._session.run(lambda: choosing.redo(id, final=final), "again")

    def _copy(self, id: str) -> None:
        QGuiApplication.clipboard().setText(self._session.choosing.prompt_of(id))
        self._window.tell(Notice("ok", "The prompt of this result is on the clipboard."))

"""Notifying: tells outside the window what came of a round while another one is in front."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from editor.session.endings import Ending

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window

FREEDESKTOP = "notify-send"
"""Comes with every desktop of X11 and Wayland, also with those that have no tray."""


class Notifying(QObject):
    """Says how many results came, never what was asked for; off by a preference."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        session.endings.ended.connect(self._ended)

    def words(self, ending: Ending) -> str:
        """One sentence about what became of a round."""
        if ending.done == 1:
            return self.tr("A result is there.")
        if ending.done:
            return self.tr("{count} results are there.").format(count=ending.done)
        if ending.unknown:
            return self.tr("An edit was not answered; it may have been charged.")
        return self.tr("An edit came to nothing.")

    def _ended(self, ending: Ending) -> None:
        if self._window.preferences.notify and QApplication.activeWindow() is None:
            QApplication.alert(self._window)
            self.show(self.tr("Frisket"), self.words(ending))

    def show(self, title: str, words: str) -> None:
        """Let the desktop show it, in whichever way it can."""
        if command := shutil.which(FREEDESKTOP):
            QProcess.startDetached(
                command, ["--app-name", title, "--icon", "frisket", title, words]
            )
        elif QSystemTrayIcon.isSystemTrayAvailable():
            if self._tray is None:
                self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
                self._tray.messageClicked.connect(self._window.activateWindow)
            self._tray.show()
            self._tray.showMessage(title, words)

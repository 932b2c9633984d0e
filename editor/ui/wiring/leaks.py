"""Leaks: says when a provider ignored the mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window


class LeakAlarm(QObject):
    """Shows the alarm of an answer as a toast, once."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        session.leaks.told.connect(window.tell)

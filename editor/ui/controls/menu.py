"""Menu: commands in a list, with the corners of all that lies over the window."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu

from editor.ui.controls import paint


class Menu(QMenu):
    """Looks as the style sheet says; open it with popup()."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        paint.round_off(self)

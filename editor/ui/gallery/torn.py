"""Torn off: the comparing views in a window of their own, on another screen where there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.ui.gallery.compare import Compare
from editor.ui.keys import KeyFilter

ASIDE = 60
"""Logical pixels that it is moved by on the window's own screen."""


class TornOff(QWidget):
    """Holds the comparison until it is closed, by Esc or by its frame.

    Keys do what they do in the main window. closed: the comparison can be taken back.
    """

    closed = Signal()

    def __init__(
        self,
        compare: Compare,
        beside: QWidget,
        actions: Sequence[QAction],
        do: Callable[[str], None],
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("torn-off")
        self.setAccessibleName(self.tr("Comparison"))
        self.setWindowTitle(self.tr("Comparison - Frisket"))
        self._compare = compare
        self._do = do
        self._keys = KeyFilter(self, self._key)
        self.addActions(actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(compare)
        self._put(beside)
        compare.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()

    def _key(self, command: str) -> None:
        if command != "escape":
            self._do(command)
        elif not self._compare.rejoin():
            self.close()

    def _put(self, beside: QWidget) -> None:
        """Fill another screen, or lie a little aside on the only one."""
        here = beside.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not here]
        if others:
            self.setGeometry(others[0].availableGeometry())
        else:
            self.resize(beside.size() * 3 / 4)
            self.move(beside.pos() + QPoint(ASIDE, ASIDE))

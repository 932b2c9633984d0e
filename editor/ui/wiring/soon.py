"""Soon: what several changes of one turn ask for is shown once, before the next frame."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Soon(QObject):
    """Calls show once in the next turn, however often it is asked for until then.

    A queued call runs before anything is painted, which Qt leaves for last: no frame shows the
    old state beside the new one.
    """

    _due = Signal()

    def __init__(self, show: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._waits = False
        self._due.connect(self._catch_up, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def ask(self) -> None:
        """Show it, soon."""
        if not self._waits:
            self._waits = True
            self._due.emit()

    @Slot()
    def _catch_up(self) -> None:
        self._waits = False
        self._show()

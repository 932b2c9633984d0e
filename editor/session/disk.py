"""Disk: whether it takes the changes of the project, told once when it does not and once after."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from editor.errors import Problem
from editor.session.notice import Notice


class Disk(QObject):
    """met is emitted on the writer's thread: a Problem, or None when all is written at last.

    told carries a Notice, on the window's thread.
    """

    met = Signal(object)
    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.met.connect(self._tell)

    @Slot(object)
    def _tell(self, problem: Problem | None) -> None:
        if problem is None:
            self.told.emit(Notice("ok", "The disk takes changes again; everything is written."))
            return
        self.told.emit(
            Notice(
                "error",
                "The disk refuses the project's changes; they are held in memory. "
                "Free some space before you close Frisket.",
                details=str(problem),
            )
        )

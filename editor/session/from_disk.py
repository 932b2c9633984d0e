"""From disk: the one line that says why a very large picture may have to be waited for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from editor.session.document import Document
from editor.session.notice import Notice

FROM_DISK = (
    "{name} takes more than half of the free memory, so it is worked from the disk. "
    "Zooming in may take a moment."
)


class FromDisk(QObject):
    """Tells it once for a picture; told carries a Notice."""

    told = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._known: set[str] = set()
        document.based.connect(self._look)

    def _look(self) -> None:
        held, base = self._document.target, self._document.base
        if held is None or base is None or not base.on_disk:
            return
        if held.slot not in self._known:
            self._known.add(held.slot)
            self.told.emit(Notice("info", FROM_DISK, {"name": held.name}))

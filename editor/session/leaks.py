"""Leaks: what each answer that arrived did outside of its mask, and who ignored it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from editor.compose.leaking.leak import Leak, leak
from editor.session.document import Document
from editor.session.entries import Entry, GalleryState
from editor.session.gallery import Gallery
from editor.session.ground import lies_on
from editor.session.notice import Notice

log = logging.getLogger(__name__)

OFFLINE = "offline"
"""Id of the provider that is this computer."""


class Leaks(QObject):
    """Measures every answer once, one after the other, when it lies on its picture.

    found carries the id of a variant and its Leak; told a Notice where a provider that was
    sent a mask ignored it, once for each answer that comes while the project is open.
    """

    found = Signal(str, object)
    told = Signal(object)

    def __init__(
        self,
        document: Document,
        gallery: Gallery,
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._spawn = spawn
        self._known: dict[str, Leak] = {}
        self._waiting: dict[str, Entry] = {}
        self._seen: set[str] = set()
        self._new: set[str] = set()
        self._busy = False
        gallery.added.connect(lambda entry, _: self._new.add(entry.id))
        gallery.changed.connect(self._look)
        document.based.connect(lambda: self._look(gallery.state))
        gallery.removed.connect(self._forget)

    def of(self, id: str) -> Leak | None:
        """The leak of a variant, None until it is measured and where nothing is protected."""
        return self._known.get(id)

    def _look(self, state: GalleryState) -> None:
        """Take what lies on its picture by now and was not measured."""
        for entry in state.entries:
            variant = entry.variant
            if variant is None or variant.coverage is None or entry.fit is None:
                continue
            if variant.provider == OFFLINE:  # which copies everything that was not painted
                continue
            if entry.id not in self._seen:
                self._seen.add(entry.id)
                self._waiting[entry.id] = entry
        if self._waiting and not self._busy:
            self._busy = True
            self._spawn(self._measure(), "measure leaks")

    async def _measure(self) -> None:
        try:
            while self._waiting:
                entry = self._waiting.pop(next(iter(self._waiting)))
                held, base = self._document.target, self._document.base
                if held is None or base is None or not lies_on(held, entry):
                    self._seen.discard(entry.id)  # its turn comes when it lies there again
                    continue
                variant, fit = entry.variant, entry.fit
                assert variant is not None and fit is not None
                self._tell(entry, await asyncio.to_thread(leak, base, variant, fit))
        finally:
            self._busy = False

    def _tell(self, entry: Entry, measured: Leak) -> None:
        assert entry.variant is not None
        self._known[entry.id] = measured
        log.info("leak %.3f, contained %.3f", measured.over10, measured.contained)
        self.found.emit(entry.id, measured)
        new = entry.id in self._new
        self._new.discard(entry.id)
        # Nobody was sent a mask for what was made elsewhere.
        if measured.ignored and new and entry.variant.provider != "elsewhere":
            self.told.emit(Notice("warn", measured.cause))

    def _forget(self, entry: Entry) -> None:
        for known in (self._known, self._waiting):
            known.pop(entry.id, None)

"""Untouched: the target as it was opened, read once somebody wants to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.session.loop import in_thread

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.imaging.raster import Raster
    from editor.session.document import Document


class Untouched:
    """Keeps one such picture in memory. What could not be read is read at the next look."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._of = ""
        self._raster: Raster | None = None
        self._failed = False

    @property
    def raster(self) -> Raster | None:
        """The picture, None until it has been read."""
        held = self._document.target
        if held is None or not held.kept:
            return self._document.base
        return self._raster if self._of == held.digest else None

    def look_away(self) -> None:
        """Nobody wants to see it now; whoever does next tries again what failed."""
        if self._failed:
            self._failed, self._of = False, ""

    async def read(self) -> bool:
        """Read it unless that was done or failed since the last look; whether it has come."""
        held = self._document.target
        if held is None or not held.kept:
            self._of, self._raster, self._failed = "", None, False
            return False
        if self._of == held.digest:
            return False
        self._of, self._raster, self._failed = held.digest, None, False
        try:
            opened = await self._document.source(held)
            await in_thread(self._document.prepare, opened.raster)
        except BaseException:
            self._failed = self._of == held.digest
            raise
        if self._of != held.digest:
            return False
        self._raster = opened.raster
        return True

"""Exporting: finished assets of what the stage shows, written off the window's thread."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.compose import export, naming
from editor.preferences.places import pictures_folder
from editor.session.notice import exported_notice

if TYPE_CHECKING:
    from editor.session.document import Document
    from editor.session.finishing import Finished, Finishing
    from editor.session.gallery import Gallery

log = logging.getLogger(__name__)


class Exporting(QObject):
    """Writes one asset at a time. told carries a Notice."""

    told = Signal(object)

    def __init__(
        self,
        document: Document,
        gallery: Gallery,
        finishing: Finishing,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._gallery = gallery
        self._finishing = finishing
        # Two exports at once would find the same name free.
        self._turn = asyncio.Lock()

    async def export(self, path: Path | None = None) -> None:
        """Write what the stage shows; beside the source when no path is given. Raises Problem."""
        if self._document.target is None or self._document.base is None:
            return
        async with self._turn:
            finished = await self._finishing.finished(self._gallery.state.entry)
            path = path or self._beside(finished)
            done = await asyncio.to_thread(
                partial(
                    export.export,
                    finished.result,
                    finished.facts,
                    path,
                    source=finished.source,
                    may_change=finished.may_change,
                    read=self._document.pool.native,
                )
            )
        log.info("exported %d bytes, %d of %d changed", done.size, done.changed, done.protected)
        self.told.emit(exported_notice(done))

    def _beside(self, finished: Finished) -> Path:
        """Where a finished asset goes: beside its source, or among the person's pictures."""
        held = finished.held
        folder = held.path.parent if held.path else pictures_folder()
        return naming.free_path(folder, naming.default_name(held.name, finished.facts))

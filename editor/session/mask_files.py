"""MaskFiles: the masks of the open pictures as files, each time packing only what changed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from editor.imaging.geometry import NOWHERE, Rect
from editor.mask.exchange import Manner, MaskExporter, to_png
from editor.session.painting import Painting
from editor.storage import atomic


@dataclass(slots=True)
class Kept:
    """One exporter. dirty: what changed since its last file, told to it before the next one."""

    exporter: MaskExporter
    dirty: Rect = NOWHERE


class MaskFiles(QObject):
    """Follows the painting, so that exporting again after a stroke takes milliseconds."""

    def __init__(self, painting: Painting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painting = painting
        self._kept: dict[tuple[str, Manner], Kept] = {}
        self._turn = asyncio.Lock()
        painting.mask_changed.connect(self._changed)

    async def write(self, path: Path, manner: Manner, window: Rect | None = None) -> None:
        """Write the mask that is painted on as a PNG. Raises CannotWrite."""
        data = await self.packed(manner, window)
        await asyncio.to_thread(atomic.write, path, data)

    async def packed(self, manner: Manner, window: Rect | None = None) -> bytes:
        """The file of the mask that is painted on. window: a part of the picture, None for all."""
        async with self._turn:
            plane = self._painting.plane
            assert plane is not None
            if window is not None:
                part = plane.snapshot()[window.rows_cols]
                return await asyncio.to_thread(to_png, part, soft=manner.soft, grey=manner.grey)
            key = self._painting.slot, manner
            kept = self._kept.setdefault(key, Kept(MaskExporter(plane.size, manner)))
            # A stroke may go on while the file is packed: it counts for the next one.
            kept.exporter.changed(kept.dirty)
            kept.dirty = NOWHERE
            return await asyncio.to_thread(kept.exporter.to_png, plane.snapshot())

    def _changed(self, rect: Rect) -> None:
        for (slot, _), kept in self._kept.items():
            if slot == self._painting.slot:
                kept.dirty = kept.dirty.joined(rect)

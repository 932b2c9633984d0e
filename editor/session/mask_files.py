"""MaskFiles: the masks of the open pictures as files, each time packing only what changed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from editor.imaging.geometry import NOWHERE, Rect
from editor.mask.exchange import MaskExporter
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
        self._kept: dict[tuple[str, bool], Kept] = {}
        self._turn = asyncio.Lock()
        painting.mask_changed.connect(self._changed)

    async def write(self, path: Path, *, soft: bool) -> None:
        """Write the mask that is painted on as a PNG. Raises CannotWrite."""
        async with self._turn:
            plane = self._painting.plane
            assert plane is not None
            key = self._painting.slot, soft
            kept = self._kept.setdefault(key, Kept(MaskExporter(plane.size, soft=soft)))
            # A stroke may go on while the file is packed: it counts for the next one.
            kept.exporter.changed(kept.dirty)
            kept.dirty = NOWHERE
            data = await asyncio.to_thread(kept.exporter.to_png, plane.snapshot())
            await asyncio.to_thread(atomic.write, path, data)

    def _changed(self, rect: Rect) -> None:
        for (slot, _), kept in self._kept.items():
            if slot == self._painting.slot:
                kept.dirty = kept.dirty.joined(rect)

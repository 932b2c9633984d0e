"""MaskFiles: the masks of the open pictures as files, each time packing only what changed."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject

from editor.imaging.geometry import Rect
from editor.mask.exchange import MaskExporter
from editor.session.painting import Painting
from editor.storage import atomic


class MaskFiles(QObject):
    """Follows the painting, so that exporting again after a stroke takes milliseconds."""

    def __init__(self, painting: Painting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painting = painting
        self._exporters: dict[tuple[str, bool], MaskExporter] = {}
        painting.mask_changed.connect(self._changed)

    async def write(self, path: Path, *, soft: bool) -> None:
        """Write the mask that is painted on as a PNG. Raises CannotWrite."""
        plane = self._painting.plane
        assert plane is not None
        key = self._painting.slot, soft
        exporter = self._exporters.setdefault(key, MaskExporter(plane.size, soft=soft))
        data = await asyncio.to_thread(exporter.to_png, plane.snapshot())
        await asyncio.to_thread(atomic.write, path, data)

    def _changed(self, rect: Rect) -> None:
        for (slot, _), exporter in self._exporters.items():
            if slot == self._painting.slot:
                exporter.changed(rect)

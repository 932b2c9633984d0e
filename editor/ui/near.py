"""Near: which parts of a picture on the disk can be drawn at once, and reading those that cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPaintDevice
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from editor.imaging.geometry import Rect, tiles_over
from editor.session.loop import in_thread, spawn

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    import numpy as np
    from numpy.typing import NDArray

    from editor.imaging.raster import Raster

CELL = 512
"""Side of a part, in pixels of the picture."""

BATCH = 32
"""Parts that are read before what was read is drawn: a screen of them comes in a few steps."""


class Near:
    """Has parts read away from the window, those that were asked for last first.

    The system keeps what was read lately as long as there is memory, and knows best what to let
    go of; a part that it let go of is read again by whoever draws it.
    """

    def __init__(self, raster: Raster) -> None:
        self._pixels = raster.pixels
        self._read: set[Rect] = set()
        self._wanted: dict[Rect, None] = {}
        self._waiting: set[QWidget] = set()
        self._reading = False

    def missing(self, part: Rect, on: QPaintDevice) -> list[Rect]:
        """What of a part of the picture has not been read; it is read, and on drawn again.

        part: inside the picture. on: what draws it.
        """
        found = [cell for cell in tiles_over(part, CELL) if cell not in self._read]
        if found:
            for cell in found:
                self._wanted.pop(cell, None)  # what is asked for last is read first
            self._wanted.update(dict.fromkeys(reversed(found)))
            if isinstance(on, QWidget):
                self._waiting.add(on)
            if not self._reading:
                self._reading = True
                spawn(self._fetch(), "read a part of a large picture")
        return found

    async def _fetch(self) -> None:
        try:
            while self._wanted:
                most = min(BATCH, len(self._wanted))
                cells = [self._wanted.popitem()[0] for _ in range(most)]
                await in_thread(_look_at, self._pixels, cells)
                self._read.update(cells)
                for widget in filter(isValid, self._waiting):
                    widget.update()
        finally:
            self._waiting.clear()
            self._reading = False


def _look_at(pixels: NDArray[np.uint8], cells: list[Rect]) -> None:
    """Have the system bring parts of a file into memory."""
    for cell in cells:
        pixels[cell.rows_cols].max()

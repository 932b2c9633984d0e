"""Near: which parts of a picture on the disk can be drawn at once; the others are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

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

_hear: list[Callable[[], None]] = []


def on_read(hear: Callable[[], None]) -> None:
    """Call this one function whenever more of a picture can be drawn sharp."""
    _hear[:] = [hear]


class Near:
    """Has parts read away from the window, those that were asked for last first.

    The system keeps what was read lately as long as there is memory, and knows best what to let
    go of; a part that it let go of is read again by whoever draws it.
    """

    def __init__(self, raster: Raster) -> None:
        self._pixels = raster.pixels
        self._read: set[Rect] = set()
        self._wanted: dict[Rect, None] = {}
        self._reading = False

    def missing(self, part: Rect) -> list[Rect]:
        """What of a part, inside of the picture, has not been read yet; from now on it is."""
        found = [cell for cell in tiles_over(part, CELL) if cell not in self._read]
        if found:
            for cell in found:
                self._wanted.pop(cell, None)  # what is asked for last is read first
            self._wanted.update(dict.fromkeys(reversed(found)))
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
                for hear in _hear:
                    hear()
        finally:
            self._reading = False


def _look_at(pixels: NDArray[np.uint8], cells: list[Rect]) -> None:
    """Have the system bring parts of a file into memory."""
    for cell in cells:
        pixels[cell.rows_cols].max()

"""Mask exchange: masks that come in from files and other programs, and those that go out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.decoding.pool import Pool
from editor.errors import InputProblem
from editor.imaging.geometry import Rect, whole
from editor.imaging.raster import Raster
from editor.mask.deed import Deed
from editor.mask.draft import Draft
from editor.mask.exchange import Found, Manner, Polarity, from_raster
from editor.mask.patch import Coverage, Patch
from editor.session.form import Form
from editor.session.loop import in_thread
from editor.session.mask_files import MaskFiles
from editor.session.notice import Notice
from editor.session.painting import Painting
from editor.session.sending import Sending
from editor.session.shaping import Shaping

SWAP, STRETCH, PLACE = "read-swapped", "read-stretched", "read-in-frame"
"""Other ways to read the mask that came in last, each done by again()."""


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A mask that came in. found: None while nobody has said how it is to be fitted.

    raster: as it came. offers: the other ways to read it.
    """

    raster: Raster
    found: Found | None
    offers: tuple[str, ...]


class MaskExchange(QObject):
    """Takes masks in the place of the painted one, and writes it. read carries the Read.

    told carries a Notice.
    """

    read = Signal(object)
    told = Signal(object)

    def __init__(
        self,
        pool: Pool,
        painting: Painting,
        shaping: Shaping,
        sending: Sending,
        form: Form,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pool = pool
        self._painting = painting
        self._shaping = shaping
        self._sending = sending
        self._form = form
        self._files = MaskFiles(painting, self)
        self._last: Read | None = None
        self._pasted = False

    @property
    def window(self) -> Rect | None:
        """The part of the picture that would be sent, None where that is all of it or nothing."""
        placement, plane = self._sending.placement, self._painting.plane
        if placement is None or plane is None or self._form.state.offline:
            return None
        window = placement.window.clipped(plane.size)
        return window if window == placement.window and window.size != plane.size else None

    async def take(self, data: bytes, name: str, *, pasted: bool = False) -> None:
        """Read any mask in the place of the painted one. Raises Problem.

        One of another shape than the picture lies in the window that would be sent where it has
        its shape; else the person is asked.
        """
        plane = self._painting.plane
        if plane is None:
            return
        opened = await asyncio.to_thread(self._pool.open, data, name)
        self._pasted = pasted
        raster, window = opened.raster, self.window
        if raster.size == plane.size:
            await self._load(raster)
        elif window is not None and raster.size == window.size:
            await self._load(raster, window=window)
        else:
            try:
                await self._load(raster)
            except InputProblem:
                await in_thread(partial(from_raster, raster, plane.size, stretch=True))
                self._become(Read(raster, None, self._ways(raster, None)))

    async def again(self, way: str) -> None:
        """Read the last mask in another of the ways that were offered."""
        last, self._last = self._last, None
        if last is None or way not in last.offers or self._painting.plane is None:
            return
        found = last.found
        polarity = found.polarity if found else None
        if way == SWAP and polarity is not None and found is not None:
            polarity, placed = polarity.other, found.placed
        else:
            placed = self.window if way == PLACE else None
        await self._load(last.raster, polarity=polarity, window=placed, stretch=True)

    async def write(self, path: Path, manner: Manner, window: Rect | None = None) -> None:
        """Write the mask as a PNG. window: a part of the picture, None for all. Raises Problem."""
        if self._painting.plane is not None:
            await self._files.write(path, manner, window)
            self.told.emit(Notice("ok", "{name} is written.", {"name": path.name}, file=path))

    async def packed(self, manner: Manner, window: Rect | None = None) -> bytes:
        """The mask as the bytes of a PNG, for the clipboard; b"" while nothing is open."""
        if self._painting.plane is None:
            return b""
        return await self._files.packed(manner, window)

    async def _load(
        self,
        raster: Raster,
        *,
        polarity: Polarity | None = None,
        window: Rect | None = None,
        stretch: bool = False,
    ) -> None:
        plane = self._painting.plane
        assert plane is not None
        reading = partial(from_raster, polarity=polarity, window=window, stretch=stretch)
        found = await in_thread(reading, raster, plane.size)
        if self._painting.plane is plane:
            deed = Deed("paste" if self._pasted else "import")
            if await self._shaping.change(partial(_becoming, found.coverage), deed):
                self._become(Read(raster, found, self._ways(raster, found)))

    def _ways(self, raster: Raster, found: Found | None) -> tuple[str, ...]:
        """What else could be meant, most likely first."""
        plane = self._painting.plane
        placed = found.placed if found else None
        ways = [] if found is None else [SWAP]
        if plane is not None and raster.size != plane.size:
            if found is None or placed is not None:
                ways.append(STRETCH)
            if self.window is not None and placed is None:
                ways.append(PLACE)
        return tuple(ways)

    def _become(self, read: Read) -> None:
        self._last = read
        self.read.emit(read)


def _becoming(coverage: Coverage, draft: Draft) -> Patch:
    return draft.becoming(whole(draft.size), coverage)

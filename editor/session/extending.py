"""Extending: the target on a larger canvas, whose new area is masked by itself."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.compose.extension import Sides, extended, new_area
from editor.errors import Problem
from editor.imaging.encode import Finish, encode
from editor.imaging.geometry import whole
from editor.mask.deed import Deed
from editor.session.loop import heard, in_thread
from editor.session.timeline import Kind

if TYPE_CHECKING:
    from editor.decoding.pool import Opened
    from editor.mask.draft import Draft
    from editor.mask.patch import Coverage, Patch
    from editor.session.document import Document
    from editor.session.finishing import Finishing
    from editor.session.held import Held
    from editor.session.painting import Painting
    from editor.session.shaping import Shaping, Work
    from editor.session.timeline import Timeline

log = logging.getLogger(__name__)

SWIFT = Finish(level=1)
"""The larger picture is packed while a person waits for it, and read again at once."""


class Extending(QObject):
    """Puts a larger picture in the place of the target, as one step of undo.

    The picture as it is, with every edit kept on it, becomes the source of the larger one: its
    own samples at their offset, bit for bit, which are protected from then on.
    """

    def __init__(
        self,
        document: Document,
        painting: Painting,
        finishing: Finishing,
        timeline: Timeline,
        shaping: Shaping,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._painting = painting
        self._finishing = finishing
        self._timeline = timeline
        self._shaping = shaping
        self._at_work: asyncio.Task[object] | None = None

    async def extend(self, sides: Sides) -> None:
        """Add so many pixels at each side. Raises Problem; nothing has changed then."""
        held = self._document.target
        if held is None or not sides or self._at_work is not None:
            return
        self._at_work = asyncio.current_task()
        try:
            larger, opened = await self._larger(held, sides)
        finally:
            self._at_work = None
        plane = self._painting.plane
        if self._document.target is not held or plane is None:
            raise Problem("The picture has changed meanwhile, so its canvas was not extended.")
        # Only now: strokes may have been undone while the larger picture was made.
        painted = plane.snapshot()
        title = self.tr("Extend {name}").format(name=held.name)
        self._document.put(held.slot, larger, opened, title)
        log.info("extended to %d x %d", *larger.facts.size)
        if await self._laid(larger.slot, partial(_opened, painted, sides)):
            # The step that takes the picture back takes its mask along.
            self._timeline.forget_newest(larger.slot, Kind.STROKE)
            self._timeline.changed.emit()

    def stop(self) -> bool:
        """Give up the larger picture that is being made; False when none is."""
        if self._at_work is None:
            return False
        self._at_work.cancel()
        self._at_work = None
        return True

    async def _laid(self, slot: str, work: Work) -> bool:
        """Lay the mask on the larger picture, when it is the target; False if it is gone before."""
        while True:
            while self._painting.slot != slot:
                if self._document.held(slot) is None:
                    return False
                await heard(self._painting.turned)
            if await self._shaping.change(work, Deed("extend")):
                return True

    async def _larger(self, held: Held, sides: Sides) -> tuple[Held, Opened]:
        """The larger picture, read like any other; what is shown has not changed."""
        done = await self._finishing.finished(None)
        picture = await in_thread(extended, done.result, sides)
        data = await in_thread(encode, picture, done.facts, "png", SWIFT)
        return await self._document.read(data, held.name, held.path, whole=True)


def _opened(painted: Coverage, sides: Sides, draft: Draft) -> Patch:
    return draft.becoming(whole(draft.size), new_area(painted, sides))

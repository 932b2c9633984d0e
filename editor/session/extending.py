"""Extending: the target on a larger canvas, whose new area is masked by itself."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.compose.extension import Sides, extended, new_area
from editor.errors import Problem
from editor.imaging.encode import Finish, encode
from editor.imaging.geometry import Size, whole
from editor.mask.deed import Deed
from editor.mask.plane import MaskPlane
from editor.mask.region import cover
from editor.session.loop import heard, in_thread
from editor.session.timeline import Kind

if TYPE_CHECKING:
    from editor.decoding.pool import Opened
    from editor.mask.draft import Draft
    from editor.mask.patch import Patch
    from editor.session.document import Document
    from editor.session.finishing import Finishing
    from editor.session.held import Held
    from editor.session.painting import Painting
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
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._painting = painting
        self._finishing = finishing
        self._timeline = timeline
        self._at_work: asyncio.Task[object] | None = None

    async def extend(self, sides: Sides) -> None:
        """Add so many pixels at each side. Raises Problem; nothing has changed then."""
        held = self._document.target
        if held is None or not sides or self._at_work is not None:
            return
        self._at_work = asyncio.current_task()
        try:
            larger, opened = await self._larger(held, sides)
            plane, inverse = await self._masked(held, sides)
        finally:
            self._at_work = None
        title = self.tr("Extend {name}").format(name=held.name)
        self._document.put(held.slot, larger, opened, title)
        self._painting.bring(larger.slot, plane, inverse, Deed("extend"))
        log.info("extended to %d x %d", *larger.facts.size)
        # The step that takes the picture back takes its mask along.
        self._timeline.forget_newest(larger.slot, Kind.STROKE)
        self._timeline.changed.emit()
        while self._leads(larger.slot) and self._painting.slot != larger.slot:
            await heard(self._painting.turned)

    def stop(self) -> bool:
        """Give up the larger picture that is being made; False when none is."""
        if self._at_work is None:
            return False
        self._at_work.cancel()
        self._at_work = None
        return True

    def _leads(self, slot: str) -> bool:
        target = self._document.target
        return target is not None and target.slot == slot

    async def _larger(self, held: Held, sides: Sides) -> tuple[Held, Opened]:
        """The larger picture, read like any other; what is shown has not changed."""
        done = await self._finishing.finished(None)
        picture = await in_thread(extended, done.result, sides)
        data = await in_thread(encode, picture, done.facts, "png", SWIFT)
        return await self._document.read(data, held.name, held.path, whole=True)

    async def _masked(self, held: Held, sides: Sides) -> tuple[MaskPlane, Patch]:
        """The mask of the larger picture, and what takes it back; none has been shown yet.

        Made again when somebody has painted meanwhile. Raises Problem.
        """
        painting = self._painting
        while True:
            while painting.painting:
                await heard(painting.stroke_ended)
            plane = painting.plane
            if self._document.target is not held or plane is None:
                raise Problem("The picture has changed meanwhile, so its canvas was not extended.")
            made = await in_thread(_opened, draft := plane.draft(), sides)
            here = self._document.target is held and painting.plane is plane
            if here and not painting.painting and plane.version == draft.version:
                return made


def _opened(draft: Draft, sides: Sides) -> tuple[MaskPlane, Patch]:
    coverage = new_area(draft.coverage(whole(draft.size)), sides)
    rows, cols = coverage.shape
    plane = MaskPlane(Size(cols, rows))
    return plane, cover(plane, coverage)

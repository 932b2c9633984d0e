"""Shaping: changes of the mask that are worked out in a thread, each one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal

from editor.imaging.geometry import Size, whole
from editor.imaging.raster import Raster
from editor.mask.draft import Draft, Laying
from editor.mask.matte import refined
from editor.mask.patch import Patch
from editor.mask.shapes import Part
from editor.session.loop import heard, in_thread
from editor.session.painting import Painting

Shape = Callable[[Size], Iterable[Part]]
"""The parts of a shape on a picture of this size; runs in a thread."""

Work = Callable[[Draft], Patch]
"""What a mask becomes; runs in a thread."""


class Shaping(QObject):
    """Changes the mask of the target, whatever is painted meanwhile.

    working: whether a thread is at it.
    """

    working = Signal(bool)

    def __init__(self, painting: Painting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painting = painting
        self._open = 0

    async def lay(self, shape: Shape, how: Laying) -> None:
        """Lay a shape on the mask."""
        await self.change(lambda draft: draft.laid(shape(draft.size), how))

    async def refine(self, picture: Raster, brushed: Part) -> None:
        """Find the mask anew where it was brushed along its rim. picture: as it is shown."""
        await self.change(partial(_refined, picture, brushed))

    async def change(self, work: Work) -> None:
        """Make of the mask what the work makes of it; done again when it was painted on.

        Nothing happens when another picture has become the target.
        """
        painting = self._painting
        slot, plane = painting.slot, painting.plane
        if plane is None:
            return
        self._count(1)
        try:
            while True:
                patch = await in_thread(work, draft := plane.draft())
                while painting.painting:
                    await heard(painting.stroke_ended)
                if painting.slot != slot or painting.plane is not plane:
                    return
                if plane.version == draft.version:
                    painting.take(patch)
                    return
        finally:
            self._count(-1)

    def _count(self, by: int) -> None:
        before, self._open = self._open > 0, self._open + by
        if before is not (self._open > 0):
            self.working.emit(self._open > 0)


def _refined(picture: Raster, brushed: Part, draft: Draft) -> Patch:
    part = refined(picture, draft.coverage(whole(draft.size)), brushed)
    return draft.becoming(part.rect, part.coverage)

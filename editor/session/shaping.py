"""Shaping: changes of the mask that are worked out in a thread, each one step of undo."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from editor.imaging.geometry import Point, Rect, Size, whole
from editor.imaging.raster import Raster
from editor.mask.brush import Brush
from editor.mask.deed import Deed, Laying
from editor.mask.draft import Draft
from editor.mask.matte import refined
from editor.mask.patch import Patch
from editor.mask.plane import MaskPlane
from editor.mask.shapes import Part
from editor.mask.stroke import Stroke
from editor.mask.wand import Distances, alike, distances
from editor.session.loop import heard, in_thread
from editor.session.painting import Painting

Shape = Callable[[Size], Iterable[Part]]
"""The parts of a shape on a picture of this size; runs in a thread."""

Work = Callable[[Draft], Patch]
"""What a mask becomes; runs in a thread."""


@dataclass(frozen=True, slots=True, eq=False)
class Pick:
    """What the wand took at the pixel x, y of a picture, and how it was laid on which mask."""

    far: Distances
    x: int
    y: int
    how: Laying
    tolerance: float
    contiguous: bool
    before: Draft

    def laid(self, tolerance: float, *, contiguous: bool) -> Patch:
        """What has to be swapped in so that it is laid like this; runs in a thread."""
        part = alike(self.far, self.x, self.y, tolerance, contiguous=contiguous)
        return self.before.laid([part], self.how)


class Shaping(QObject):
    """Changes the mask of the target, whatever is painted meanwhile.

    working: whether a thread is at it. picked carries a Pick once the wand was laid. dropped:
    nothing will come of what is being worked out.
    """

    working = Signal(bool)
    picked = Signal(object)
    dropped = Signal()

    def __init__(self, painting: Painting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painting = painting
        self._open = 0
        self._wanted = object()

    async def lay(self, shape: Shape, deed: Deed) -> None:
        """Lay a shape on the mask as the deed says."""
        await self.change(lambda draft: draft.laid(shape(draft.size), deed.how), deed)

    async def wand(
        self, picture: Raster, at: Point, how: Laying, *, tolerance: float, contiguous: bool
    ) -> None:
        """Lay what has the colour of a place; nothing when it lies beyond the picture."""
        x, y = math.floor(at.x), math.floor(at.y)
        if 0 <= x < picture.size.width and 0 <= y < picture.size.height:
            seen: list[Pick] = []

            def laid(draft: Draft) -> Patch:
                far = seen[-1].far if seen else distances(picture, x, y)
                seen.append(Pick(far, x, y, how, tolerance, contiguous, draft))
                return seen[-1].laid(tolerance, contiguous=contiguous)

            if await self.change(laid, Deed("wand", how)):
                self.picked.emit(seen[-1])

    async def refine(self, picture: Raster, line: Sequence[Point], diameter: float) -> bool:
        """Find the mask anew along a rim that was brushed over. picture: as it is shown.

        False where there is nothing to refine under the brush.
        """
        found: list[Patch] = []

        def work(draft: Draft) -> Patch:
            found.append(_refined(picture, line, diameter, draft))
            return found[-1]

        return not await self.change(work, Deed("refine")) or bool(found[-1])

    async def change(self, work: Work, deed: Deed) -> bool:
        """Make of the mask what the work makes of it; done again when it was painted on.

        False, and nothing happens, when it was dropped or another picture is the target.
        """
        painting, wanted = self._painting, self._wanted
        slot, plane = painting.slot, painting.plane
        if plane is None:
            return False
        self._count(1)
        try:
            while True:
                patch = await in_thread(work, draft := plane.draft())
                while painting.painting:
                    await heard(painting.stroke_ended)
                gone = self._wanted is not wanted
                if gone or painting.slot != slot or painting.plane is not plane:
                    return False
                if plane.version == draft.version:
                    painting.take(patch, deed)
                    return True
        finally:
            if self._wanted is wanted:
                self._count(-1)

    def drop(self) -> bool:
        """Make nothing of what is being worked out; False when nothing is."""
        at_work = self._open > 0
        if at_work:
            self._wanted = object()
            self._count(-self._open)
            self.dropped.emit()
        return at_work

    def _count(self, by: int) -> None:
        before, self._open = self._open > 0, self._open + by
        if before is not (self._open > 0):
            self.working.emit(self._open > 0)


def _refined(picture: Raster, line: Sequence[Point], diameter: float, draft: Draft) -> Patch:
    brushed = _brushed(line, diameter, draft.size)
    if brushed.rect.empty:
        return Patch(draft.size, {})
    part = refined(picture, draft.coverage(whole(draft.size)), brushed)
    return draft.becoming(part.rect, part.coverage)


def _brushed(line: Sequence[Point], diameter: float, size: Size) -> Part:
    """What a brush of this diameter covers along a line, as far as it lies on the picture."""
    reach = math.ceil(diameter / 2) + 1
    around = Rect(
        math.floor(min(at.x for at in line)) - reach,
        math.floor(min(at.y for at in line)) - reach,
        math.ceil(max(at.x for at in line)) + reach,
        math.ceil(max(at.y for at in line)) + reach,
    ).clipped(size)
    if around.empty:
        return Part(around, np.zeros((0, 0), np.uint8))
    plane = MaskPlane(around.size)
    with plane.edit() as edit:
        stroke = Stroke(edit, Brush(diameter, 1.0))
        for at in line:
            stroke.to(at.x - around.left, at.y - around.top)
        edit.commit()
    return Part(around, plane.pixels)

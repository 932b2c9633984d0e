"""Selecting: the object in a box or under a scribble, seen while it is found step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from editor.imaging.geometry import Point, Rect
from editor.imaging.raster import Raster
from editor.mask.deed import Deed, Laying
from editor.mask.draft import Draft
from editor.mask.object import STEPS, Cut, drawn, improved, in_box, under
from editor.mask.patch import Patch
from editor.session.loop import in_thread
from editor.session.painting import Painting
from editor.session.trial import Trial

Begin = Callable[[Raster], Cut]


class Selecting(QObject):
    """Finds one object at a time; what is found is laid on the mask as one step of undo.

    What is added or taken away waits until there is something to see of the one before.
    working: whether it is at it. Whatever else changes the mask ends it with what is seen, and
    so does stop(). missed: there was no object, and the mask is as it was.
    """

    working = Signal(bool)
    missed = Signal()

    def __init__(
        self,
        painting: Painting,
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._painting = painting
        self._spawn = spawn
        self._run: object | None = None
        self._seen = False
        self._waiting: list[tuple[Raster, Begin, Laying]] = []
        self._trial = Trial(painting)
        painting.changing.connect(self.stop)

    def box(self, picture: Raster, box: Rect, how: Laying) -> None:
        """Find what is in a box; nothing where it lies beyond the picture."""
        seen = box.clipped(picture.size)
        if not seen.empty:
            self._start(picture, lambda shown: in_box(shown, seen), how)

    def scribble(self, picture: Raster, line: Sequence[Point], how: Laying) -> None:
        """Find what a line was drawn on."""
        self._start(picture, lambda shown: under(shown, line), how)

    def stop(self) -> None:
        """Keep what is seen, as one step, and find nothing more."""
        self._waiting.clear()
        self._end()

    def _end(self) -> None:
        running, self._run = self._run, None
        if running is not None:
            self.working.emit(False)
        self._trial.keep()

    def drop(self) -> bool:
        """Find nothing, and show the mask as it was; False when nothing is searched for."""
        self._waiting.clear()
        running, self._run = self._run, None
        if running is None:
            return False
        self._trial.drop()
        self.working.emit(False)
        return True

    def _start(self, picture: Raster, begin: Begin, how: Laying) -> None:
        if how != "new" and self._run is not None and not self._seen:
            self._waiting.append((picture, begin, how))
            return
        self.stop()
        plane = self._painting.plane
        if plane is None or plane.size != picture.size or self._painting.painting:
            return
        self._run, self._seen = (run := object()), False
        self.working.emit(True)
        self._spawn(self._find(run, picture, begin, plane.draft(), how), "find an object")

    async def _find(
        self, run: object, picture: Raster, begin: Begin, draft: Draft, how: Laying
    ) -> None:
        cut, found = await in_thread(begin, picture), False
        for _ in range(STEPS):
            cut, patch, found = await in_thread(_further, cut, picture, draft, how)
            if self._run is not run:
                return
            if found:
                self._trial.lay(patch, Deed("object", how))
                self._seen = True
                if self._waiting:
                    break
            else:
                self._trial.drop()
        waiting = self._waiting.copy()
        self._end()
        if not found:
            self.missed.emit()
        for wish in waiting:
            self._start(*wish)


def _further(cut: Cut, picture: Raster, draft: Draft, how: Laying) -> tuple[Cut, Patch, bool]:
    """One step further, what the mask becomes by it, and whether there is an object.

    Nothing is none, and neither is all of the picture.
    """
    cut = improved(cut)
    part = drawn(cut, picture)
    everything = part.rect.size == picture.size and bool(part.coverage.all())
    return cut, draft.laid([part], how), bool(part.coverage.any()) and not everything

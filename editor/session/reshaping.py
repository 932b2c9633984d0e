"""Reshaping: grow, shrink, feather and the like, seen on the mask while the number is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from editor.mask.deed import Deed
from editor.mask.draft import Draft
from editor.mask.patch import Patch
from editor.mask.reshape import reshaped
from editor.mask.way import MOST, Way
from editor.session.loop import in_thread
from editor.session.painting import Painting
from editor.session.trial import Trial

FIRST: dict[Way, int] = {
    "grow": 8,
    "shrink": 8,
    "feather": 12,
    "smooth": 6,
    "harden": 1,
    "fill-holes": 400,
    "drop-specks": 400,
}
"""What each way begins with when it is used for the first time."""


@dataclass(frozen=True, slots=True)
class Trying:
    """What is tried: a way, and by how many pixels."""

    way: Way
    by: int


class Reshaping(QObject):
    """Tries changes of the whole mask until one is kept or all are dropped.

    changed carries the Trying, None when nothing is tried any more; working whether a thread is
    at it. While something is tried the mask shows it and the project does not know of it; it is
    one step of undo once it is kept. Whatever else changes the mask keeps what is seen; keep()
    waits for the number chosen.
    """

    changed = Signal(object)
    working = Signal(bool)

    def __init__(
        self,
        painting: Painting,
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._painting = painting
        self._spawn = spawn
        self._last = dict(FIRST)
        self._trying: Trying | None = None
        self._draft: Draft | None = None
        self._trial = Trial(painting)
        self._busy = self._keeping = False
        painting.changing.connect(self._settle)

    @property
    def trying(self) -> Trying | None:
        """What is tried now."""
        return self._trying

    def begin(self, way: Way) -> None:
        """Try a way by as much as the last time, in the place of what was tried before."""
        self.drop()
        plane = self._painting.plane
        if plane is None or plane.is_empty or self._painting.painting:
            return
        self._draft = plane.draft()
        self._try(Trying(way, self._last[way]))

    def set_by(self, by: int) -> None:
        """Try the same way by another number, 0 to MOST of the way."""
        if self._trying is not None:
            way = self._trying.way
            wanted = Trying(way, min(max(by, 0), MOST[way]))
            if wanted != self._trying:
                self._try(wanted)

    def keep(self) -> None:
        """Make of what is tried one step of undo, as soon as it is worked out."""
        if self._busy:
            self._keeping = True
        else:
            self._settle()

    def drop(self) -> None:
        """Show the mask as it was before."""
        self._trial.drop()
        self._forget()

    def _settle(self) -> None:
        """Keep what is seen."""
        if self._trying is not None:
            self._last[self._trying.way] = self._trying.by
            self._forget()
            self._trial.keep()

    def _forget(self) -> None:
        self._draft = None
        self._keeping = False
        self._become(None)

    def _try(self, trying: Trying) -> None:
        self._become(trying)
        if not self._busy:
            self._busy = True
            self.working.emit(True)
            self._spawn(self._follow(), "reshape the mask")

    async def _follow(self) -> None:
        """Show the latest wish; those that came and went meanwhile are left out."""
        try:
            done: tuple[Draft | None, Trying | None] = (None, None)
            while self._trying is not None and (self._draft, self._trying) != done:
                draft, trying = self._draft, self._trying
                assert draft is not None
                patch = await in_thread(_worked_out, draft, trying)
                done = draft, trying
                if self._draft is draft:
                    self._trial.lay(patch, Deed(trying.way, by=trying.by))
        finally:
            self._busy = False
            self.working.emit(False)
        if self._keeping:
            self._settle()

    def _become(self, trying: Trying | None) -> None:
        if trying != self._trying:
            self._trying = trying
            self.changed.emit(trying)


def _worked_out(draft: Draft, trying: Trying) -> Patch:
    """The patch from the mask as it was to what the trial makes of it."""
    around = draft.box.grown(2 * trying.by + 2).clipped(draft.size)
    if trying.way in {"fill-holes", "drop-specks"}:
        around = draft.box.grown(2).clipped(draft.size)
    return draft.becoming(around, reshaped(draft.coverage(around), trying.way, trying.by))

"""Wanding: what the wand took last is taken anew while its tolerance is dragged."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from editor.mask.deed import Deed
from editor.mask.patch import Patch
from editor.session.loop import in_thread
from editor.session.painting import Painting
from editor.session.shaping import Pick, Shaping
from editor.session.timeline import Step, Timeline
from editor.session.toolbox import Setup, Toolbox

Wish = tuple[float, bool]
"""Tolerance, and whether only what hangs together is taken."""


class Wanding(QObject):
    """Lays the last pick of the wand as it is set now, in the place of how it was laid before.

    It stays one step of undo. Whatever else changes the mask, and another target, leaves the
    pick as it is. working: whether a thread is at it.
    """

    working = Signal(bool)

    def __init__(
        self,
        painting: Painting,
        shaping: Shaping,
        toolbox: Toolbox,
        timeline: Timeline,
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._painting = painting
        self._toolbox = toolbox
        self._timeline = timeline
        self._spawn = spawn
        self._pick: Pick | None = None
        self._step: Step | None = None
        self._laid: Wish = (0.0, True)
        self._busy = False
        painting.changing.connect(self._leave)
        shaping.picked.connect(self._note)
        toolbox.changed.connect(self._wished)

    def drop(self) -> bool:
        """Leave the pick as it lies; False when nothing is taken anew."""
        at_work = self._busy and self._pick is not None
        if at_work:
            self._leave()
        return at_work

    def _note(self, pick: Pick) -> None:
        self._laid = pick.tolerance, pick.contiguous
        self._pick, self._step = pick, self._newest

    def _leave(self) -> None:
        self._pick = self._step = None

    def _wished(self, _setup: Setup) -> None:
        if not self._busy and self._differs:
            self._busy = True
            self.working.emit(True)
            self._spawn(self._follow(), "take a colour anew")

    async def _follow(self) -> None:
        """Lay the latest wish; those that came and went meanwhile are left out."""
        try:
            while (pick := self._pick) is not None and self._differs:
                wish = self._wanted
                patch = await in_thread(_anew, pick, wish)
                if self._pick is pick and self._newest is self._step:
                    self._lay(pick, patch, wish)
        finally:
            self._busy = False
            self.working.emit(False)

    def _lay(self, pick: Pick, patch: Patch, wish: Wish) -> None:
        self._timeline.undo(self._painting.slot)
        self._painting.take(patch, Deed("wand", pick.how))
        if patch:  # else there is no step that another wish could replace
            self._pick, self._step, self._laid = pick, self._newest, wish

    @property
    def _wanted(self) -> Wish:
        return float(self._toolbox.setup.tolerance), self._toolbox.setup.contiguous

    @property
    def _newest(self) -> Step | None:
        return self._timeline.undoable(self._painting.slot)

    @property
    def _differs(self) -> bool:
        """Whether the pick lies on the mask as the last step, and otherwise than it is wanted."""
        last = self._step is not None and self._newest is self._step
        return self._pick is not None and last and self._wanted != self._laid


def _anew(pick: Pick, wish: Wish) -> Patch:
    tolerance, contiguous = wish
    return pick.laid(tolerance, contiguous=contiguous)

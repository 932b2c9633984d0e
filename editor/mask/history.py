"""Undo and redo as two stacks of patches; a patch is its own inverse."""

from __future__ import annotations

from collections.abc import Sequence

from editor.imaging.geometry import NOWHERE, Rect
from editor.mask.patch import Patch
from editor.mask.plane import MaskPlane

BUDGET = 128 * 2**20
"""Bytes of old tiles kept for one mask; the oldest steps go first."""


class History:
    """What can be undone and redone on one mask.

    undo, redo: steps read from a project, oldest first.
    """

    def __init__(
        self, plane: MaskPlane, undo: Sequence[Patch] = (), redo: Sequence[Patch] = ()
    ) -> None:
        self._plane = plane
        self._undo = list(undo)
        self._redo = list(redo)

    @property
    def undo_steps(self) -> tuple[Patch, ...]:
        """What undo() would swap in, the next one last."""
        return tuple(self._undo)

    @property
    def redo_steps(self) -> tuple[Patch, ...]:
        """What redo() would swap in, the next one last."""
        return tuple(self._redo)

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    @property
    def weight(self) -> int:
        """Bytes kept in memory."""
        return sum(patch.weight for patch in (*self._undo, *self._redo))

    def push(self, patch: Patch) -> None:
        """Remember a sealed edit; what was undone before it is gone."""
        if not patch:
            return
        self._undo.append(patch)
        self._redo.clear()
        while len(self._undo) > 1 and self.weight > BUDGET:
            del self._undo[0]

    def pack(self) -> None:
        """Make every step small; may run on any thread."""
        for patch in (*self._undo, *self._redo):
            patch.packed()

    def undo(self) -> Rect:
        """Step back; the rectangle that must be drawn again."""
        return self._move(self._undo, self._redo)

    def redo(self) -> Rect:
        """Step forward; the rectangle that must be drawn again."""
        return self._move(self._redo, self._undo)

    def _move(self, source: list[Patch], target: list[Patch]) -> Rect:
        if not source:
            return NOWHERE
        inverse, dirty = self._plane.swap(source.pop())
        target.append(inverse)
        return dirty

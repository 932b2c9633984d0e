"""Timeline: strokes, kept edits and slot changes in one order of undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:  # the first window is painted before any pixels are worked on
    from editor.project.project import Move


class Kind(Enum):
    """What a step changed."""

    STROKE = "stroke"
    KEEP = "keep"
    REJECT = "reject"
    SLOTS = "slots"


@dataclass(slots=True, eq=False)
class Step:
    """One thing that can be taken back.

    slot: the picture it belongs to, "" for the order of pictures itself. title: what the
    History list shows, already translated; "" is not listed. move: from one kept edit to
    another, of a KEEP. made: when it was done, None when nobody knows. instead: the slots of a
    picture and of the one that was put in its place, of such a step; else empty.
    """

    kind: Kind
    slot: str
    undo: Callable[[], None]
    redo: Callable[[], None]
    title: str = ""
    done: bool = True
    move: Move | None = None
    made: datetime | None = None
    instead: tuple[str, str] = ("", "")


class Timeline(QObject):
    """All steps in order; a picture sees its own and those of the slots.

    moved carries a Step that was undone or redone, changed nothing.
    Going back stops once before a kept edit, because it takes more than a stroke with it:
    undo() then answers False, and the next undo() crosses.
    """

    changed = Signal()
    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps: list[Step] = []
        self._warned: Step | None = None

    def push(self, step: Step) -> None:
        """Append what was just done; undone steps beside which it is seen are gone.

        A step of the slots is seen beside all others.
        """
        apart = {old.slot for old in self.steps} - {step.slot, ""} if step.slot else set()
        self.steps = [old for old in self.steps if old.done or old.slot in apart]
        self.steps.append(step)
        self._warned = None
        self.changed.emit()

    def undoable(self, slot: str) -> Step | None:
        """The newest done step that this picture sees."""
        return next((s for s in reversed(list(self._seen(slot))) if s.done), None)

    def redoable(self, slot: str) -> Step | None:
        """The oldest undone step that this picture sees."""
        return next((s for s in self._seen(slot) if not s.done), None)

    def along(self, slot: str) -> list[Step]:
        """All steps that undo and redo come by from a picture, oldest first.

        Its own, those of the slots, and those of the pictures that stood in its place before
        and will again.
        """
        before, after = {slot}, {slot}
        for step in reversed(self.steps):
            if step.done and step.instead[1] in before:
                before.add(step.instead[0])
        for step in self.steps:
            if not step.done and step.instead[0] in after:
                after.add(step.instead[1])
        own = {slot, ""}
        return [s for s in self.steps if s.slot in own | (before if s.done else after)]

    def at(self, slot: str) -> str:
        """Id of the kept edit that a picture stands at, "" for its source."""
        from editor.project.project import stands_at  # not before the window is painted

        steps = [step for step in self.steps if step.slot == slot]
        return stands_at([(step.done, step.move) for step in steps if step.move])

    def undo(self, slot: str) -> bool:
        """Take one step back; False when it stopped before a kept edit or nothing is left."""
        step = self.undoable(slot)
        if step is None:
            return False
        if step.kind is Kind.KEEP and self._warned is not step:
            self._warned = step
            return False
        self._warned = None
        step.undo()
        step.done = False
        return self._told(step)

    def redo(self, slot: str) -> bool:
        """Make one step again; False when nothing was undone."""
        step = self.redoable(slot)
        if step is None:
            return False
        self._warned = None
        step.redo()
        step.done = True
        return self._told(step)

    def _told(self, step: Step) -> bool:
        self.moved.emit(step)
        self.changed.emit()
        return True

    def forget_newest(self, slot: str, kind: Kind) -> None:
        """Drop the newest step of a kind, because another step takes it back as well."""
        newest = next((s for s in reversed(self.steps) if s.slot == slot and s.kind is kind), None)
        self.steps = [step for step in self.steps if step is not newest]

    def forget(self, slot: str, kind: Kind, left: int) -> None:
        """Drop the oldest steps of a kind when their picture can undo only so many."""
        mine = [s for s in self.steps if s.slot == slot and s.kind is kind and s.done]
        gone = set(map(id, mine[: max(0, len(mine) - left)]))
        if gone:
            self.steps = [s for s in self.steps if id(s) not in gone]
            self.changed.emit()

    def _seen(self, slot: str) -> Iterator[Step]:
        return (step for step in self.steps if step.slot in {slot, ""})

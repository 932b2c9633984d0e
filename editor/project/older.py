"""Older: the kept edits of a file of version 1, a list of steps, as the tree that they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from editor.project.project import Kept, Move, Step, StepKind, edit_id
from editor.project.records import decode
from editor.storage.database import Row


@dataclass(frozen=True, slots=True)
class OldKept:
    """A step of such a file. instead: digest of the patch it took the place of, or ""."""

    number: int
    slot: str
    done: bool
    kept: Kept
    instead: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    instead: str = ""


def old_kept(number: int, row: Row) -> OldKept:
    """Read a step. row: kind, slot, done and data. Raises ProjectDamaged."""
    _, slot, done, data = row
    return OldKept(number, slot, done, decode(Kept, data), decode(_Place, data).instead)


def tree_of(found: Iterable[OldKept], steps: Sequence[Step]) -> tuple[dict[str, Kept], list[Step]]:
    """The edits by their new ids, and all steps, with moves between those edits.

    found: in the order of their numbers. steps: the other ones.
    """
    old = list(found)
    newest = {step.slot: step.number for step in steps if step.done}
    for one in old:
        if one.done:
            newest[one.slot] = max(newest.get(one.slot, 0), one.number)
    edits: dict[str, Kept] = {}
    lying: dict[str, list[str]] = {}
    moves = []
    for one in old:
        before = lying.get(one.slot, [])
        under = before[:-1] if before and edits[before[-1]].patch == one.instead else before
        id = edit_id(one.slot, under, one.kept.patch)
        edits[id] = replace(one.kept, id=id, slot=one.slot, under=tuple(under))
        if one.done or one.number > newest.get(one.slot, -1):
            move = Move(before[-1] if before else "", id)
            moves.append(Step(one.number, StepKind.KEEP, one.slot, one.done, move))
            lying[one.slot] = [*under, id]
    return edits, sorted([*steps, *moves], key=lambda step: step.number)

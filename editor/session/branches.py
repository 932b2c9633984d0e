"""Branches: every edit that was ever kept, also those left behind, and the way between them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from editor.compose.blend import Overlay
from editor.project.project import Kept, Move, lying
from editor.project.store import Store
from editor.session.document import Document, small
from editor.session.ground import overlaid
from editor.session.held import Held
from editor.session.moments import moment, now
from editor.session.painting import Painting
from editor.session.timeline import Kind, Step, Timeline


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What a move changes of the base: its part as it is before, and after."""

    before: Overlay
    after: Overlay


class Branches(QObject):
    """Kept edits by id; each lies on others, so that those of a picture are a tree.

    None is ever taken away. Where a picture stands among its edits the timeline says, and the
    base follows; a round belongs to the edit whose base it was asked on. moved carries a Held
    whose base followed. turn: held while a base is made.
    """

    moved = Signal(object)

    def __init__(
        self,
        document: Document,
        painting: Painting,
        timeline: Timeline,
        store: Store,
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.turn = asyncio.Lock()
        self._document = document
        self._painting = painting
        self._timeline = timeline
        self._store = store
        self._spawn = spawn
        self._edits: dict[str, Kept] = {}

    def restore(self, edits: Mapping[str, Kept]) -> None:
        """Know the edits of a project."""
        self._edits.update(edits)

    def of(self, slot: str) -> list[Kept]:
        """All edits of a picture, in the order in which they were kept first."""
        return [kept for kept in self._edits.values() if kept.slot == slot]

    def lying(self, id: str) -> tuple[Kept, ...]:
        """An edit and all that it lies on, lowest first; nothing for "", the source."""
        return lying(self._edits, id)

    def add(self, held: Held, kept: Kept, difference: Difference, *, cleared: bool) -> None:
        """An edit was kept on a picture as it was; one step of undo.

        cleared: its mask was, just before. The same edit, kept again, is the same.
        """
        move = Move(at(held), kept.id, cleared=cleared, made=kept.made)
        self._edits[kept.id] = kept
        self._store.stepped(kept.slot, move, kept)
        self._timeline.push(self.step(kept.slot, move, difference))

    def follows(self, held: Held) -> bool:
        """Whether the base of a picture is where the timeline says."""
        return self._timeline.at(held.slot) == at(held)

    async def return_to(self, slot: str, id: str) -> None:
        """Go back to an edit that was left behind; one step of undo. Raises Problem."""
        move = Move(self._timeline.at(slot), id, back=True, made=now())
        if move.before != id and id in self._edits:
            self._store.stepped(slot, move)
            self._timeline.push(self.step(slot, move))
            await self._follow(slot)

    def step(
        self, slot: str, move: Move, difference: Difference | None = None, *, done: bool = True
    ) -> Step:
        """A move, as it is taken back and made again; without a difference the base is read."""

        def undo() -> None:
            if move.cleared:
                self._painting.undo(slot)
            back = (move.after, move.before)
            part = difference.before if difference else None
            self._spawn(self._follow(slot, back, part), "take an edit back")

        def redo() -> None:
            if move.cleared:
                self._painting.redo(slot)
            part = difference.after if difference else None
            self._spawn(self._follow(slot, (move.before, move.after), part), "make an edit again")

        title = self._edits[move.after].title if move.after in self._edits else ""
        if move.back:
            title = self.tr("Back to: {title}").format(title=title)
        return Step(Kind.KEEP, slot, undo, redo, title, done, move, moment(move.made))

    async def _follow(
        self, slot: str, way: tuple[str, str] = ("", ""), part: Overlay | None = None
    ) -> None:
        """Let the base of a picture be what the timeline says by now.

        way: the edits that it leaves and comes to when just this part of the base changes.
        """
        async with self.turn:
            to, held = self._timeline.at(slot), self._document.held(slot)
            if held is None or at(held) == to:
                return
            base, after, shown = self._document.base, None, None
            kept = self.lying(to)
            if base is not None and self._document.target is held:
                if part is not None and way == (at(held), to):
                    after = await asyncio.to_thread(overlaid, base, part)
                else:
                    after = await self._document.shown(replace(held, kept=kept))
                shown = await small(after)
                await asyncio.to_thread(self._document.prepare, after)
            now_held = self._document.held(slot)
            if now_held is None:
                return
            on_stage = after if self._document.base is base else None
            self._document.rebase(replace(now_held, kept=kept, shown=shown), on_stage)
            self.moved.emit(self._document.held(slot))


def at(held: Held) -> str:
    """Id of the edit that the base of a picture stands at, "" for its source."""
    return held.kept[-1].id if held.kept else ""

"""Finishing: keeping an answer in the picture, taking it back, and the samples to export."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from editor.compose.blend import Joined, join, preview
from editor.compose.fitting.fit import Fit, fit
from editor.compose.patch import NativePatch, applied
from editor.compose.proof import painted_over
from editor.compose.recipe import Recipe
from editor.edits.variant import Variant
from editor.errors import Problem
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from editor.imaging.raster import Native, Raster
from editor.project.project import Kept, edit_id
from editor.project.store import Store
from editor.session.branches import Branches, Difference
from editor.session.document import Document, small
from editor.session.entries import Entry
from editor.session.ground import Grounds, instead_of, lies_on, overlaid, part_of, without
from editor.session.held import Held
from editor.session.moments import now
from editor.session.painting import Painting
from editor.session.timeline import Kind, Timeline

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """A picture at its own depth with everything kept on it.

    source: as it was opened. result: with the edits. may_change: (rows, cols) bool, True
    where any edit was painted. laid: the variants that are on it, lowest first, and how each
    is joined. note: template of what the join of the shown answer said, or empty.
    """

    held: Held
    facts: Facts
    source: Native
    result: Native
    may_change: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    laid: tuple[tuple[str, Recipe], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What keeping changes for the eyes: the part before and after, the base, a small copy.

    base: None when another picture is the target by now. last: the edit that is replaced.
    """

    difference: Difference
    base: Raster | None
    shown: Raster
    last: Kept | None = None


class Finishing(QObject):
    """Joins at native depth, off the GUI thread; kept carries a Held after the change."""

    kept = Signal(object)

    def __init__(
        self,
        document: Document,
        painting: Painting,
        timeline: Timeline,
        branches: Branches,
        store: Store,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._painting = painting
        self._timeline = timeline
        self._branches = branches
        self._store = store
        self._grounds = Grounds(document)
        branches.moved.connect(self.kept)

    async def keep(self, entry: Entry, title: str) -> None:
        """Make the shown answer part of the base; one step of undo. Raises Problem."""
        async with self._branches.turn:
            held, base = self._document.target, self._document.base
            if held is None or base is None or entry.variant is None or entry.joined is None:
                return
            recipe, last = entry.recipe, instead_of(held, entry)
            found = await self._fit_of(held, base, entry)
            joined = await self._joined(without(held, last), entry.variant, recipe, found)
            patch = await asyncio.to_thread(joined.patch.to_bytes)
            digest = await asyncio.to_thread(self._store.keep, patch)
            seen = entry.joined
            if not lies_on(held, entry):
                ground = await self._grounds.of(held, base, entry)
                seen = await asyncio.to_thread(preview, ground.base, entry.variant, recipe, found)
                seen = await asyncio.to_thread(ground.covering, seen)
            after = await asyncio.to_thread(overlaid, base, seen)
            shown = await small(after)
            await asyncio.to_thread(self._document.prepare, after)
            now_held = self._document.held(held.slot)
            if now_held is None or now_held.kept != held.kept or not self._branches.follows(held):
                return
            under = tuple(one.id for one in without(held, last).kept)
            kept = Kept(
                variant=entry.id,
                title=title,
                rect=joined.patch.rect,
                patch=digest,
                recipe=recipe.stored(),
                protected=joined.protected,
                changed=joined.changed,
                round=entry.round,
                id=edit_id(held.slot, under, digest),
                slot=held.slot,
                under=under,
                made=now(),
            )
            on_stage = after if self._document.base is base else None
            difference = Difference(part_of(base, seen.rect), seen)
            self._take(now_held, kept, Change(difference, on_stage, shown, last))

    async def finished(self, entry: Entry | None) -> Finished:
        """The target as the stage shows it: every kept edit, and the shown answer on top.

        Raises Problem.
        """
        held = self._document.target
        assert held is not None
        data = await asyncio.to_thread(self._store.read, held.digest)
        facts = await asyncio.to_thread(self._document.pool.inspect, data, held.name)
        source = await asyncio.to_thread(self._document.pool.native, data, held.name)
        note = ""
        if entry is None or entry.variant is None:
            patches, laid = await self._patches(held), _laid(held, source.size)
        else:
            under_it = without(held, instead_of(held, entry))
            patches, laid = await self._patches(under_it), _laid(under_it, source.size)
            under = await asyncio.to_thread(applied, source, patches)
            assert self._document.base is not None
            found = await self._fit_of(held, self._document.base, entry)
            recipe = entry.recipe
            joined = await asyncio.to_thread(join, under, entry.variant, recipe, found)
            note = joined.note
            patches.append(_sound(joined).patch)
            laid = (*laid, (entry.variant.id, recipe))
        result = await asyncio.to_thread(applied, source, patches)
        may_change = await asyncio.to_thread(painted_over, source.size, patches)
        return Finished(held, facts, source, result, may_change, laid, note)

    async def _fit_of(self, held: Held, base: Raster, entry: Entry) -> Fit:
        """How an answer lies on its ground: as it is seen, or found anew on another one."""
        if entry.fit is not None and lies_on(held, entry):
            return entry.fit
        assert entry.variant is not None
        ground = await self._grounds.of(held, base, entry)
        return await asyncio.to_thread(fit, ground.base, entry.variant)

    async def _joined(self, held: Held, variant: Variant, recipe: Recipe, found: Fit) -> Joined:
        data = await asyncio.to_thread(self._store.read, held.digest)
        source = await asyncio.to_thread(self._document.pool.native, data, held.name)
        patches = await self._patches(held)
        under = await asyncio.to_thread(applied, source, patches) if patches else source
        return _sound(await asyncio.to_thread(join, under, variant, recipe, found))

    async def _patches(self, held: Held) -> list[NativePatch]:
        patches = []
        for kept in held.kept:
            data = await asyncio.to_thread(self._store.read, kept.patch)
            patches.append(await asyncio.to_thread(NativePatch.from_bytes, data))
        return patches

    def _take(self, held: Held, kept: Kept, change: Change) -> None:
        slot, last = held.slot, change.last
        mask = self._painting.mask_of(slot)
        steps = len(mask.history.undo_steps) if mask else 0
        if self._painting.slot == slot and last is None:
            self._painting.clear()
        cleared = mask is not None and len(mask.history.undo_steps) > steps
        if cleared:
            self._timeline.forget_newest(slot, Kind.STROKE)
        after = replace(held, kept=(*without(held, last).kept, kept), shown=change.shown)
        self._document.rebase(after, change.base)
        log.info("kept an edit of %d x %d", *kept.rect.size)
        self._branches.add(held, kept, change.difference, cleared=cleared)
        self.kept.emit(self._document.held(slot))


def _laid(held: Held, size: Size) -> tuple[tuple[str, Recipe], ...]:
    """The kept edits of a picture of this size, and how each was joined."""
    return tuple((kept.variant, Recipe.restored(kept.recipe, size)) for kept in held.kept)


def _sound(joined: Joined) -> Joined:
    if joined.changed:
        raise Problem(
            "The join would have changed {changed} protected pixels, so it was not made; "
            "the picture is as it was.",
            changed=joined.changed,
        )
    return joined

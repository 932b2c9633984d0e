"""Gallery: the answers of each picture, which of them the stage shows, and what they join to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from editor.capability.catalog import Catalog
from editor.capability.price import of_answer
from editor.capability.provider import Model
from editor.compose.recipe import Recipe
from editor.edits.job import Job
from editor.edits.variant import Variant, answer_to
from editor.errors import Problem
from editor.mask.plane import Coverage
from editor.session.document import Document
from editor.session.entries import Entry, GalleryState
from editor.session.ground import Ground, Grounds, lies_on
from editor.session.held import Held
from editor.session.jobs import Arrival, Jobs
from editor.session.joining import Bases, bounds_of, seen_on
from editor.session.shelves import Shelves

log = logging.getLogger(__name__)


class Gallery(QObject):
    """Keeps the entries of every picture; those of the target are its state.

    changed carries a GalleryState; begun says that a round has its tiles; added carries an
    Entry with the encoded bytes of its answer; marked one that was starred, rejected or taken
    anyway; tuned the id of one that is joined in another way, with its recipe as JSON takes
    it; removed an Entry that was taken away. busy: whether the person is in the middle of
    something, so that an arriving answer must not take the stage.
    """

    changed = Signal(object)
    begun = Signal()
    added = Signal(object, bytes)
    marked = Signal(object)
    tuned = Signal(str, object)
    removed = Signal(object)

    def __init__(
        self,
        document: Document,
        jobs: Jobs,
        catalog: Callable[[], Catalog],
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = GalleryState()
        self.busy: Callable[[], bool] = lambda: False
        self._document = document
        self._jobs = jobs
        self._pool = document.pool
        self._catalog = catalog
        self._spawn = spawn
        self._shelves = Shelves()
        self._new: set[str] = set()
        self._tuning: set[str] = set()
        self._bases = Bases()
        self._grounds = Grounds(document)
        document.turned.connect(self._turned)
        document.based.connect(self._rejoin)
        jobs.previewed.connect(lambda job, data: spawn(self._preview(job, data), "preview"))
        jobs.arrived.connect(lambda arrival: spawn(self._arrive(arrival), "arrival"))

    def begin(self, slot: str, round: str, jobs: tuple[Job, ...]) -> None:
        """Put one tile for each job before those of earlier rounds; the first is current."""
        self._shelves.put(slot, round, *(Entry(job.id, round, job.id) for job in jobs))
        if self._is_target(slot):
            self._become(GalleryState(self._shelves.seen(slot), None, 1))
            self.begun.emit()

    def add(self, slot: str, variant: Variant, data: bytes) -> None:
        """Put an answer that no job brought, such as one made elsewhere, first."""
        entry = Entry(variant.id, variant.round, "", variant)
        self._new.add(variant.id)
        self._shelves.put(slot, variant.round, entry)
        if self._is_target(slot):
            state = self.state.with_entries(self._shelves.seen(slot))
            self._become(replace(state, current=1))
        self.added.emit(entry, data)
        self._spawn(self._join(slot, entry), "join")

    def restore(self, slot: str, entries: tuple[Entry, ...]) -> None:
        """Show the answers of a project."""
        self._shelves.restore(slot, entries)
        self._turned()
        self._rejoin()  # the base may have been there before them

    def last_mask(self) -> Coverage | None:
        """The mask that the last kept edit of the target was asked with; None without one."""
        held = self._document.target
        entry = self.find(held.kept[-1].variant) if held is not None and held.kept else None
        return entry.variant.coverage if entry is not None and entry.variant else None

    def show(self, number: int) -> None:
        """Put the original (0) or an entry on the stage; one that has not arrived is current."""
        if number > len(self.state.entries):
            return
        entry = self.state.at(number)
        ready = number == 0 or (entry is not None and entry.joined is not None)
        shown = number if ready else self.state.shown
        self._become(replace(self.state, shown=shown, current=number))

    def step(self, by: int) -> None:
        """Make the tile beside the current one current, and show it when it is there."""
        self.show(min(max(self.state.current + by, 0), len(self.state.entries)))

    def leave(self) -> None:
        """Go back to editing."""
        self._become(replace(self.state, shown=None))

    def mark(self, id: str, **marks: object) -> None:
        """Note what the person thinks of an answer, by fields of its entry.

        One that is rejected leaves its place to the next, on the stage too; one that is seen
        again is joined to the base as it is by now.
        """
        entry = self._change(id, **marks)
        if entry is not None:
            self.marked.emit(entry)
            if marks.get("rejected") is False:
                self._rejoin()

    def tune(self, id: str, recipe: Recipe) -> None:
        """Join an answer in another way; of several wishes in a row the last one counts."""
        if self._change(id, tuned=recipe) is not None and id not in self._tuning:
            self._tuning.add(id)
            self._spawn(self._retune(id), "tune")

    def remove(self, id: str) -> None:
        """Take one tile away for good."""
        gone = self._shelves.remove(id)
        if gone is not None:
            self._renew(gone)
            self.removed.emit(gone)

    def find(self, id: str) -> Entry | None:
        """The entry of a variant or of a job, of any picture."""
        return self._shelves.find(id)

    def slot_of(self, round: str) -> str:
        """The picture that a round edits, "" for an unknown round."""
        return self._shelves.slot_of(round)

    async def _arrive(self, arrival: Arrival) -> None:
        job, picture = arrival.job, arrival.picture
        found = self.find(job.id)
        if found is None:
            return
        try:
            opened = await asyncio.to_thread(self._pool.open, picture.data, self.tr("the answer"))
        except Problem as problem:
            self._jobs.spoil(job.id, problem)
            return
        variant = replace(
            answer_to(job, opened.raster, arrival.placement),
            effective=picture.facts,
            price=of_answer(self._model(job), picture.facts),
            seconds=arrival.seconds,
        )
        if picture.index:
            self._beside(replace(variant, id=f"{job.id}-{picture.index + 1}"), picture.data)
            return
        self._new.add(variant.id)
        entry = self._change(job.id, variant=variant)
        if entry is not None:
            self.added.emit(entry, picture.data)
            await self._join(self.slot_of(job.round), entry)

    def _beside(self, variant: Variant, data: bytes) -> None:
        """Put a further picture of one answer behind the earlier ones, whenever it comes."""
        entry = Entry(variant.id, variant.round, "", variant)
        self._shelves.put_beside(entry)
        self._renew(entry)
        self.added.emit(entry, data)
        self._spawn(self._join(self.slot_of(entry.round), entry), "join")

    async def _preview(self, id: str, data: bytes) -> None:
        """Paint an unfinished picture inside the mask of its tile, never on the stage."""
        found, job = self.find(id), self._jobs.job(id)
        held = self._held_of(found)
        if found is None or job is None or held is None or found.variant is not None:
            return
        try:
            opened = await asyncio.to_thread(self._pool.open, data, self.tr("the preview"))
        except Problem:
            return
        placement = self._jobs.placement(id)
        base = self._document.base
        if placement is None or base is None or held is not self._document.target:
            return
        seen = await asyncio.to_thread(seen_on, base, answer_to(job, opened.raster, placement))
        found = self.find(id)
        if found is not None and found.variant is None:
            self._change(id, tile=seen.tile)

    async def _join(self, slot: str, entry: Entry) -> None:
        """Join one answer to the base as it is now, for the eyes."""
        held, base, variant = self._document.held(slot), self._document.base, entry.variant
        if held is None or base is None or variant is None or not self._is_target(slot):
            return
        ground = await self._grounds.of(held, base, entry)
        now = self.find(entry.id) or entry
        known = now.fit if now.joined_on == ground.held.base_digest else None
        seen = await asyncio.to_thread(seen_on, ground.base, variant, now.tuned, known)
        joined = await asyncio.to_thread(ground.covering, seen.joined)
        if self._document.base is not base:
            return
        self._change(
            entry.id,
            joined=joined,
            joined_on=ground.held.base_digest,
            fit=seen.fit,
            proof=seen.proof,
            usual=seen.usual,
            spread=seen.spread,
            tile=seen.tile,
            stale=self._stale(entry, ground),
        )
        self._offer(entry.id)

    async def _retune(self, id: str) -> None:
        """Join until the answer lies there as it was wished last."""
        joined: Recipe | None = None
        try:
            while (entry := self.find(id)) and entry.tuned and entry.tuned is not joined:
                joined = entry.tuned
                await self._join(self.slot_of(entry.round), entry)
                self.tuned.emit(id, await asyncio.to_thread(joined.stored))
        finally:
            self._tuning.discard(id)

    def _stale(self, entry: Entry, ground: Ground) -> bool:
        """Whether the base has changed, where the answer belongs, since it was asked or taken."""
        now = self.find(entry.id) or entry
        assert now.variant is not None
        variant = replace(now.variant, base=now.anyway) if now.anyway else now.variant
        return self._bases.changed(variant, ground.held, bounds_of(variant, ground.base.size))

    def _offer(self, id: str) -> None:
        """Put an answer that has just come on the stage when it is the current tile."""
        new = id in self._new
        self._new.discard(id)
        entry = self.state.at(self.state.current)
        if not new or entry is None or entry.id != id or self.state.shown is not None:
            return
        if not self.busy():
            self.show(self.state.current)
            log.info("showing answer %d", self.state.current)

    def _rejoin(self) -> None:
        """Join what was joined to another base; the shown one first."""
        held = self._document.target
        if held is None or self._document.base is None:
            return
        self._bases.note(held)
        first = self.state.entry
        entries = sorted(self.state.entries, key=lambda entry: entry is not first)
        for entry in entries:
            if entry.variant is not None and not lies_on(held, entry):
                self._spawn(self._join(held.slot, entry), "join")

    def _change(self, id: str, **changes: object) -> Entry | None:
        after = self._shelves.change(id, **changes)
        if after is not None:
            self._renew(after)
        return after

    def _renew(self, entry: Entry) -> None:
        """Show the entries beside this one as they are now, when they are the target's."""
        slot = self.slot_of(entry.round)
        if self._is_target(slot):
            self._become(self.state.with_entries(self._shelves.seen(slot)))

    def _turned(self) -> None:
        held = self._document.target
        entries = self._shelves.seen(held.slot) if held else ()
        same = self.state.entries and entries and self.state.entries[0] is entries[0]
        current = min(self.state.current, len(entries)) if same else min(1, len(entries))
        self._become(GalleryState(entries, None, current))

    def _model(self, job: Job) -> Model:
        return self._catalog().model(job.request.provider, job.request.model)

    def _held_of(self, entry: Entry | None) -> Held | None:
        return self._document.held(self.slot_of(entry.round)) if entry else None

    def _is_target(self, slot: str) -> bool:
        target = self._document.target
        return target is not None and target.slot == slot

    def _become(self, state: GalleryState) -> None:
        self.state = state
        self.changed.emit(state)

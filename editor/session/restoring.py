"""Restoring: a project file back into the session, and what a crash left open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.compose.recipe import Recipe
from editor.edits.job import Job, State
from editor.edits.request import EditRequest
from editor.engine.ledger import Ledger
from editor.engine.note import Note
from editor.engine.note import State as NoteState
from editor.errors import NotSent, OutcomeUnknown, Problem
from editor.mask.history import History
from editor.project.opening import Opened
from editor.project.project import Kept, Project, Role, Slot, StepKind, StoredJob, StoredVariant
from editor.project.project import Step as StoredStep
from editor.project.stored import problem_of, variant_of
from editor.session.collecting import Collecting
from editor.session.entries import Entry
from editor.session.held import Held
from editor.session.loop import heard, spawn
from editor.session.notice import of_problem
from editor.session.order import as_before
from editor.session.painting import painted
from editor.session.parts import Parts
from editor.session.rejecting import rejected
from editor.session.timeline import Step

log = logging.getLogger(__name__)

THUMB = 256

BEFORE_SENT = {NoteState.INTENT, NoteState.LIMITED, NoteState.SENDING, NoteState.NOT_SENT}

UNKNOWN = (
    "Frisket ended before the answer came. It may have been charged; nothing is sent again by "
    "itself."
)
NOT_SENT = "Frisket ended before this was sent; nothing was charged. Send it again if you like."


class Restoring(QObject):
    """Reads in threads and fills the session; what cannot be read is told and left out.

    told carries a Notice.
    """

    told = Signal(object)

    def __init__(self, parts: Parts, ledger: Ledger, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._ledger = ledger
        self.collecting = Collecting(parts, ledger)
        self._read_masks: set[str] = set()
        self._reading = asyncio.Lock()

    async def restore(self, opened: Opened) -> None:
        """Show the pictures, the form and the answers of a project."""
        parts, project = self._parts, opened.project
        for note in opened.notes:
            self.told.emit(of_problem(note))
        parts.form.restore(project.form) if project.form else None
        parts.rounds.restore(project.rounds)
        pictures = []
        for slot in project.slots:
            try:
                pictures.append(await self._held(slot, project.kept(slot.id)))
            except Problem as problem:
                self.told.emit(of_problem(problem))
        parts.branches.restore(project.edits)
        parts.timeline.steps += self._steps(project)
        parts.chronicle.restore(project.rounds)
        parts.timeline.changed.emit()
        if pictures:
            parts.document.restore(tuple(pictures))
        for held in pictures:
            await self._answers(held, project)

    async def finish(self, take: Callable[[bytes, str], Awaitable[None]]) -> None:
        """Take answers that were whole on the disk when an earlier run ended.

        Each goes to its tile with the mask and the place that it was sent for. When the program
        ended before those were written down, it is an answer made elsewhere to the mask as it
        stands, which is that of that run. take: joins such a one.
        """
        project = self._parts.store.opened.project
        there = {variant.job for variant in project.variants}
        jobs = {job.id: job for job in project.jobs}
        for note in self._ledger.notes():
            job = jobs.get(note.asked.job)
            if note.state not in {NoteState.RECEIVED, NoteState.ACCEPTED} or job is None:
                continue
            if job.id in there:
                self._ledger.entry(note).stored()
            elif asked := project.asked.get(job.id):
                await self._collect(note, asked)
            elif self._is_target(job.slot):
                for picture in await self.collecting.from_disk(note):
                    await self._ready()
                    await take(picture.data, self.tr("an answer"))
                    self._parts.gallery.remove(job.id)
                    self._ledger.entry(note).stored()

    async def _collect(self, note: Note, asked: StoredVariant) -> None:
        """Finish an answer from the disk, or ask on after what the provider still works on."""
        job = await self.collecting.job_of(asked)
        if job is None:
            return
        pictures = await self.collecting.from_disk(note)
        for picture in pictures:
            self.collecting.arrive(replace(job, state=State.DONE), picture, asked.placement)
        if not pictures:
            await self.collecting.ask_on(note, job, asked.placement)

    async def _ready(self) -> None:
        """Wait until pixels and mask of the target are there."""
        document = self._parts.document
        if document.target is not None:
            await self.mask(document.target)
        if document.base is None:
            await document.load_base()
        while document.base is None:
            await heard(document.based)

    async def mask(self, held: Held) -> None:
        """Read the mask of a picture at its first visit and paint on it."""
        painting, store = self._parts.painting, self._parts.store
        async with self._reading:
            if painting.mask_of(held.slot) is None and held.slot not in self._read_masks:
                self._read_masks.add(held.slot)
                stored = await asyncio.to_thread(store.mask, held.slot, held.facts.size)
                history = History(stored.plane, stored.undo, stored.redo)
                painting.adopt(held.slot, stored.plane, history)
        if self._parts.document.target is held or self._is_target(held.slot):
            painting.turn_to(held.slot, held.facts.size)
            log.info("painting on a picture of %d x %d", *held.facts.size)

    def seen(self, job: Job) -> None:
        """Tell the ledger that the person sees that a job may have been charged."""
        if job.state is State.UNKNOWN:
            spawn(asyncio.to_thread(self._ledger.told, job.id), "tell the ledger")

    def stored(self, job: str) -> None:
        """Tell the ledger that the picture of a job is in the project for good."""
        spawn(asyncio.to_thread(self._settle, job), "tell the ledger")

    def _settle(self, job: str) -> None:
        for note in self._ledger.of_job(job):
            self._ledger.entry(note).stored()

    async def _held(self, slot: Slot, kept: tuple[Kept, ...]) -> Held:
        parts = self._parts
        data = await asyncio.to_thread(parts.store.read, slot.digest)
        opened = await asyncio.to_thread(parts.pool.preview, data, slot.name, THUMB)
        return Held(
            slot=slot.id,
            name=slot.name,
            facts=opened.facts,
            digest=slot.digest,
            thumb=opened.raster,
            path=Path(slot.origin) if slot.origin else None,
            reference=slot.role is Role.REFERENCE,
            kept=kept,
        )

    async def _answers(self, held: Held, project: Project) -> None:
        """Show the answers of a picture, and the jobs that ended without one."""
        entries = []
        undoable = {step.rejection.variant for step in project.timeline if step.rejection}
        for stored in reversed(project.variants):
            if stored.slot == held.slot and (not stored.rejected or stored.id in undoable):
                try:
                    entry = await self._answer(held, stored)
                    recipe = project.recipes.get(stored.id)
                    tuned = Recipe.restored(recipe, held.facts.size) if recipe else None
                    entries.append(replace(entry, tuned=tuned))
                except Problem as problem:
                    self.told.emit(of_problem(problem))
        known = {stored.job for stored in project.variants}
        for job in project.jobs:
            if job.slot == held.slot and job.id not in known and job.state.value != "cancelled":
                self._parts.jobs.restore(self._ended(held, job))
                entries.append(Entry(job.id, job.round, job.id))
        self._parts.gallery.restore(held.slot, as_before(entries, project))

    async def _answer(self, held: Held, stored: StoredVariant) -> Entry:
        parts = self._parts
        data = await asyncio.to_thread(parts.store.read, stored.answer)
        opened = await asyncio.to_thread(parts.pool.open, data, self.tr("an answer"))
        coverage = await asyncio.to_thread(parts.store.coverage, stored, held.facts.size)
        variant = variant_of(stored, opened.raster, coverage)
        return Entry(
            variant.id,
            variant.round,
            variant.job,
            variant,
            starred=stored.starred,
            rejected=stored.rejected,
            anyway=stored.anyway,
        )

    def _ended(self, held: Held, stored: StoredJob) -> Job:
        """A job of an earlier run as it stands now, by what the ledger knows of it."""
        problem, state = problem_of(stored), None
        if stored.state.ended:
            state = stored.state
        else:
            note = next(iter(self._ledger.of_job(stored.id)), None)
            sent = note is not None and note.state not in BEFORE_SENT
            state = State.UNKNOWN if sent else State.FAILED
            problem = OutcomeUnknown(UNKNOWN) if sent else NotSent(NOT_SENT)
        request = EditRequest(held.thumb, None, "", "", "")
        return Job(stored.id, stored.round, request, state, problem=problem)

    def _is_target(self, slot: str) -> bool:
        target = self._parts.document.target
        return target is not None and target.slot == slot

    def _steps(self, project: Project) -> list[Step]:
        """What an earlier run did and can be taken back, oldest first."""
        parts, found = self._parts, []
        own, cleared = project.timeline, cleared_by(project.timeline)
        for step in own:
            if step.kind is StepKind.STROKE and step.number not in cleared:
                found.append(painted(parts.painting, step.slot, step.deed, done=step.done))
            elif step.move is not None:
                move = replace(step.move, cleared=step.number - 1 in cleared)
                found.append(parts.branches.step(step.slot, move, done=step.done))
            elif step.rejection is not None:
                found.append(rejected(parts.gallery, step.slot, step.rejection, done=step.done))
        return found


def cleared_by(timeline: Sequence[StoredStep]) -> set[int]:
    """Numbers of the strokes that belong to a kept edit, as far as both are done or undone."""
    strokes = {(one.slot, one.number): one for one in timeline if one.kind is StepKind.STROKE}
    found = set()
    for step in timeline:
        stroke = strokes.get((step.slot, step.number - 1))
        if step.move and step.move.cleared and stroke and stroke.done == step.done:
            found.add(stroke.number)
    return found

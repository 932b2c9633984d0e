"""Collecting: answers of jobs that ended without one, from the disk or from the provider."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from editor.edits.events import Picture
from editor.edits.job import Job, State
from editor.edits.request import EditRequest
from editor.engine.choose import collected, fetched
from editor.engine.ledger import Ledger
from editor.engine.note import Note
from editor.engine.remains import links_in, recovered, task_in
from editor.errors import Problem
from editor.imaging.placement import Placement
from editor.project.project import StoredVariant
from editor.providers.dialect import Dialect
from editor.providers.table import dialect
from editor.session.jobs import Arrival
from editor.session.notice import Notice
from editor.session.parts import Parts

log = logging.getLogger(__name__)

T = TypeVar("T")

NOTHING_NEW = "Nothing has come of it so far, and the provider cannot be asked; it may be charged."


class Collecting:
    """Looks for what may have come of a job; nothing is ever sent again by it."""

    def __init__(self, parts: Parts, ledger: Ledger) -> None:
        self._parts = parts
        self._ledger = ledger

    async def from_disk(self, note: Note) -> tuple[Picture, ...]:
        """The pictures in the raw answer of a request, often none."""
        return await self._left(note, recovered)

    async def job_of(self, asked: StoredVariant) -> Job | None:
        """A job of an earlier run as it was sent; None when its picture is gone."""
        parts, held = self._parts, self._parts.document.held(asked.slot)
        if held is None:
            return None
        coverage = await asyncio.to_thread(parts.store.coverage, asked, held.facts.size)
        round = parts.rounds.of(asked.round)
        request = EditRequest(
            source=held.thumb,
            coverage=coverage,
            prompt=round.prompt if round else "",
            provider=asked.provider,
            model=asked.model,
            settings=asked.requested,
            base=asked.base,
        )
        return Job(asked.job, asked.round, request, State.UNKNOWN)

    def arrive(self, job: Job, picture: Picture, placement: Placement) -> None:
        """Let an answer come as if its job had not been interrupted."""
        self._parts.jobs.restore(job)
        self._parts.jobs.arrived.emit(Arrival(job, picture, placement, 0.0))

    async def ask_on(self, note: Note, job: Job, placement: Placement) -> bool:
        """Ask the provider after its task, or for what it linked to; False when there is none."""
        state = self._parts.form.state
        if state.local:
            return False
        task = await self._task(note)
        links = () if task else await self._left(note, links_in)
        if not task and not links:
            return False
        try:
            provider = state.catalog.provider(note.asked.provider)
            model, ledger = provider.model(note.asked.model), self._ledger
            if task:
                named = replace(note, task=task)
                events = await asyncio.to_thread(collected, provider, model, ledger, named)
            else:
                events = await asyncio.to_thread(fetched, provider, model, ledger, note, links)
        except Problem as problem:
            log.info("a task is not asked after: %s", problem.template)
            return False
        self._parts.jobs.collect(job, events, placement)
        return True

    async def look_again(self, id: str) -> Notice | None:
        """Look once more for what came of a job of unknown end; what to tell when nothing did."""
        job, placement = self._parts.jobs.job(id), self._parts.jobs.placement(id)
        note = next(iter(self._ledger.of_job(id)), None)
        if job is None or note is None or job.state is not State.UNKNOWN:
            return None
        if placement is None:
            asked = self._parts.store.opened.project.asked.get(id)
            job = await self.job_of(asked) if asked else None
            placement = asked.placement if asked else None
        if job is None or placement is None:
            return Notice("info", NOTHING_NEW)
        pictures = await self.from_disk(note)
        for picture in pictures:
            self.arrive(job, picture, placement)
        if pictures or await self.ask_on(note, job, placement):
            return None
        return Notice("info", NOTHING_NEW)

    async def _task(self, note: Note) -> str:
        """The provider's name for it, from the ledger or else from what it answered."""
        return note.task or await self._left(note, task_in)

    async def _left(self, note: Note, read: Callable[[bytes, Dialect, str], T]) -> T:
        """What can be read out of the raw answer of a request."""
        provider = self._parts.form.state.catalog.provider(note.asked.provider)
        raw = await asyncio.to_thread(self._ledger.raw, note)
        url = provider.url(provider.path)
        return await asyncio.to_thread(read, raw, dialect(provider.dialect), url)

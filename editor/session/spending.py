"""Spending: what this project and this month have cost, and the question before a cap."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from PySide6.QtCore import QObject, Signal

from editor.capability.catalog import Catalog
from editor.edits.job import Job
from editor.edits.probe import ROUND
from editor.edits.reckoning import FREE, Wanted, answered, awaited, in_vain, reckoned, whole_price
from editor.edits.request import EditRequest
from editor.edits.variant import Variant
from editor.errors import CannotWrite
from editor.imaging.geometry import Size
from editor.preferences.purchases import Purchase, Purchases, crosses, of_month, spent, typical
from editor.project.project import Project, StoredVariant
from editor.session.entries import Entry
from editor.session.form_state import FormState
from editor.session.gallery import Gallery
from editor.session.jobs import Jobs

log = logging.getLogger(__name__)

LONG_AGO = "1970-01-01T00:00:00+00:00"

Clock = Callable[[], datetime]
Go = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Spent:
    """USD of this project and of this month; open: of it, what may have been charged in vain."""

    project: float
    month: float
    open: float
    day: date


@dataclass(frozen=True, slots=True)
class Question:
    """Whether to cross the cap. total: USD of the month with this edit, None if nobody knows."""

    day: date
    total: float | None
    cap: float


class Spending(QObject):
    """Hears of what was paid and keeps it; changed carries nothing, asked a Question or None.

    cap: USD a month above which it asks, 0 for none; answers that are still awaited count as
    they were estimated. clock: tells the time, in UTC.
    """

    changed = Signal()
    asked = Signal(object)

    def __init__(
        self,
        catalog: Callable[[], Catalog],
        jobs: Jobs,
        gallery: Gallery,
        spawn: Callable[..., object],
        parent: QObject | None = None,
        clock: Clock = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self.cap = 0.0
        self.question: Question | None = None
        self._catalog = catalog
        self._jobs = jobs
        self._spawn = spawn
        self._clock = clock
        self._kept: Purchases | None = None
        self._all: dict[str, Purchase] = {}
        self._ours: set[str] = set()
        self._month: dict[str, Purchase] = {}
        self._day = self.today
        self._took: dict[tuple[str, ...], float] = {}
        self._go: Go | None = None
        self._price = 0.0
        self._promised = 0.0
        self._wish: tuple[object, ...] = ()
        gallery.added.connect(self._added)
        jobs.changed.connect(self._changed)

    async def restore(self, project: Project) -> None:
        """Know what was bought before, for this project and by all others."""
        for stored in project.variants:
            if stored.provider not in FREE:
                self._all[stored.job] = self._bought_before(stored)
        self._ours = {job.id for job in project.jobs} | set(self._all)
        try:
            self._kept = await asyncio.to_thread(Purchases)
            self._all |= {one.job: one for one in self._kept.every}
        except CannotWrite as problem:
            log.info("no earlier purchases: %s", problem.template)
        every, self._day = tuple(self._all.values()), self.today
        found = await asyncio.to_thread(of_month, every, self._day)
        self._month = {one.job: one for one in found}
        self._took.clear()
        self.changed.emit()

    @property
    def spent(self) -> Spent:
        """What it has come to."""
        today = self.today
        if (today.year, today.month) != (self._day.year, self._day.month):
            self._day, self._month = today, {}  # what comes from now on is of the new month
        month = self._month.values()
        return Spent(
            project=spent(self._all[job] for job in self._ours if job in self._all),
            month=spent(month),
            open=spent(one for one in month if not one.sure),
            day=today,
        )

    @property
    def today(self) -> date:
        return self._clock().astimezone().date()

    def typical(self, job: Job) -> float:
        """Median seconds of earlier answers to such requests, 0.0 while there are none."""
        if job.request.provider in FREE:
            return 0.0
        placement = self._jobs.placement(job.id)
        like = self._awaited(job.id, job.request, placement.sent if placement else None)
        kind = like.provider, like.model, like.quality, like.size
        if kind not in self._took:  # asked several times a second, and the same for long
            self._took[kind] = typical(tuple(self._all.values()), like)
        return self._took[kind]

    async def guard(self, price: float | None, go: Go) -> None:
        """Go on, or ask first when that would cross the cap. price: USD, None when unknown."""
        if self.cap > 0:
            self.listen()
        self._promised = self._promised if self._jobs.running else 0.0
        month = self.spent.month + self._promised
        if crosses(self.cap, month, price):
            total = None if price is None else month + price
            self._go, self._price = go, price or 0.0
            self._ask(Question(self.today, total, self.cap))
            return
        self.drop()
        self._promised += price or 0.0
        await go()

    def listen(self) -> None:
        """Hear what other windows and the command line have spent since; far below 1 ms."""
        news = self._kept.news() if self._kept is not None else ()
        if news:
            self._all |= {one.job: one for one in news}
            self._month |= {one.job: one for one in of_month(news, self.today)}
            self._took.clear()
            self.changed.emit()

    async def go_on(self) -> None:
        """Do what was asked about, as the person wants it anyway."""
        go = self._go
        self.drop()
        if go is not None:
            self._promised += self._price
            await go()

    def look(self, state: FormState) -> None:
        """See whether the wish is still the one that was asked about."""
        wish = state.prompt, state.provider.id, state.model.id, state.variants, state.price
        if wish != self._wish:
            self._wish = wish
            self.drop()

    def drop(self) -> None:
        """Ask no longer: something else is wanted by now."""
        self._go = None
        if self.question is not None:
            self._ask(None)

    def close(self) -> None:
        """Keep and hear nothing any more."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _ask(self, question: Question | None) -> None:
        self.question = question
        self.asked.emit(question)

    def paid(self, variant: Variant, request: EditRequest) -> None:
        """Count an answer in the month, and in the project that is open unless it is a probe's."""
        if variant.provider not in FREE:
            asked = self._awaited(variant.job, request, variant.placement.sent)
            purchase = answered(asked, variant.price, variant.effective, variant.seconds)
            self._keep(purchase, variant.round)

    def _added(self, entry: Entry, _: bytes) -> None:
        variant, job = entry.variant, self._jobs.job(entry.job)
        if variant is not None and job is not None:
            self.paid(variant, job.request)

    def _changed(self, job: Job) -> None:
        """A request that ended without an answer may have been charged all the same."""
        if in_vain(job):
            placement = self._jobs.placement(job.id)
            sent = placement.sent if placement else None
            self._keep(self._awaited(job.id, job.request, sent), job.round)

    def _keep(self, purchase: Purchase, round: str) -> None:
        self._all.pop(purchase.job, None)
        self._all[purchase.job] = self._month[purchase.job] = purchase
        self._took.clear()
        if round != ROUND:
            self._ours.add(purchase.job)
        if self._kept is not None:
            self._spawn(self._write(self._kept, purchase), "keep what was spent")
        self.changed.emit()

    async def _write(self, kept: Purchases, purchase: Purchase) -> None:
        try:
            await asyncio.to_thread(kept.add, purchase)
        except CannotWrite as problem:
            log.info("what was spent is not kept: %s", problem.template)

    def _awaited(self, job: str, request: EditRequest, sent: Size | None) -> Purchase:
        made = self._clock().isoformat(timespec="seconds")
        return awaited(self._catalog(), made, job, request, sent)

    def _bought_before(self, stored: StoredVariant) -> Purchase:
        """A variant of a project that may come from another computer, at an unknown time."""
        wanted = Wanted(stored.provider, stored.model, stored.requested, stored.placement.sent)
        found = reckoned(self._catalog(), LONG_AGO, stored.job, wanted)
        price = whole_price(stored.price, stored.effective)
        price = found.price if price is None else price
        return replace(found, price=price, seconds=stored.seconds, sure=True)

"""Probing: one small paid edit that shows whether a provider keeps to masks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from editor.capability.price import actual
from editor.capability.provider import Model, Provider
from editor.capability.sentence import NOTHING, Sentence
from editor.compose.fitting.fit import fit
from editor.compose.leaking.leak import Leak, leak
from editor.edits.framing import placement_of
from editor.edits.job import Job, State
from editor.edits.probe import ROUND, cost, probe
from editor.edits.variant import Variant
from editor.engine.ledger import Ledger
from editor.errors import Problem
from editor.imaging.raster import Raster
from editor.mask.derive import bounds
from editor.session.jobs import Arrival
from editor.session.learning import Learning
from editor.session.parts import Parts
from editor.session.rounds import Group

KEEPS = "It keeps to masks: {share} of what was to stay came back changed."
STOPPED = "The test was stopped."


@dataclass(frozen=True, slots=True)
class Probed:
    """What is known of the test. provider: its id, "" before there was one.

    busy: it is under way. obeyed: whether the mask was kept to, None while nobody knows.
    said: the outcome, or why there is none.
    """

    provider: str = ""
    busy: bool = False
    obeyed: bool | None = None
    said: Sentence = NOTHING


class Probing(QObject):
    """Sends the probe as every edit is sent, ledger and all, but to no tile. One at a time."""

    changed = Signal(object)

    def __init__(
        self,
        parts: Parts,
        ledger: Ledger,
        learning: Learning,
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = Probed()
        self._parts = parts
        self._ledger = ledger
        self._learning = learning
        self._group: Group | None = None
        self._job = ""
        parts.jobs.changed.connect(self._follow)
        parts.jobs.arrived.connect(lambda arrival: spawn(self._arrived(arrival), "judge a probe"))

    async def begin(self, provider: Provider, model: Model) -> None:
        """Send it, unless one is under way, asking first where the month's cap is crossed."""
        if not self.state.busy:
            await self._parts.spending.guard(cost(model), lambda: self._send(provider, model))

    async def _send(self, provider: Provider, model: Model) -> None:
        request = await asyncio.to_thread(probe, provider, model)
        self._group = Group(request, model, 1)
        self._become(Probed(provider.id, busy=True))
        (job,) = self._parts.jobs.announce(ROUND, (request,))
        self._job = job.id
        await self._parts.rounds.carry_out(self._group, (job,))

    def _follow(self, job: Job) -> None:
        """Tell why there is no answer."""
        if job.id != self._job or not job.state.ended or job.state is State.DONE:
            return
        problem = job.problem
        said = Sentence(problem.template, **problem.values) if problem else Sentence(STOPPED)
        self._end(replace(self.state, busy=False, said=said))

    async def _arrived(self, arrival: Arrival) -> None:
        job, group = arrival.job, self._group
        if job.id != self._job or group is None:
            return
        try:
            opened = await asyncio.to_thread(self._parts.pool.open, arrival.picture.data, "probe")
        except Problem as problem:
            self._parts.jobs.spoil(job.id, problem)
            return
        variant = _variant(arrival, group, opened.raster)
        self._parts.spending.paid(variant, group.request)
        found = await asyncio.to_thread(_leak, group, variant)
        await asyncio.to_thread(self._settle, job.id)
        self._learning.obeyed(group.request.provider, obeyed=not found.ignored)
        said = Sentence(found.cause) if found.ignored else Sentence(KEEPS, share=_share(found))
        self._end(replace(self.state, busy=False, obeyed=not found.ignored, said=said))

    def _end(self, state: Probed) -> None:
        done, self._job, self._group = self._job, "", None
        self._parts.jobs.remove(done)
        self._become(state)

    def _settle(self, job: str) -> None:
        """The answer has told what it was asked for; the ledger need not keep it."""
        for note in self._ledger.of_job(job):
            entry = self._ledger.entry(note)
            entry.stored()
            entry.shown()
        self._ledger.applied(job)

    def _become(self, state: Probed) -> None:
        self.state = state
        self.changed.emit(state)


def _variant(arrival: Arrival, group: Group, raster: Raster) -> Variant:
    request, usage = group.request, arrival.picture.facts.get("usage")
    assert request.coverage is not None
    return Variant(
        id=arrival.job.id,
        job=arrival.job.id,
        round=arrival.job.round,
        raster=raster,
        placement=placement_of(request, group.model, bounds(request.coverage)),
        coverage=request.coverage,
        base="",
        provider=request.provider,
        model=request.model,
        requested=request.settings,
        effective=arrival.picture.facts,
        price=actual(group.model, usage) if isinstance(usage, Mapping) else None,
        seconds=arrival.seconds,
    )


def _leak(group: Group, variant: Variant) -> Leak:
    base = group.request.source
    return leak(base, variant, fit(base, variant))


def _share(found: Leak) -> str:
    return f"{100 * found.over10:.1f} %"

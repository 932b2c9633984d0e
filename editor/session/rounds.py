"""Rounds: beginning one, whoever asks for it, and what the earlier ones had asked for."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from editor.capability.price import estimate
from editor.capability.provider import Model
from editor.capability.speed import carried
from editor.edits.batch import split
from editor.edits.check import Trouble, problems
from editor.edits.framing import Framed, frame, placement_of
from editor.edits.job import Job
from editor.edits.request import EditRequest
from editor.engine.engine import Engine
from editor.engine.lane import Pace
from editor.errors import Problem
from editor.imaging.geometry import NOWHERE, Rect
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.mask.derive import bounds
from editor.project.project import Also, Round
from editor.session.document import Document
from editor.session.form_state import FormState
from editor.session.gallery import Gallery
from editor.session.held import Held
from editor.session.jobs import Jobs, Work
from editor.session.loop import turn
from editor.session.recording import Recording

Engines = Callable[[str, Model], tuple[Engine, Pace]]
"""Gives the engine of a model, and how its provider wants to be asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """One model's part of a round: the wish in its settings, so many times.

    together: its provider honours a number, so that one request asks for all of them.
    """

    request: EditRequest
    model: Model
    count: int
    together: bool = False

    def requests(self) -> tuple[EditRequest, ...]:
        """The requests, each a job of its own."""
        return split(self.request, self.count, together=self.together)


def groups_of(request: EditRequest, state: FormState) -> list[Group]:
    """The wish for every model of the form, the chosen one first; the others at its speed."""
    together = state.provider.count == "native"
    groups = [Group(request, state.model, 1 if state.offline else state.count, together)]
    for provider, id in () if state.offline else state.also:
        model = state.catalog.model(provider, id)
        settings = carried(state.settings, model, state.preset)
        other = replace(request, provider=provider, model=id, settings=settings)
        together = state.catalog.provider(provider).count == "native"
        groups.append(Group(other, model, state.count, together))
    return groups


def judged(groups: Sequence[Group], box: Rect) -> tuple[tuple[Trouble, ...], float | None]:
    """What keeps a round from being sent, and what all of it costs; None when nobody knows.

    box: what is painted. The troubles of further models are those of the field "also".
    """
    troubles, total = problems(groups[0].request, groups[0].model), 0.0
    for group in groups[1:]:
        found = problems(group.request, group.model)
        troubles += tuple(Trouble("also", one.sentence) for one in found if one not in troubles)
    for group in groups:
        request = group.request
        sent = placement_of(request, group.model, box).sent
        price = estimate(group.model, request.settings, sent, 1 + len(request.references))
        if price is None:
            return troubles, None
        total += price * group.count
    return troubles, total


class Rounds:
    """Begins rounds: one tile for each request at once, written down before anything is sent."""

    def __init__(
        self,
        document: Document,
        jobs: Jobs,
        gallery: Gallery,
        recording: Recording,
        engines: Engines,
        new_id: Callable[[], str],
    ) -> None:
        self._document = document
        self._jobs = jobs
        self._gallery = gallery
        self._recording = recording
        self._engines = engines
        self._new_id = new_id
        self._known: dict[str, Round] = {}

    def restore(self, rounds: Sequence[Round]) -> None:
        """Know the rounds of a project."""
        self._known.update((round.id, round) for round in rounds)

    def of(self, id: str) -> Round | None:
        """What was asked for in a round, None for answers made elsewhere."""
        return self._known.get(id)

    def chosen(self, id: str) -> bool:
        """Whether the person had picked the frame of a round."""
        round = self.of(id)
        return round is not None and round.chosen

    def references(self, id: str) -> tuple[Held, ...]:
        """The pictures that were sent along in a round, as far as they are still open."""
        round = self.of(id)
        slots = round.references if round else ()
        return tuple(held for slot in slots if (held := self._document.held(slot)))

    async def begin(
        self,
        slot: str,
        groups: Sequence[Group],
        references: Sequence[Held] = (),
        *,
        chosen: bool = False,
    ) -> None:
        """Send these wishes as one round; what cannot be made ready fails its own tiles.

        references: pictures sent along, as they are shown when it is their turn. chosen: the
        frame was picked by the person.
        """
        round = _round(self._new_id(), slot, groups, references, chosen=chosen)
        self._known[round.id] = round
        self._recording.round(round)
        requests = [one for group in groups for one in group.requests()]
        jobs = self._jobs.announce(round.id, tuple(requests))
        await turn()  # they are counted by now; their tiles get a turn of their own
        self._gallery.begin(slot, round.id, jobs)
        self._recording.announced(self._jobs.of_round(round.id))
        try:
            pictures = [await self._document.shown(held) for held in references]
        except Problem as problem:
            self._jobs.fail(jobs, problem)
            return
        for group, asked in _dealt(groups, jobs):
            await self.carry_out(group, asked, pictures)

    async def carry_out(
        self, group: Group, jobs: tuple[Job, ...], pictures: Sequence[Raster] = ()
    ) -> None:
        """Send announced jobs of one wish; what cannot be made ready fails them.

        pictures: those that are sent along.
        """
        request = replace(jobs[0].request, references=tuple(pictures))
        try:
            engine, pace = await asyncio.to_thread(self._engines, request.provider, group.model)
        except Problem as problem:
            self._jobs.fail(jobs, problem)
            return
        placement = await asyncio.to_thread(_placed, request, group.model)
        self._recording.sent_for(jobs, placement)
        framed = shared(partial(frame, request, group.model))
        self._jobs.run(jobs, Work(engine, framed, placement, pace))


def shared(made: Callable[[], Framed]) -> Callable[[], Framed]:
    """The same, made once for all who ask while one of them still holds it."""
    known: Callable[[], Framed | None] = _nobody

    def again() -> Framed:
        nonlocal known
        found = known()
        if found is None:
            found = made()
            known = weakref.ref(found)
        return found

    return again


def _nobody() -> None:
    """Nothing is held."""


def _placed(request: EditRequest, model: Model) -> Placement:
    box = NOWHERE if request.coverage is None else bounds(request.coverage)
    return placement_of(request, model, box)


def _dealt(
    groups: Sequence[Group], jobs: tuple[Job, ...]
) -> Iterator[tuple[Group, tuple[Job, ...]]]:
    """Each group with its own jobs."""
    first = 0
    for group in groups:
        size = len(group.requests())
        yield group, jobs[first : first + size]
        first += size


def _round(
    id: str, slot: str, groups: Sequence[Group], references: Sequence[Held], *, chosen: bool
) -> Round:
    request = groups[0].request
    return Round(
        id=id,
        slot=slot,
        provider=request.provider,
        model=request.model,
        prompt=request.prompt,
        settings=request.settings,
        count=groups[0].count,
        frame=request.frame.value,
        base=request.base,
        references=tuple(held.slot for held in references),
        made=datetime.now(UTC).isoformat(timespec="milliseconds"),
        chosen=chosen,
        plea=request.plea,
        window=request.window or NOWHERE,
        also=tuple(
            Also(other.request.provider, other.request.model, other.request.settings)
            for other in groups[1:]
        ),
    )

"""Jobs: running requests as signals, the only bridge from the network thread to the window."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from editor.edits.events import Cancelled, Event, Failed, Picture, Preview
from editor.edits.framing import Framed
from editor.edits.job import Job, State, advance
from editor.edits.request import EditRequest
from editor.engine.engine import Engine
from editor.engine.network import Network
from editor.errors import Problem
from editor.imaging.placement import Placement

log = logging.getLogger(__name__)

T = TypeVar("T")
NewId = Callable[[], str]


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """A finished picture, still as the provider's bytes, with the window it belongs to."""

    job: Job
    picture: Picture
    placement: Placement
    seconds: float


class Jobs(QObject):
    """Starts rounds, hears their events and keeps the visible state of every job.

    changed carries a Job, previewed a job id and encoded bytes, arrived an Arrival.
    """

    changed = Signal(object)
    previewed = Signal(str, object)
    arrived = Signal(object)
    _heard = Signal(str, object)

    def __init__(self, new_id: NewId, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._new_id = new_id
        self._network: Network | None = None
        self._jobs: dict[str, Job] = {}
        self._framed: dict[str, Framed] = {}
        self._started: dict[str, float] = {}
        self._heard.connect(self._hear)

    @property
    def running(self) -> int:
        """How many jobs have not ended."""
        return sum(not job.state.ended for job in self._jobs.values())

    def job(self, id: str) -> Job | None:
        return self._jobs.get(id)

    def of_round(self, round: str) -> tuple[Job, ...]:
        """The jobs of one Ctrl+Enter in the order of their tiles."""
        return tuple(job for job in self._jobs.values() if job.round == round)

    def seconds(self, id: str) -> float:
        """How long a job has been under way."""
        return time.monotonic() - self._started.get(id, time.monotonic())

    def placement(self, id: str) -> Placement | None:
        """Where the answer of a running job belongs, None before it is framed."""
        framed = self._framed.get(id)
        return framed.placement if framed else None

    def announce(self, round: str, requests: tuple[EditRequest, ...]) -> tuple[Job, ...]:
        """Show one waiting job for each request at once, before anything is made ready."""
        jobs = tuple(Job(self._new_id(), round, request) for request in requests)
        for job in jobs:
            self._jobs[job.id] = job
            self._started[job.id] = time.monotonic()
            self.changed.emit(job)
        return jobs

    def run(self, jobs: tuple[Job, ...], framed: Framed, engine: Engine) -> None:
        """Carry out announced jobs; those stopped in the meantime are left alone."""
        for job in jobs:
            if not self._jobs[job.id].state.ended:
                self._framed[job.id] = framed
                self._running_network().submit(job.id, engine, lambda: framed)

    def fail(self, jobs: tuple[Job, ...], problem: Problem) -> None:
        """End announced jobs that could not be made ready."""
        for job in jobs:
            self._hear(job.id, Failed(problem))

    def spoil(self, id: str, problem: Problem) -> None:
        """An answer came that no picture can be taken from, whatever the job came to."""
        job = self._jobs.get(id)
        if job is not None:
            self._jobs[id] = replace(job, state=State.FAILED, problem=problem)
            _log_state(self._jobs[id])
            self.changed.emit(self._jobs[id])

    def restore(self, job: Job) -> None:
        """Show a job of an earlier run as it was left."""
        self._jobs[job.id] = job
        _log_state(job)
        self.changed.emit(job)

    def remove(self, id: str) -> None:
        """Take an ended job off the table."""
        job = self._jobs.get(id)
        if job is not None and job.state.ended:
            del self._jobs[id]

    def stop(self, id: str) -> None:
        """Let go of one job; what that means for the bill depends on what was sent."""
        if id in self._framed and self._network is not None:
            self._network.stop(id)
        else:
            self._hear(id, Cancelled())

    def stop_all(self) -> None:
        for job in list(self._jobs.values()):
            if not job.state.ended:
                self.stop(job.id)

    def stop_unsent(self) -> None:
        """Let go of every job whose request has not left this computer whole."""
        for job in list(self._jobs.values()):
            if not job.state.ended and not job.sent:
                self.stop(job.id)

    async def ask(self, work: Callable[[], Coroutine[Any, Any, T]], name: str) -> T:
        """Await what costs nothing, done on the network thread."""
        return await self._running_network().ask(work, name)

    def close(self) -> None:
        """End the network thread; what was sent is in the ledger."""
        if self._network is not None:
            self._network.close()
            self._network = None

    def _running_network(self) -> Network:
        if self._network is None:
            self._network = Network(self._heard.emit)
            self._network.start()
        return self._network

    @Slot(str, object)
    def _hear(self, id: str, event: Event) -> None:
        job = self._jobs.get(id)
        if job is None:
            return
        after = advance(job, event)
        self._jobs[id] = after
        if after.state is not job.state:
            _log_state(after)
        match event:
            case Preview(_, data):
                self.previewed.emit(id, data)
            case Picture():
                placement = self._framed[id].placement
                self.arrived.emit(Arrival(after, event, placement, self.seconds(id)))
            case _:
                if after is not job:
                    self.changed.emit(after)
        if after.state.ended:
            self._framed.pop(id, None)


def _log_state(job: Job) -> None:
    log.info("a job is %s: %s", job.state.value, job.problem.template if job.problem else "")

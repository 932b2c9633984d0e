"""Jobs: running requests as signals, the only bridge from the network thread to the window."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from editor.edits.events import Cancelled, Event, Failed, Limited, Picture, Preview
from editor.edits.framing import Framed
from editor.edits.job import Job, State, advance
from editor.edits.request import EditRequest
from editor.engine.engine import Engine
from editor.engine.lane import ANYBODY, Pace
from editor.engine.network import Network
from editor.errors import Problem
from editor.imaging.placement import Placement
from editor.session.notice import Notice

log = logging.getLogger(__name__)

T = TypeVar("T")

LEFT = "You no longer wait for it. It may still be charged; a picture that comes is kept and shown."
SEVERAL_LEFT = (
    "You no longer wait for {count} edits. They may still be charged; pictures that come are kept."
)

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """A finished picture, still as the provider's bytes, with the window it belongs to."""

    job: Job
    picture: Picture
    placement: Placement
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """How announced jobs are carried out.

    framed: makes what is sent, in a thread, when it is a job's turn, so that what waits is
    small. placement: where its answers belong.
    """

    engine: Engine
    framed: Callable[[], Framed]
    placement: Placement
    pace: Pace = ANYBODY


class Jobs(QObject):
    """Starts rounds, hears their events and keeps the visible state of every job.

    changed carries a Job, previewed a job id and encoded bytes, arrived an Arrival. paused
    carries the id of a provider whose queue waits from now on, and the Problem that says why;
    resumed its id when the queue goes on. told carries a Notice of what a stop means for the
    bill.
    """

    changed = Signal(object)
    previewed = Signal(str, object)
    arrived = Signal(object)
    paused = Signal(str, object)
    resumed = Signal(str)
    told = Signal(object)
    _heard = Signal(str, object)

    def __init__(self, new_id: NewId, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._new_id = new_id
        self._network: Network | None = None
        self._jobs: dict[str, Job] = {}
        self._placed: dict[str, Placement] = {}
        self._started: dict[str, float] = {}
        self._again: dict[str, float] = {}
        self._held: set[str] = set()
        self.paused.connect(self._hold)
        self._heard.connect(self._hear)

    @property
    def running(self) -> int:
        """How many jobs the person waits for."""
        return sum(not (job.state.ended or job.left) for job in self._jobs.values())

    def job(self, id: str) -> Job | None:
        return self._jobs.get(id)

    def waiting(self, provider: str) -> int:
        """How many jobs of a provider have not begun."""
        return sum(
            job.state is State.WAITING and job.request.provider == provider
            for job in self._jobs.values()
        )

    def held(self, job: Job) -> bool:
        """Whether a job waits in a queue that is paused."""
        return job.state is State.WAITING and job.request.provider in self._held

    def of_round(self, round: str) -> tuple[Job, ...]:
        """The jobs of one Ctrl+Enter in the order of their tiles."""
        return tuple(job for job in self._jobs.values() if job.round == round)

    def seconds(self, id: str) -> float:
        """How long a job has been under way; of one that is limited, how long it still waits."""
        now = time.monotonic()
        if id in self._again:
            return max(self._again[id] - now, 0.0)
        return now - self._started.get(id, now)

    def placement(self, id: str) -> Placement | None:
        """Where the answer of a running job belongs, None before it is known."""
        return self._placed.get(id)

    def announce(self, round: str, requests: tuple[EditRequest, ...]) -> tuple[Job, ...]:
        """Show one waiting job for each request at once, before anything is made ready."""
        self._held -= {id for id in self._held if not self.waiting(id)}  # which pauses nothing
        jobs = tuple(Job(self._new_id(), round, request) for request in requests)
        for job in jobs:
            self._jobs[job.id] = job
            self._started[job.id] = time.monotonic()
            self.changed.emit(job)
        return jobs

    def run(self, jobs: tuple[Job, ...], work: Work) -> None:
        """Carry out announced jobs; those stopped in the meantime are left alone."""
        for job in jobs:
            if not self._jobs[job.id].state.ended:
                self._placed[job.id] = work.placement
                pictures = 1 + len(job.request.references)
                self._running_network().submit(
                    job.id, work.engine, work.framed, work.pace, pictures
                )

    def collect(
        self, job: Job, events: Callable[[], AsyncGenerator[Event, None]], placement: Placement
    ) -> None:
        """Go on with a job of an earlier run that a provider works on."""
        self._jobs[job.id] = replace(job, state=State.RUNNING, problem=None)
        self._started.setdefault(job.id, time.monotonic())
        self._placed[job.id] = placement
        self.changed.emit(self._jobs[job.id])
        self._running_network().collect(job.id, events)

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
        """Let go of one job: what may be charged is only not waited for any more."""
        self._stop(*filter(None, [self._jobs.get(id)]))

    def stop_all(self) -> None:
        """Let go of every job, as `stop` does of one."""
        self._stop(*self._jobs.values())

    def stop_waiting(self, id: str) -> None:
        """Wait no more for a job; its answer is heard, kept and shown when it comes."""
        self._leave(*filter(None, [self._jobs.get(id)]))

    def abort(self, id: str) -> None:
        """Close the connection of a job; what was sent may be charged and is not heard any more."""
        if id in self._placed and self._network is not None:
            self._network.stop(id)
        else:
            self._hear(id, Cancelled())

    def stop_unsent(self) -> None:
        """Let go of every job whose request has not left this computer whole."""
        for job in list(self._jobs.values()):
            if not job.state.ended and not job.sent:
                self.abort(job.id)

    def stop_queued(self) -> None:
        """Take every job away that waits for its turn or for a provider's leave."""
        for job in list(self._jobs.values()):
            if job.state is State.WAITING:
                self.abort(job.id)

    def to_front(self, id: str) -> None:
        """Let a waiting job be the next of its provider."""
        if self._network is not None:
            self._network.to_front(id)

    def to_back(self, id: str) -> None:
        """Let a waiting job be the last of its provider."""
        if self._network is not None:
            self._network.to_back(id)

    def resume(self, provider: str) -> None:
        """Go on with the queue of a provider that was paused."""
        if self._network is not None:
            self._network.resume(provider)
            self._held.discard(provider)
            self.resumed.emit(provider)

    async def ask(self, work: Callable[[], Coroutine[Any, Any, T]], name: str) -> T:
        """Await what costs nothing, done on the network thread."""
        return await self._running_network().ask(work, name)

    def close(self) -> None:
        """End the network thread; what was sent is in the ledger."""
        if self._network is not None:
            self._network.close()
            self._network = None

    def _stop(self, *jobs: Job) -> None:
        for job in jobs:
            if not (job.sent or job.state.ended):
                self.abort(job.id)
        self._leave(*(job for job in jobs if job.sent))

    def _leave(self, *jobs: Job) -> None:
        """Wait no more for these, and say once what that means for the bill."""
        left = [job for job in jobs if not (job.state.ended or job.left)]
        for job in left:
            self._jobs[job.id] = replace(job, left=True)
            self.changed.emit(self._jobs[job.id])
        if left:
            several = Notice("info", SEVERAL_LEFT, {"count": len(left)})
            self.told.emit(several if len(left) > 1 else Notice("info", LEFT))

    def _running_network(self) -> Network:
        if self._network is None:
            self._network = Network(self._heard.emit, self.paused.emit)
            self._network.start()
        return self._network

    @Slot(str, object)
    def _hold(self, provider: str, problem: Problem) -> None:
        self._held.add(provider)

    @Slot(str, object)
    def _hear(self, id: str, event: Event) -> None:
        job = self._jobs.get(id)
        if job is None:
            return
        after = advance(job, event)
        self._jobs[id] = after
        if after.state is not job.state:
            _log_state(after)
            if after.state is State.RUNNING:  # time in a queue is not the model's
                self._started[id] = time.monotonic()
        self._again.pop(id, None)
        match event:
            case Limited(seconds):
                self._again[id] = time.monotonic() + seconds
                self.changed.emit(after)
            case Preview(_, data):
                self.previewed.emit(id, data)
            case Picture():
                self.arrived.emit(Arrival(after, event, self._placed[id], self.seconds(id)))
            case _:
                if after is not job:
                    self.changed.emit(after)
        if after.state.ended and after.state is not State.UNKNOWN:  # that may be collected later
            self._placed.pop(id, None)


def _log_state(job: Job) -> None:
    log.info("a job is %s: %s", job.state.value, job.problem.template if job.problem else "")

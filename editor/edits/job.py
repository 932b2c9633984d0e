"""Job: the visible state of one running request, and how each event advances it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from editor.edits.events import (
    Accepted,
    Cancelled,
    End,
    Event,
    Failed,
    Finished,
    Limited,
    Picture,
    Preview,
    Progress,
    Sent,
    Started,
    Unknown,
)
from editor.edits.request import EditRequest
from editor.errors import Problem


class State(Enum):
    """Where a job is; UNKNOWN means asked, never heard, perhaps charged."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"

    @property
    def ended(self) -> bool:
        return self is not State.WAITING and self is not State.RUNNING


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One request under way.

    id: unique among all rounds of a project. round: the Ctrl+Enter it belongs to.
    progress: 0.0 to 1.0, of the upload or of offline work. total: bytes of the upload. sent:
    the last byte is out. wait: seconds until the provider is asked again, 0 when not limited.
    left: the person no longer waits for it; what comes of it is kept all the same.
    """

    id: str
    round: str
    request: EditRequest
    state: State = State.WAITING
    progress: float = 0.0
    total: int = 0
    sent: bool = False
    task: str = ""
    wait: float = 0.0
    left: bool = False
    problem: Problem | None = None


def advance(job: Job, event: Event) -> Job:
    """The job after this event. An ended job no longer moves."""
    if job.state.ended:
        return job
    match event:
        case Started():
            return replace(job, state=State.RUNNING, wait=0.0)
        case Progress(fraction, total):
            return replace(job, progress=fraction, total=total)
        case Sent():
            return replace(job, sent=True, progress=1.0)
        case Accepted(task):
            return replace(job, task=task)
        case Limited(seconds):
            return replace(job, state=State.WAITING, wait=seconds, sent=False, progress=0.0)
        case Preview() | Picture():
            return job
        case Finished() | Cancelled() | Failed() | Unknown():
            return _ended(job, event)
        case _:
            assert_never(event)


def _ended(job: Job, end: End) -> Job:
    match end:
        case Finished():
            return replace(job, state=State.DONE, progress=1.0)
        case Cancelled():
            return replace(job, state=State.CANCELLED)
        case Failed(problem):
            return replace(job, state=State.FAILED, problem=problem)
        case Unknown(problem):
            return replace(job, state=State.UNKNOWN, problem=problem)
        case _:
            assert_never(end)

"""Traffic: what can be done about a request that is waiting, under way or lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from editor.edits.job import Job, State
from editor.session.jobs import Jobs

HERE = {"offline"}
"""Providers that nothing is sent to."""


class Traffic(QObject):
    """Acts on jobs by their ids; commands: by id.

    front, back: of the queue. drop: takes away what has not left. leave: waits no more, and
    keeps what comes. abort: closes the connection.
    """

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.commands: dict[str, Callable[[str], None]] = {
            "front": jobs.to_front,
            "back": jobs.to_back,
            "drop": jobs.abort,
            "leave": jobs.stop_waiting,
            "abort-unsent": jobs.abort,
            "abort": jobs.abort,
        }

    def can(self, id: str) -> frozenset[str]:
        """What can be done with a job now."""
        job = self._jobs.job(id)
        return possible(job) if job is not None else frozenset()


def possible(job: Job) -> frozenset[str]:
    """What can be done with a job in this state."""
    if job.state.ended:
        return frozenset()
    if job.state is State.WAITING:
        queued = not job.wait and job.request.provider not in HERE
        return frozenset({"front", "back", "drop"} if queued else {"drop"})
    if job.request.provider in HERE:
        return frozenset({"drop"})
    if not job.sent:
        return frozenset({"abort-unsent"})
    return frozenset({"abort"} if job.left else {"leave", "abort"})

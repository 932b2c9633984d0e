"""Endings: what became of a round once nothing of it is awaited any more."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from editor.edits.job import Job, State
from editor.session.jobs import Jobs


@dataclass(frozen=True, slots=True)
class Ending:
    """How many requests of a round brought a picture, none, or perhaps one that nobody saw."""

    done: int
    failed: int
    unknown: int


class Endings(QObject):
    """ended carries an Ending, once for each round that was under way in this run."""

    ended = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._open: set[str] = set()
        jobs.changed.connect(self._hear)

    def _hear(self, job: Job) -> None:
        if not job.state.ended:
            self._open.add(job.round)
            return
        states = [each.state for each in self._jobs.of_round(job.round)]
        if job.round in self._open and all(state.ended for state in states):
            self._open.discard(job.round)
            counts = (State.DONE, State.FAILED, State.UNKNOWN)
            ending = Ending(*(states.count(state) for state in counts))
            if ending != Ending(0, 0, 0):
                self.ended.emit(ending)

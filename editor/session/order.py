"""Order: the answers of a project in the order they had as tiles."""

from __future__ import annotations

from collections.abc import Sequence

from editor.project.project import Project
from editor.session.entries import Entry


def as_before(entries: Sequence[Entry], project: Project) -> tuple[Entry, ...]:
    """The newest round first, and in a round as its jobs were begun, whenever each answered.

    What was made elsewhere belongs before the newest round that had answered by then.
    """
    asked = {round.id: float(number) for number, round in enumerate(project.rounds)}
    jobs = {job.id: number for number, job in enumerate(project.jobs)}
    came = {variant.id: number for number, variant in enumerate(project.variants)}
    rounds, newest = dict(asked), -1.0
    for variant in project.variants:
        newest = max(newest, asked.get(variant.round, newest))
        rounds.setdefault(variant.round, newest + 0.5)

    def place(entry: Entry) -> tuple[float, int]:
        within = jobs.get(entry.job, -came.get(entry.id, 0))
        return -rounds.get(entry.round, -1.0), within

    return tuple(sorted(entries, key=place))

"""What can be done about a request depends on how far it got."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from editor.edits.job import Job, State
from editor.session.jobs import Jobs
from editor.session.traffic import Traffic, possible
from tests.unit.session.test_jobs import WISH

JOB = Job("a", "r", WISH)
RUNS = replace(JOB, state=State.RUNNING)
OFFLINE = replace(JOB, request=replace(WISH, provider="offline"))


@pytest.mark.parametrize(
    ("job", "can"),
    [
        (JOB, {"front", "back", "drop"}),
        (replace(JOB, wait=12.0), {"drop"}),
        (RUNS, {"abort-unsent"}),
        (replace(RUNS, sent=True), {"leave", "abort"}),
        (replace(RUNS, sent=True, task="t1"), {"leave", "abort"}),
        (replace(RUNS, sent=True, left=True), {"abort"}),
        (OFFLINE, {"drop"}),
        (replace(OFFLINE, state=State.RUNNING), {"drop"}),
        (replace(RUNS, state=State.DONE), set()),
        (replace(RUNS, state=State.UNKNOWN, sent=True), set()),
    ],
)
def test_what_is_possible(job: Job, can: set[str]) -> None:
    assert possible(job) == can


def test_what_is_not_there_can_do_nothing(qapp: QApplication) -> None:
    jobs = Jobs(lambda: "a")
    traffic = Traffic(jobs)
    assert traffic.can("a") == frozenset()
    jobs.announce("r", (WISH,))
    assert traffic.can("a") == {"front", "back", "drop"}
    traffic.commands["drop"]("a")
    assert jobs.job("a").state is State.CANCELLED
    for object in (traffic, jobs):
        object.deleteLater()

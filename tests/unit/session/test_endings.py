"""A round ends once, with what became of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from editor.edits.events import Cancelled, Failed, Finished, Unknown
from editor.edits.job import State
from editor.errors import OutcomeUnknown, Problem
from editor.session.endings import Ending, Endings
from editor.session.jobs import Jobs
from tests.unit.session.test_jobs import WISH


@pytest.mark.usefixtures("qapp")
def test_a_round_is_told_of_when_nothing_of_it_is_awaited(qapp: QApplication) -> None:
    ids = iter("abcdefg")
    jobs = Jobs(lambda: next(ids))
    endings, told = Endings(jobs), []
    endings.ended.connect(told.append)
    jobs.announce("one", (WISH,) * 4)
    for id, event in (
        ("a", Finished()),
        ("b", Failed(Problem("x"))),
        ("c", Unknown(OutcomeUnknown("y"))),
    ):
        jobs._hear(id, event)
        assert told == []
    jobs._hear("d", Finished())
    assert told == [Ending(2, 1, 1)]
    (job,) = jobs.announce("two", (WISH,))
    jobs._hear(job.id, Cancelled())
    jobs.restore(replace(job, id="old", round="old", state=State.FAILED))
    assert told == [Ending(2, 1, 1)]
    for object in (endings, jobs):
        object.deleteLater()

"""What a run tells itself is written down, so that the next one does not tell it again."""

from __future__ import annotations

import pytest

from editor.cli.settling import keep_unusable, settle, told_of
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, State
from tests.unit.cli.conftest import left


def test_what_a_run_tells_itself_is_not_told_by_the_next(ledger: Ledger) -> None:
    for job in "abc":
        left(ledger, job)
    with told_of(ledger, ["a"]):
        pass
    with pytest.raises(KeyboardInterrupt), told_of(ledger, ["b"]):
        raise KeyboardInterrupt
    with pytest.raises(BrokenPipeError), told_of(ledger, ["c"]):
        raise BrokenPipeError
    assert [note.asked.job for note in ledger.untold()] == ["c"]


def waiting(ledger: Ledger, job: str) -> None:
    """An edit that was answered."""
    entry = ledger.open(Asked(job, "openai", "m", "api.example", "digest", None, "/out/a.png"))
    entry.sending(1)
    entry.sent()
    entry.spool.write(b"answer")
    entry.received()
    entry.close()


def test_an_answer_that_nobody_took_is_handed_over_by_the_next(ledger: Ledger) -> None:
    for job in "ab":
        waiting(ledger, job)
    ledger.entry(ledger.of_job("b")[0]).accepted("t7")
    with pytest.raises(KeyboardInterrupt), told_of(ledger, ["a", "b"]):
        raise KeyboardInterrupt
    (note,) = ledger.untold()
    assert (note.asked.job, note.state) == ("a", State.RECEIVED)
    settle(ledger, "a")
    assert ledger.untold() == ()
    assert ledger.raw(note) == b""


def test_an_answer_without_a_picture_stays_and_is_told_of_no_more(ledger: Ledger) -> None:
    waiting(ledger, "a")
    keep_unusable(ledger, "a")
    assert ledger.untold() == ()
    assert ledger.raw(ledger.notes()[0]) == b"answer"

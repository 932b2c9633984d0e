"""What the ledger knows of one job, and whether anybody else may know more."""

from __future__ import annotations

from editor.engine.ledger import Ledger
from editor.engine.note import Asked


def asked(job: str) -> Asked:
    return Asked(job, "openai", "gpt-image-2", "api.example", "0" * 64)


def test_the_lines_of_a_job_are_found(ledger: Ledger) -> None:
    entry = ledger.open(asked("one"))
    for other in ("two", "one-2", "o"):
        ledger.open(asked(other))
    assert [note.id for note in ledger.of_job("one")] == [entry.note.id]
    assert ledger.of_job("three") == ()


def test_an_instance_knows_whether_it_is_alone(ledger: Ledger) -> None:
    assert ledger.alone()
    other = Ledger()
    assert not ledger.alone()
    other.close()
    ledger.adopt()
    assert ledger.alone()

"""Settling: what the ledger is told once the person knows what came of a request."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress

from editor.engine.ledger import Ledger
from editor.errors import CannotWrite


def settle(ledger: Ledger, job: str) -> None:
    """The picture is on the disk: the ledger need not keep its raw answer."""
    for note in ledger.of_job(job):
        entry = ledger.entry(note)
        entry.stored()
        entry.shown()
    ledger.applied(job)


def keep_unusable(ledger: Ledger, job: str) -> None:
    """No picture can be made of the answer: the ledger keeps it, and nobody is told again."""
    for note in ledger.of_job(job):
        ledger.entry(note).unusable()


@contextmanager
def told_of(ledger: Ledger, jobs: Sequence[str]) -> Generator[None, None, None]:
    """Around what tells of these jobs: when they end, and of all when it is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        were_told(ledger, jobs)
        raise
    were_told(ledger, jobs)


def were_told(ledger: Ledger, jobs: Sequence[str]) -> None:
    """Write down that these were told of; where the disk refuses, they are told of once more."""
    with suppress(CannotWrite):
        for job in jobs:
            ledger.told(job)

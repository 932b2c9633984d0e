"""Earlier: requests of runs that ended before they could tell what came of them, told once."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime

from editor.cli.output import Output
from editor.engine.ledger import Ledger
from editor.engine.note import Note
from editor.errors import CannotWrite

EARLIER = (
    "An edit sent to {host} on {when} ({what}) never brought its picture; "
    "it may have been charged and is not sent again."
)


def tell_earlier(ledger: Ledger, output: Output) -> None:
    """Tell of each request of unknown outcome that nobody was told of, and not again."""
    for note in ledger.untold():
        output.note(EARLIER.format(host=note.asked.host, when=_when(note.made), what=_what(note)))
        were_told(ledger, [note.asked.job])


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


def _when(made: str) -> str:
    """To the minute, on this computer's clock."""
    return f"{datetime.fromisoformat(made).astimezone():%Y-%m-%d at %H:%M}"


def _what(note: Note) -> str:
    price = "" if note.asked.price is None else f", about ${note.asked.price:.3f}"
    return f"{note.asked.model}{price}"

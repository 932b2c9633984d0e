"""Who is asked for what an earlier edit left at a provider, and what may be asked for again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.capability.catalog import load
from editor.cli.collecting import Left, collect, comes_later
from editor.engine.exchange import STILL_RUNNING
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, Note, State
from editor.errors import (
    AnswerUnusable,
    CannotWrite,
    OutcomeUnknown,
    Problem,
    ProviderRefused,
    StillRunning,
)
from editor.providers.body import LINK_DEAD
from editor.providers.refusal import KEY
from editor.providers.task import LOST
from editor.transport.addresses import DEAD_LINK
from editor.transport.sentences import NOT_FETCHED
from tests.fakes.full_disk import FULL

HOST = "api.acedata.cloud"


@pytest.fixture
def note(ledger: Ledger) -> Note:
    """What that provider accepted."""
    asked = Asked("a", "acedata", "gpt-image-2", HOST, "digest", asset="a.png")
    entry = ledger.open(asked)
    entry.sending(1)
    entry.sent()
    entry.accepted("t-1")
    return entry.note


@pytest.mark.parametrize(
    "changes",
    [
        {"host": "elsewhere.example"},
        {"provider": "gone"},
        {"model": "gone"},
        {},
    ],
    ids=["moved", "no profile", "no model", "no key"],
)
@pytest.mark.parametrize("task", ["t-1", ""])
def test_nobody_is_asked_but_whom_the_edit_was_sent_to(
    changes: dict[str, str], task: str, ledger: Ledger, note: Note
) -> None:
    other = replace(note, asked=replace(note.asked, **changes))
    assert collect(load(), ledger, other, Left(task=task)) == ((), None)
    assert [note.state for note in ledger.notes()] == [State.ACCEPTED]


def test_an_address_that_is_none_is_not_asked(ledger: Ledger, note: Note) -> None:
    catalog = load()
    lost = catalog.having(replace(catalog.provider("acedata"), base_url="nowhere"))
    assert collect(lost, ledger, note, Left(task="t-1")) == ((), None)


@pytest.mark.parametrize(
    ("problem", "later"),
    [
        (None, True),
        (StillRunning(STILL_RUNNING, host="h"), True),
        (AnswerUnusable(NOT_FETCHED, host="h"), True),
        (AnswerUnusable(LINK_DEAD, status=503), True),
        (AnswerUnusable(DEAD_LINK), True),
        (CannotWrite(FULL), True),
        (AnswerUnusable(LINK_DEAD, status=403), False),
        (OutcomeUnknown(LOST, host="h", task="t-1", status=400), False),
        (ProviderRefused(KEY, host="h"), False),
    ],
)
def test_what_may_be_there_yet_is_asked_for_again(problem: Problem | None, later: bool) -> None:
    assert comes_later(problem) is later

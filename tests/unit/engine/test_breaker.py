"""When the queue of a provider waits: at a refusal for all, and after three failures in a row."""

from __future__ import annotations

import pytest

from editor.edits.events import Cancelled, End, Failed, Finished, Unknown
from editor.engine.breaker import FAILING, IN_A_ROW, Breaker
from editor.errors import (
    AnswerUnusable,
    CannotWrite,
    NotSent,
    OutcomeUnknown,
    Problem,
    ProviderRefused,
    StillRunning,
)
from editor.providers import refusal
from editor.transport import sentences

BUSY = Unknown(OutcomeUnknown(refusal.BUSY, host="h", status=500))
GONE = Failed(NotSent(sentences.UNREACHABLE, host="h"))
UNREADABLE = Failed(AnswerUnusable("no picture", host="h"))
MODERATED = Failed(ProviderRefused(refusal.MODERATION, host="h", status=400))


def heard(*ends: End, own: frozenset[str] = frozenset()) -> list[Problem | None]:
    breaker = Breaker(own)
    return [breaker.heard(end) for end in ends]


@pytest.mark.parametrize("sentence", sorted(refusal.SHUT | {refusal.RATE_LATER, refusal.RATE_LONG}))
def test_what_holds_for_all_is_told_at_once(sentence: str) -> None:
    problem = ProviderRefused(sentence, host="h", status=401)
    assert heard(Failed(problem)) == [problem]


@pytest.mark.parametrize("end", [BUSY, GONE, UNREADABLE])
def test_the_third_failure_in_a_row_is_told(end: End) -> None:
    found = heard(*[end] * (2 * IN_A_ROW))
    assert [problem is None for problem in found] == [True, True, False] * 2
    third = found[2]
    assert third is not None
    assert (third.template, third.values["host"]) == (FAILING, "h")
    assert len(FAILING.format(host="h" * 40)) <= 160


@pytest.mark.parametrize("end", [Finished(), MODERATED])
def test_a_provider_that_works_begins_anew(end: End) -> None:
    assert heard(BUSY, BUSY, end, BUSY, BUSY) == [None] * 5


@pytest.mark.parametrize(
    "end",
    [
        Cancelled(),
        Unknown(StillRunning("later", host="h")),
        Failed(CannotWrite("full")),
        Unknown(OutcomeUnknown("ours")),
    ],
)
def test_what_is_not_its_fault_changes_nothing(end: End) -> None:
    assert heard(*[end] * 9, own=frozenset({"ours"})) == [None] * 9
    assert heard(BUSY, end, BUSY, end, BUSY, own=frozenset({"ours"}))[-1] is not None


def test_a_failure_without_a_host_is_told_too() -> None:
    (*_, third) = heard(*[Unknown(OutcomeUnknown("no end"))] * 3)
    assert third is not None
    assert str(third).startswith("The provider fails")

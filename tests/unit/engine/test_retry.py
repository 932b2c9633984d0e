"""Which calls go out again by themselves, how often, and after how long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.engine import retry
from editor.engine.retry import Class, class_of, expired, wait_before, wait_to_poll
from editor.errors import AnswerUnusable, NotSent, OutcomeUnknown, Problem, ProviderRefused
from editor.providers import body, refusal
from editor.transport import sentences

LIMITED = ProviderRefused(refusal.RATE_UNTIL, host="h", seconds=12, status=429)
CASES = [
    (NotSent(sentences.UNREACHABLE, host="h"), Class.NOT_SENT),
    (NotSent(sentences.UNPROVEN, host="h"), Class.NOT_SENT),
    (NotSent(sentences.PROXY, host="h"), Class.NOT_SENT),
    (NotSent(sentences.UPLOAD_STOPPED, host="h", percent=3), Class.PARTLY_SENT),
    (LIMITED, Class.LIMITED),
    (ProviderRefused(refusal.RATE, host="h", status=429), Class.LIMITED),
    (AnswerUnusable(sentences.NOT_FETCHED, host="h"), Class.COLLECT),
    (AnswerUnusable(body.LINK_DEAD, status=503), Class.COLLECT),
    (AnswerUnusable(body.LINK_DEAD, status=410), Class.UNUSABLE),
    (AnswerUnusable(body.NO_PICTURE, host="h"), Class.UNUSABLE),
    (ProviderRefused(refusal.RATE, host="h", status=200), Class.REFUSED),
    (ProviderRefused(refusal.RATE_LATER, host="h", minutes=9, status=429), Class.REFUSED),
    (ProviderRefused(refusal.QUOTA, host="h", status=429), Class.REFUSED),
    (ProviderRefused(refusal.KEY, host="h", status=401), Class.REFUSED),
    (NotSent(sentences.NO_PLACE), Class.REFUSED),
    (OutcomeUnknown(sentences.SILENT, host="h"), Class.UNKNOWN),
    (OutcomeUnknown(sentences.CUT, host="h"), Class.UNKNOWN),
    (OutcomeUnknown(refusal.BUSY, host="h", status=500), Class.UNKNOWN),
    (OutcomeUnknown(refusal.BUSY, host="h", status=409), Class.UNKNOWN),
]


@pytest.mark.parametrize(("problem", "kind"), CASES)
def test_every_failure_has_its_class(problem: Problem, kind: Class) -> None:
    assert class_of(problem) is kind


@pytest.mark.parametrize("problem", [problem for problem, _ in CASES])
def test_what_may_be_charged_never_goes_out_again_by_itself(problem: Problem) -> None:
    tries = sum(wait_before(problem, tried, lambda: 0.5) is not None for tried in range(20))
    assert tries == retry.TRIES.get(class_of(problem), 0)
    if isinstance(problem, OutcomeUnknown) and class_of(problem) is not Class.COLLECT:
        assert tries == 0


def test_the_waits_double_up_to_their_longest() -> None:
    problem = AnswerUnusable(sentences.NOT_FETCHED, host="h")
    assert [wait_before(problem, tried, lambda: 0.5) for tried in range(6)] == [
        0.5,
        1.0,
        2.0,
        4.0,
        8.0,
        None,
    ]


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 2))
def test_a_wait_differs_by_a_quarter_at_most(chance: float, tried: int) -> None:
    found = wait_before(NotSent(sentences.UNREACHABLE, host="h"), tried, lambda: chance)
    assert found is not None
    assert 0.75 <= found / (0.5 * 2**tried) <= 1.25


def test_a_stopped_upload_goes_out_again_at_once_and_once() -> None:
    problem = NotSent(sentences.UPLOAD_STOPPED, host="h", percent=3)
    assert [wait_before(problem, tried, lambda: 0.5) for tried in (0, 1)] == [0.0, None]


def test_a_provider_is_given_the_time_it_asks_for() -> None:
    assert wait_before(LIMITED, 0, lambda: 0.0) == 12.0
    assert wait_before(ProviderRefused(refusal.RATE, host="h", status=429), 1, lambda: 0.5) == 1.0


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_task_is_asked_after_every_2_to_15_seconds(asked: int, chance: float) -> None:
    assert 0.8 * 2 <= wait_to_poll(asked, lambda: chance) <= 1.2 * 15
    assert wait_to_poll(asked, lambda: chance) <= wait_to_poll(asked + 1, lambda: chance)
    assert wait_to_poll(0, lambda: 0.5) == 2.0
    assert wait_to_poll(99, lambda: 0.5) == 15.0


def test_only_a_link_that_was_good_once_is_expired() -> None:
    assert expired(AnswerUnusable(body.LINK_DEAD, status=403))
    assert not expired(AnswerUnusable(body.LINK_DEAD, status=500))
    assert not expired(AnswerUnusable(body.NO_PICTURE, status=403))

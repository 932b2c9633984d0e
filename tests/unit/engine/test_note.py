"""The states of a paid request, as the design lays them down."""

from __future__ import annotations

import pytest

from editor.engine.note import AFTER_RESTART, MAY_FOLLOW, Restart, State

BEFORE_SENT = {State.INTENT, State.LIMITED, State.SENDING}
MAY_BE_CHARGED = {
    State.SENT,
    State.ACCEPTED,
    State.RECEIVED,
    State.STORED,
    State.SHOWN,
    State.UNKNOWN,
    State.UNUSABLE,
}


def test_every_state_has_its_line() -> None:
    assert set(AFTER_RESTART) == set(MAY_FOLLOW) == set(State)


@pytest.mark.parametrize(
    ("state", "after", "then"),
    [
        ("intent", "intent", Restart.OFFER),
        ("limited", "limited", Restart.OFFER),
        ("sending", "not-sent", Restart.OFFER),
        ("sent", "unknown", Restart.ASK),
        ("accepted", "accepted", Restart.POLL),
        ("received", "received", Restart.FINISH),
        ("stored", "stored", Restart.FINISH),
        ("shown", "shown", Restart.THERE),
        ("refused", "refused", Restart.THERE),
        ("not-sent", "not-sent", Restart.THERE),
        ("unknown", "unknown", Restart.ASK),
        ("paid-unusable", "paid-unusable", Restart.THERE),
        ("abandoned", "abandoned", Restart.THERE),
    ],
)
def test_the_table_of_the_design(state: str, after: str, then: Restart) -> None:
    assert AFTER_RESTART[State(state)] == (State(after), then)


def reachable(start: State) -> set[State]:
    found, waiting = {start}, [start]
    while waiting:
        before = waiting.pop()
        for after, froms in MAY_FOLLOW.items():
            if before in froms and after not in found:
                found.add(after)
                waiting.append(after)
    return found


def test_every_state_can_be_reached() -> None:
    assert reachable(State.INTENT) == set(State)


@pytest.mark.parametrize("state", MAY_BE_CHARGED)
def test_what_was_sent_is_never_offered_again_but_by_the_provider_s_own_word(state: State) -> None:
    later = {after for after, froms in MAY_FOLLOW.items() if state in froms}
    assert not later & {State.NOT_SENT, State.ABANDONED, State.SENDING, State.INTENT}
    assert AFTER_RESTART[state][1] is not Restart.OFFER


@pytest.mark.parametrize("state", [State.SHOWN, State.REFUSED, State.NOT_SENT, State.ABANDONED])
def test_ends_are_ends(state: State) -> None:
    assert reachable(state) == {state}

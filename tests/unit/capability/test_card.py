"""What is learnt of a provider is counted, dated, told and kept."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.capability.card import (
    LABELS,
    MEMORY,
    Card,
    Tally,
    answered,
    learnt,
    restored,
    stored,
    unverified,
    words,
)

DAY, LATER = date(2026, 11, 27), date(2026, 11, 28)

cards = st.builds(
    Card,
    seen=st.none() | st.dates(),
    tallies=st.dictionaries(
        st.sampled_from(sorted(LABELS)), st.builds(Tally, st.integers(0, 30), st.integers(0, 30))
    ),
    unverified=st.lists(st.text(min_size=1), unique=True).map(tuple),
)


def test_answers_are_counted_and_dated() -> None:
    card = learnt(Card(), {"size": True, "mask": False}, DAY)
    for honoured in (False, False, True):
        card = learnt(card, {"mask": honoured}, LATER)
    assert card.seen == LATER
    assert card.tallies == {"size": Tally(1, 0), "mask": Tally(1, 3)}
    assert [str(each) for each in words(card)] == ["size honoured", "mask ignored in 3 of 4"]


def test_an_answer_that_shows_nothing_changes_nothing() -> None:
    card = learnt(Card(), {"size": True}, DAY)
    assert learnt(card, {}, LATER) is card


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (Tally(2, 0), "usage told"),
        (Tally(0, 2), "usage not told"),
        (Tally(1, 2), "usage not told in 2 of 3"),
    ],
)
def test_usage_is_told_or_not(tally: Tally, said: str) -> None:
    assert [str(each) for each in words(Card(DAY, {"usage": tally}))] == [said]


def test_what_was_always_ignored_is_told() -> None:
    (said,) = words(Card(DAY, {"count": Tally(0, 2)}))
    assert str(said) == "number of pictures ignored"
    assert said.values["label"] == "number of pictures"


def test_older_answers_weigh_less() -> None:
    card = Card(DAY, {"mask": Tally(0, MEMORY)})
    card = learnt(card, {"mask": True}, LATER)
    assert card.tallies["mask"] == Tally(1, MEMORY // 2)
    for _ in range(MEMORY * 6):
        card = learnt(card, {"mask": True}, LATER)
    assert card.tallies["mask"].ignored == 0


def test_a_model_is_unverified_until_it_answers() -> None:
    card = unverified(unverified(Card(), "a", DAY), "b", LATER)
    assert unverified(card, "a", LATER).unverified == ("b", "a")
    assert card.unverified == ("a", "b")
    assert card.seen == LATER
    assert answered(card, "a").unverified == ("b",)


@given(cards)
def test_a_card_survives_its_file(card: Card) -> None:
    assert restored(json.loads(json.dumps(stored(card)))) == card


@given(cards, st.dictionaries(st.sampled_from(sorted(LABELS)), st.booleans()))
def test_every_aspect_that_was_seen_is_told(card: Card, found: dict[str, bool]) -> None:
    after = learnt(card, found, LATER)
    assert len(words(after)) == len(set(card.tallies) | set(found))
    assert after.seen == (LATER if found else card.seen)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"seen": "", "tallies": [], "unverified": []},
        {"seen": "", "tallies": {}, "unverified": ""},
        {"seen": "yesterday", "tallies": {}, "unverified": []},
        {"seen": "", "tallies": {"mask": [1, 2, 3]}, "unverified": []},
        {"seen": "", "tallies": {"mask": ["x", 2]}, "unverified": []},
    ],
)
def test_what_is_no_card_is_refused(told: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        restored(told)

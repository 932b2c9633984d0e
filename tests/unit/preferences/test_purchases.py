"""What was bought is known after the next start, by month and by how long it takes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import CannotWrite
from editor.preferences.places import data_folder
from editor.preferences.purchases import (
    LAST,
    Purchase,
    Purchases,
    crosses,
    of_month,
    spent,
    typical,
)

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
ONE = Purchase(NOON.isoformat(), "a", "openai", "m", "1024x1024", "low", 20.0, 0.05, exact=True)


def file():
    return data_folder() / "purchases.jsonl"


def test_purchases_are_there_again_and_the_last_word_of_a_job_counts():
    kept = Purchases()
    unsure = replace(ONE, job="b", sure=False, seconds=0.0)
    for one in (ONE, unsure, replace(unsure, sure=True, seconds=70.0, price=None)):
        kept.add(one)
    kept.close()
    again = Purchases()
    assert again.every == kept.every == (ONE, replace(ONE, job="b", seconds=70.0, price=None))
    again.close()


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "3",
        "[]",
        '{"made": "2026-11-15T12:00:00+00:00"}',
        json.dumps({"made": "never", "job": "x", "provider": "p", "model": "m"}),
        json.dumps({"made": NOON.isoformat(), "job": 3, "provider": "p", "model": "m"}),
        json.dumps(
            {"made": NOON.isoformat(), "job": "x", "provider": "p", "model": "m", "price": "1"}
        ),
        json.dumps(
            {"made": NOON.isoformat(), "job": "x", "provider": "p", "model": "m", "seconds": -1}
        ),
        "[" * 100_000,
    ],
)
def test_a_damaged_line_costs_no_other(damage):
    kept = Purchases()
    kept.add(ONE)
    kept.close()
    with file().open("a") as lines:
        lines.write(damage + "\n")
    again = Purchases()
    again.add(replace(ONE, job="c"))
    again.close()
    third = Purchases()
    assert [one.job for one in third.every] == ["a", "c"]
    third.close()


def test_what_another_program_buys_is_news(monkeypatch):
    ours, theirs = Purchases(), Purchases()
    theirs.add(ONE)
    ours.add(replace(ONE, job="b"))
    assert ours.news() == (ONE, replace(ONE, job="b"))
    assert ours.news() == ()
    theirs.add(replace(ONE, price=0.07))
    assert [one.price for one in ours.news()] == [0.07]
    assert {one.job: one.price for one in ours.every} == {"b": 0.05, "a": 0.07}

    def broken():
        raise CannotWrite("The disk is broken.")

    monkeypatch.setattr(ours._lines, "news", broken)
    assert ours.news() == ()
    ours.close()
    theirs.close()


@pytest.mark.parametrize(
    ("cap", "month", "price", "asked"),
    [
        (0.0, 9.0, 9.0, False),
        (10.0, 9.0, 1.0, False),
        (10.0, 9.0, 1.01, True),
        (10.0, 11.0, 0.0, False),
        (10.0, 9.0, None, False),
        (10.0, 11.0, None, True),
    ],
)
def test_a_cap_is_crossed_by_what_costs_something(cap, month, price, asked):
    assert crosses(cap, month, price) is asked


def test_a_line_of_a_later_version_is_read_as_far_as_it_is_known():
    file().write_text(
        json.dumps({"made": ONE.made, "job": "x", "provider": "p", "model": "m", "new": 1}) + "\n"
    )
    kept = Purchases()
    assert kept.every == (Purchase(ONE.made, "x", "p", "m"),)
    kept.close()


def test_a_month_is_that_of_the_calendar_and_an_unknown_price_counts_nothing():
    december = replace(ONE, job="b", made=datetime(2026, 12, 15, tzinfo=UTC).isoformat(), price=1.0)
    unknown = replace(ONE, job="c", price=None)
    unsure = replace(ONE, job="d", sure=False, price=0.2)
    every = [ONE, december, unknown, unsure]
    assert spent(every) == pytest.approx(1.25)
    assert of_month(every, date(2026, 11, 1)) == [ONE, unknown, unsure]
    assert spent(of_month(every, date(2026, 11, 1))) == pytest.approx(0.25)
    assert of_month(every, date(2025, 11, 1)) == []


def test_what_is_most_like_it_tells_how_long_it_takes():
    def took(seconds, **changes):
        return replace(ONE, seconds=seconds, **changes)

    every = [
        took(10.0),
        took(12.0),
        took(90.0),
        took(40.0, size="2048x2048"),
        took(200.0, quality="high"),
        took(500.0, model="other"),
        took(1.0, sure=False),
        took(0.0),
    ]
    assert typical(every, ONE) == 12.0
    assert typical(every, replace(ONE, size="9x9")) == 26.0
    assert typical(every, replace(ONE, quality="medium")) == 40.0
    assert typical(every, replace(ONE, provider="elsewhere")) == 0.0
    assert typical([], ONE) == 0.0


@given(st.lists(st.floats(0.1, 600.0), min_size=1, max_size=3 * LAST))
def test_only_the_newest_tell(seconds):
    every = [replace(ONE, job=str(at), seconds=one) for at, one in enumerate(seconds)]
    assert min(seconds[-LAST:]) <= typical(every, ONE) <= max(seconds[-LAST:])

"""What a request should cost, and what its answer did."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from editor.capability.catalog import load
from editor.capability.price import estimate
from editor.edits.job import Job, State
from editor.edits.reckoning import (
    Wanted,
    answered,
    awaited,
    in_vain,
    reckoned,
    whole_price,
)
from editor.edits.request import EditRequest
from editor.errors import AnswerUnusable, NotSent, OutcomeUnknown, Problem
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster

CATALOG = load()
MADE = "2026-11-28T12:00:00+00:00"
SENT = Size(1024, 1024)
PIXEL = Raster(np.zeros((1, 1, 4), np.uint8))
REQUEST = EditRequest(PIXEL, None, "p", "openai", "gpt-image-2", settings={"quality": "low"})


def test_what_is_awaited_is_reckoned_by_the_table() -> None:
    model = CATALOG.model("openai", "gpt-image-2")
    found = awaited(CATALOG, MADE, "j", replace(REQUEST, references=(PIXEL,)), SENT)
    assert (found.made, found.job, found.provider, found.model) == (MADE, "j", "openai", model.id)
    assert (found.size, found.quality, found.sure, found.exact) == (
        "1024x1024",
        "low",
        False,
        False,
    )
    assert found.price == estimate(model, REQUEST.settings, SENT, 2)


def test_one_request_for_several_costs_as_many() -> None:
    one = awaited(CATALOG, MADE, "j", REQUEST, SENT).price
    several = replace(REQUEST, settings={"quality": "low", "count": 3})
    assert one is not None
    assert awaited(CATALOG, MADE, "j", several, SENT).price == pytest.approx(3 * one)
    assert whole_price(0.5, {"pictures": 3}) == 1.5
    assert whole_price(0.5, {"pictures": "three"}) == whole_price(0.5, {"pictures": 0}) == 0.5
    assert whole_price(None, {"pictures": 3}) is None


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("gone", "m", {"quality": "high"}, SENT),
        Wanted("openai", "gpt-image-2", {"quality": "high"}, None),
        Wanted("aa", CATALOG.provider("aa").models[0].id, {"quality": "high"}, SENT),
    ],
)
def test_what_nobody_knows_has_no_price(wanted: Wanted) -> None:
    found = reckoned(CATALOG, MADE, "j", wanted)
    assert found.price is None
    assert found.quality == "high"
    assert found.size == ("1024x1024" if wanted.sent else "")


def test_an_answer_counts_by_its_own_figures_or_else_as_reckoned() -> None:
    asked = awaited(CATALOG, MADE, "j", REQUEST, SENT)
    exact = answered(asked, 0.25, {"pictures": 2}, 20.04)
    assert exact == replace(asked, price=0.5, seconds=20.0, exact=True, sure=True)
    guessed = answered(asked, None, {}, 3.0)
    assert guessed == replace(asked, seconds=3.0, sure=True)


@pytest.mark.parametrize(
    ("problem", "provider", "charged"),
    [
        (OutcomeUnknown("x"), "openai", True),
        (AnswerUnusable("x"), "openai", True),
        (NotSent("x"), "openai", False),
        (None, "openai", False),
        (OutcomeUnknown("x"), "offline", False),
    ],
)
def test_what_may_have_been_charged_in_vain(
    problem: Problem | None, provider: str, charged: bool
) -> None:
    job = Job("j", "r", replace(REQUEST, provider=provider), State.FAILED, problem=problem)
    assert in_vain(job) is charged

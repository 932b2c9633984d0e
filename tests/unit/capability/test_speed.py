"""Draft and final as changes of settings, and a wish carried from model to model."""

from __future__ import annotations

import pytest

from editor.capability.field import Choice, Flag, Value, Whole
from editor.capability.provider import Model
from editor.capability.speed import at_speed, carried, is_draft

QUALITY = Choice(name="quality", label="Quality", choices=("low", "high"), default="high")
FORMAT = Choice(name="format", label="Format", choices=("png", "jpeg"), default="png")
PERCENT = Whole(name="percent", label="Percent", minimum=0, maximum=100, default=100)
MARKUP = Flag(name="markup", label="Markup", default=False, off="Not with a mask.")
FIELDS = (QUALITY, FORMAT, PERCENT, MARKUP)
DOUBTFUL = Flag(name="doubtful", label="Doubtful", default=False, doubt="Some refuse it.")
DRAFT, FINAL = {"quality": "low"}, {"stream": True}
MODEL = Model(id="m", label="M", fields=FIELDS, presets={"draft": DRAFT, "final": FINAL})
EVEN = Model(id="e", label="E", fields=FIELDS, presets={"draft": {}, "final": {}})


def test_a_speed_changes_what_speeds_speak_of_and_nothing_else() -> None:
    settings = {"quality": "low", "format": "jpeg"}
    assert at_speed(MODEL, settings, "final") == {"format": "jpeg", "stream": True}
    assert at_speed(MODEL, {"stream": True}, "draft") == {"quality": "low"}


@pytest.mark.parametrize(
    ("model", "settings", "expected"),
    [
        (MODEL, {"quality": "low"}, True),
        (MODEL, {"quality": "low", "format": "jpeg"}, True),
        (MODEL, {}, False),
        (MODEL, {"stream": True}, False),
        (MODEL, {"quality": "low", "stream": True}, False),
        (EVEN, {}, False),
        (Model(id="x", label="X"), {}, False),
    ],
)
def test_a_draft_is_told_by_its_settings(
    model: Model, settings: dict[str, Value], expected: bool
) -> None:
    assert is_draft(model, settings) is expected


def test_another_model_is_asked_at_its_own_speed_for_what_it_takes_too() -> None:
    settings = {
        "quality": "high",
        "format": "jpeg",
        "percent": 200,
        "markup": True,
        "unheard": "of",
    }
    assert carried(settings, MODEL, "draft") == {"quality": "low", "format": "jpeg"}
    assert carried({"format": "png"}, MODEL, "final") == {"stream": True}
    assert carried({"format": "jpeg", "quality": "low"}, MODEL, "") == {
        "format": "jpeg",
        "quality": "low",
    }


def test_what_is_doubtful_of_another_model_is_not_carried_to_it() -> None:
    sure = Flag(name="doubtful", label="Sure", default=False)
    settings: dict[str, Value] = {"doubtful": True}
    assert carried(settings, Model(id="s", label="S", fields=(sure,)), "") == settings
    assert carried(settings, Model(id="d", label="D", fields=(DOUBTFUL,)), "") == {}

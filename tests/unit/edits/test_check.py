"""Everything that would fail is found before it is sent, with a way out where there is one."""

from dataclasses import replace

import numpy as np
import pytest

from editor.capability.catalog import load
from editor.capability.field import Choice, Text
from editor.capability.provider import Model
from editor.edits.check import Trouble, problems
from editor.edits.request import EditRequest
from editor.imaging.raster import Raster

CATALOG = load()
REMOTE = CATALOG.model("openai", "gpt-image-2")
OFFLINE = CATALOG.model("offline", "quick")
SOURCE = Raster(np.zeros((8, 8, 4), np.uint8))
PAINTED = np.zeros((8, 8), np.uint8)
PAINTED[2:4, 2:4] = 255
GOOD = EditRequest(SOURCE, PAINTED, "a boat", "openai", "gpt-image-2")


def found(request, model=REMOTE):
    return [(each.field, str(each.sentence), each.fix) for each in problems(request, model)]


def test_a_good_request_has_no_problems():
    assert problems(GOOD, REMOTE) == ()
    assert problems(replace(GOOD, coverage=None), REMOTE) == ()
    assert problems(replace(GOOD, prompt=""), OFFLINE) == ()


def test_a_mask_where_one_is_needed():
    assert found(replace(GOOD, coverage=None), OFFLINE) == [
        ("mask", "Paint what may change.", None)
    ]
    empty = replace(GOOD, coverage=np.zeros_like(PAINTED))
    said = [("mask", "The mask is empty: paint what may change.", None)]
    assert found(empty, OFFLINE) == said
    assert found(empty, REMOTE) == said
    nothing = replace(GOOD, coverage=PAINTED[:0, :0])
    assert found(nothing, REMOTE) == said


@pytest.mark.parametrize("prompt", ["", " \n"])
def test_a_prompt_where_one_is_needed(prompt):
    said = [("prompt", "Write what should be there instead.", None)]
    assert found(replace(GOOD, prompt=prompt)) == said


def test_a_prompt_that_is_too_long():
    said = [("prompt", "longer than 32,000 characters", None)]
    assert found(replace(GOOD, prompt="x" * 32_001)) == said
    assert found(replace(GOOD, prompt="x" * 32_001), OFFLINE) == []


def test_a_reference_that_is_not_there():
    said = [("prompt", "There is no reference 2 to speak of.", None)]
    assert found(replace(GOOD, prompt="the hat of @1 and @2", references=(SOURCE,))) == said


def test_too_many_pictures():
    assert found(replace(GOOD, references=(SOURCE,) * 15)) == []
    said = [("pictures", "These are 17 pictures, and GPT Image 2 takes 16.", None)]
    assert found(replace(GOOD, references=(SOURCE,) * 16)) == said


@pytest.mark.parametrize(
    ("settings", "trouble"),
    [
        ({"size": "1000x1000"}, ("size", "sides must be multiples of 16", "1008x1008")),
        ({"count": 11}, ("count", "not within 1 to 10", 10)),
        ({"quality": "max"}, ("quality", "not one of auto, low, medium, high", "auto")),
        (
            {"markup": True},
            ("markup", "Only the 2.5 and 2.6 models know it.", False),
        ),
        (
            {"background": "transparent", "output_format": "jpeg"},
            (
                "output_format",
                "JPEG has no transparency: take PNG or WebP, or another background.",
                "png",
            ),
        ),
    ],
)
def test_settings_that_do_not_fit_come_with_what_would(settings, trouble):
    assert found(replace(GOOD, settings=settings)) == [trouble]
    field, _, fix = trouble
    assert found(replace(GOOD, settings={**settings, field: fix})) == []


def test_settings_that_fit_are_no_trouble():
    settings = {"size": "1024x1024", "markup": False, "background": "transparent", "hue": "blue"}
    assert found(replace(GOOD, settings=settings)) == []


def test_every_problem_is_found_at_once():
    request = replace(GOOD, prompt="", settings={"count": 0, "size": "1x1"})
    assert [field for field, _, _ in found(request)] == ["prompt", "count", "size"]


def test_a_model_without_a_prompt_field_takes_any():
    model = Model(id="m", label="M", needs_prompt=False, fields=())
    assert problems(GOOD, model) == ()
    mute = Model(id="m", label="M", fields=(Text(name="prompt", label="P", longest=1, off="No."),))
    assert problems(GOOD, mute) == ()
    plain = Model(
        id="m", label="M", fields=(Choice(name="quality", label="Q", choices=("a",), default="a"),)
    )
    assert problems(GOOD, plain) == ()


def test_a_trouble_remembers_its_template():
    (trouble,) = problems(replace(GOOD, settings={"count": 0}), REMOTE)
    assert isinstance(trouble, Trouble)
    assert trouble.sentence.template == "not within {minimum} to {maximum}"


def test_the_sentence_that_keeps_the_rest_counts_as_a_part_of_the_prompt():
    longest = REMOTE.field("prompt").longest
    near = replace(GOOD, prompt="x" * (longest - 5))
    assert problems(near, REMOTE) == ()
    assert [one.field for one in problems(replace(near, plea="Keep it."), REMOTE)] == ["prompt"]
    assert [one[1] for one in found(replace(GOOD, plea="as @3"))] == [
        "There is no reference 3 to speak of."
    ]

"""What came back is held against what was asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from editor.capability.catalog import load
from editor.edits.effect import Effect, effects, honoured
from editor.edits.variant import Variant
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster

MODEL = load().provider("openai").model("gpt-image-2")


def answer(width: int = 1024, height: int = 1024, **changes: object) -> Variant:
    variant = Variant(
        id="v",
        job="v",
        round="r",
        raster=Raster(np.zeros((height, width, 4), np.uint8)),
        placement=Placement(Rect(0, 0, 1024, 1024), Size(1024, 1024)),
        coverage=None,
        base="",
        provider="openai",
        model=MODEL.id,
    )
    return replace(variant, **changes)


def test_the_size_is_looked_at_and_not_believed() -> None:
    (size,) = effects(MODEL, answer(512, 768, effective={"size": "1024x1024"}))
    assert size == Effect("size", "Size", "1024x1024", "512x768")
    assert not size.honoured
    assert effects(MODEL, answer())[0].honoured


def test_what_the_answer_names_is_compared() -> None:
    told = {"quality": "medium", "output_format": "png", "background": "opaque", "usage": {}}
    asked = {"quality": "high", "background": "transparent"}
    found = effects(MODEL, answer(requested=asked, effective=told))
    assert [(each.name, each.asked, each.came) for each in found[1:]] == [
        ("quality", "high", "medium"),
        ("background", "transparent", "opaque"),
        ("output_format", "png", "png"),
    ]
    taught = honoured(MODEL, answer(requested=asked, effective=told))
    assert taught == {"size": True, "quality": False, "output_format": True, "usage": True}


def test_what_was_left_to_the_provider_cannot_be_ignored() -> None:
    found = effects(MODEL, answer(effective={"quality": "high"}))
    assert [each.name for each in found] == ["size"]


def test_odd_answers_teach_nothing_of_a_setting() -> None:
    told: dict[str, object] = {"quality": 3, "usage": "none"}
    found = honoured(MODEL, answer(requested={"quality": "high"}, effective=told))
    assert found == {"size": True, "usage": False}


def test_what_a_model_does_not_take_was_not_asked_for() -> None:
    bare = replace(MODEL, fields=tuple(replace(each, off="no") for each in MODEL.fields))
    bare = replace(bare, fields=tuple(each for each in bare.fields if each.name != "size"))
    assert effects(bare, answer(effective={"quality": "low"}, requested={"quality": "high"})) == ()

"""A recipe reads back as it was written, and a changed one is refused with its first fault."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.compose.recipes.recipe_file import (
    FORMAT,
    Asked,
    Join,
    Named,
    Outcome,
    Pictured,
    RecipeFile,
    Step,
    read,
    to_text,
)
from editor.errors import InputProblem
from editor.imaging.geometry import Rect, Size

ONE, TWO = "1" * 64, "2" * 64
SOURCE = Pictured("../photo.jpg", ONE, Size(60, 40))
ASKED = Asked(
    provider="openai", model="gpt-image-2", window=Rect(5, 5, 35, 25), sent=Size(60, 40),
    prompt="a boat", frame="tight", settings={"quality": "low"},
    requested={"quality": "low", "size": "60x40"}, effective={"usage": {"total": 3}},
    references=(Pictured("/other/r.png", TWO, Size(9, 9)),), price=0.01, seconds=1.5,
)  # fmt: skip
FIRST = Step(ASKED, Named("photo_edit.answer.png", TWO), Named("m.png", ONE), Join(3.5))
RECIPE = RecipeFile(
    SOURCE,
    (FIRST,),
    Outcome("photo_edit.png", ONE, 2000, 0, TWO),
    "2026-01-01T00:00:00+00:00",
    {"frisket": "0.1.0"},
)


def again(recipe):
    return read(to_text(recipe).encode(), "r.json")


def test_a_recipe_reads_back():
    assert again(RECIPE) == RECIPE
    assert to_text(RECIPE).endswith("}\n")
    second = Step(
        replace(ASKED, price=None, references=()),
        Named("a.png", ONE),
        None,
        Join(0.0, 0.5, fitted=True, let_in=Named("l.png", ONE), kept_out=Named("k.png", TWO)),
    )
    both = replace(RECIPE, steps=(FIRST, second))
    assert again(both) == both


@given(
    prompt=st.text(),
    feather=st.floats(0, 48),
    numbers=st.dictionaries(st.text(), st.integers() | st.text() | st.booleans()),
    seconds=st.integers(0, 10**6).map(lambda thousandths: thousandths / 1000),
)
def test_whatever_was_asked_reads_back(prompt, feather, numbers, seconds):
    asked = replace(ASKED, prompt=prompt, settings=numbers, seconds=seconds)
    recipe = replace(RECIPE, steps=(replace(FIRST, asked=asked, join=Join(feather)),))
    assert again(recipe) == recipe


def changed(place, value):
    """The recipe's JSON with one value changed, or gone when it is ...."""
    root = json.loads(to_text(RECIPE))
    *way, last = place
    inner = root
    for name in way:
        inner = inner[name]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return json.dumps(root).encode()


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (["format"], ..., "format"),
        (["format"], "2", "format"),
        (["source", "sha256"], "x", "source.sha256"),
        (["source", "width"], 0, "source.width"),
        (["steps"], [], "steps"),
        (["steps", 0, "answer"], None, "steps[0].answer"),
        (["steps", 0, "answer", "file"], "../secret", "steps[0].answer.file"),
        (["steps", 0, "mask"], ..., "steps[0].mask"),
        (["steps", 0, "window"], [5, 5, 5, 25], "steps[0].window"),
        (["steps", 0, "window"], [70, 5, 90, 25], "steps[0].window"),
        (["steps", 0, "window"], [0, 0, 9999, 9999], "steps[0].window"),
        (["steps", 0, "frame"], "odd", "steps[0].frame"),
        (["steps", 0, "sent"], [0, 5], "steps[0].sent"),
        (["steps", 0, "join", "feather"], -1, "steps[0].join.feather"),
        (["steps", 0, "references"], [4], "steps[0].references[0]"),
        (["steps", 0, "settings"], {"a": []}, "steps[0].settings.a"),
        (["result", "file"], "a/b.png", "result.file"),
        (["result", "protected"], -1, "result.protected"),
        (["versions"], None, "versions"),
    ],
)
def test_the_first_fault_is_told(place, value, told):
    with pytest.raises(InputProblem) as caught:
        read(changed(place, value), "r.json")
    assert str(caught.value) == (
        f"r.json is no recipe that can be followed: {told} is missing or wrong."
    )


def test_a_recipe_of_another_form_is_told_apart():
    with pytest.raises(InputProblem) as caught:
        read(changed(["format"], 1), "r.json")
    assert str(caught.value) == (
        f"r.json is a recipe of form 1, and this version follows form {FORMAT} only."
    )


def test_a_window_may_reach_beyond_the_source():
    asked = replace(ASKED, window=Rect(-4, -4, 64, 44))
    recipe = replace(RECIPE, steps=(replace(FIRST, asked=asked),))
    assert again(recipe) == recipe


@pytest.mark.parametrize("data", [b"no JSON", b"[]"])
def test_a_file_that_is_no_recipe(data):
    with pytest.raises(InputProblem, match=r"r\.json is no recipe that can be followed: its JSON"):
        read(data, "r.json")


def test_a_recipe_says_whether_its_project_stays_here():
    assert again(replace(RECIPE, local=True)).local
    assert not again(RECIPE).local
    other = json.loads(to_text(RECIPE))
    del other["stays_on_this_computer"]
    assert not read(json.dumps(other).encode(), "r.json").local

"""Whatever does not fit together in the table is refused, and the sentence names the place."""

import pytest

from editor.capability import table
from editor.capability.field import Choice, Extent, Whole
from editor.capability.limits import ANYTHING, Anything, Fixed, Free, Limits
from editor.capability.rates import Area, Flat, Ladder, Steps, Tiles, Tokens
from editor.errors import TableError
from editor.imaging.geometry import Size

SHARED = {
    "quality": {
        "kind": "choice",
        "label": "Quality",
        "choices": ["auto", "low"],
        "default": "auto",
    },
    "count": {
        "kind": "whole",
        "label": "Variants",
        "minimum": 1,
        "maximum": 10,
        "default": 1,
        "only_with": {"quality": ["low"]},
    },
    "size": {"kind": "extent", "label": "Size"},
    "odd": {"kind": "colour", "label": "Odd"},
    "kindless": {"label": "Kindless"},
}
TOKENS = {
    "text_in": 5.0,
    "image_in": 8.0,
    "image_out": 30.0,
    "auto": "low",
    "output": {"rungs": {"low": 16}},
    "input": {"per_megapixel": 1024},
}
FREE = {"multiple": 16, "longest": 3840, "ratio": 3.0, "least": 655_360, "most": 8_294_400}


def built(*uses, rule=ANYTHING):
    return table.fields("openai/m", uses, SHARED, rule)


def refused(work, *said):
    with pytest.raises(TableError) as caught:
        work()
    for words in said:
        assert words in str(caught.value)


def test_a_field_is_shared_or_shared_with_changes():
    quality, count = built({"name": "quality", "choices": ["auto", "low", "max"]}, "count")
    assert isinstance(quality, Choice)
    assert quality.choices == ("auto", "low", "max")
    assert isinstance(count, Whole)
    assert count.only_with == {"quality": ("low",)}


def test_an_extent_takes_the_rule_of_its_model():
    rule = Fixed((Size(1, 1),))
    (size,) = built("size", rule=rule)
    assert isinstance(size, Extent)
    assert size.rule is rule


@pytest.mark.parametrize(
    ("uses", "said"),
    [
        (["colour"], "openai/m/colour: fields.toml does not know it"),
        ([{"label": "?"}], "openai/m/: fields.toml does not know it"),
        (["odd"], "openai/m/odd: its kind is not one of choice, whole"),
        (["kindless"], "openai/m/kindless: its kind is not one of"),
        ([{"name": "size", "colour": 1}], "openai/m/size: unexpected key 'colour'"),
        ([{"name": "odd", "kind": "whole"}], "openai/m/odd: missing"),
        ([{"name": "quality", "default": "best"}], "quality: its default is not one of auto, low"),
        (["count"], "openai/m/count: it depends on quality, which is not there"),
        (
            ["quality", {"name": "count", "only_with": {"quality": ["best"]}}],
            "openai/m/count: it depends on quality = best, which is not one of",
        ),
        (
            ["quality", {"name": "count", "only_with": {"count": [1]}}],
            "openai/m/count: it depends on count",
        ),
        (["quality", "quality"], "openai/m/quality: the field is there twice"),
        (
            ["quality", {"name": "count", "wire": "quality"}],
            "openai/m/quality: the wire name is there twice",
        ),
    ],
)
def test_fields_that_contradict_themselves(uses, said):
    refused(lambda: built(*uses), said)


def test_one_entry_on_top_of_another():
    base = {"id": "a", "label": "A", "fields": ["quality", {"name": "size", "help": "h"}]}
    changes = {"id": "b", "fields": [{"name": "quality", "off": "no"}, "count"]}
    assert table.merged(base, changes) == {
        "id": "b",
        "label": "A",
        "fields": [
            {"name": "quality", "off": "no"},
            {"name": "size", "help": "h"},
            {"name": "count"},
        ],
    }


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3, "p: models is no table"),
        ({"id": "m"}, "p: models is no table"),
        (["m"], "p: models is no table"),
        ([{"id": 3}], "p: id is not text in quotes"),
        ([{"fields": "prompt"}], "p: fields is not what belongs there"),
        ([{"presets": {"draft": 3}}], "p: presets is not what belongs there"),
        ([{"snapshots": [1]}], "p: snapshots is not what belongs there"),
    ],
)
def test_an_entry_that_looks_like_no_model(value, said):
    refused(lambda: table.entries("p", "models", value), said)


def test_an_entry_that_looks_like_a_model():
    written = [{"id": "m", "fields": ["prompt", {"name": "size"}], "odd": 3}]
    assert table.entries("p", "models", written) is written


def test_a_value_of_another_type_is_refused():
    refused(lambda: built({"name": "quality", "label": 3}), "quality: label is not text in quotes")


def test_sizes_that_are_usual_are_legal():
    use = {"name": "size", "usual": ["1024x1024", "3840x2160"]}
    (size,) = built(use, rule=Free(**FREE))
    assert size.usual == ("1024x1024", "3840x2160")
    use = {"name": "size", "usual": ["1000x1000"]}
    refused(lambda: built(use, rule=Free(**FREE)), "size: the usual size 1000x1000 is sides must")


def test_limits_hold_their_size_rule():
    assert table.limits("m", {}) == Limits()
    assert table.limits("m", {"sizes": "any"}).sizes == Anything()
    assert table.limits("m", {"sizes": FREE}).sizes == Free(**FREE)
    assert table.limits("m", {"sizes": {"choices": ["8x4"]}}).sizes == Fixed((Size(8, 4),))
    assert table.limits("m", {"formats": ["image/png"]}).formats == ("image/png",)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"sizes": "some"}, "m: no size rule is called some"),
        ({"sizes": 3}, "m: no size rule is called 3"),
        ({"sizes": {"choices": 3}}, "m: its sizes are written like 1024x1024"),
        ({"sizes": {"multiple": 0, "longest": 9, "most": 9}}, "m: its size rule allows no size"),
        ({"sizes": {"multiple": 1, "longest": 70_000, "most": 9}}, "its size rule allows no size"),
        (
            {"sizes": {"multiple": 1, "longest": 9, "most": 9, "ratio": 0.0}},
            "m: its size rule allows no size",
        ),
        ({"sizes": {"choices": []}}, "m: its sizes are written like 1024x1024"),
        ({"sizes": {"choices": ["8x4", "8"]}}, "m: its sizes are written like 1024x1024"),
        ({"sizes": {"choices": ["8x0"]}}, "m: its sizes are written like 1024x1024"),
        ({"sizes": {**FREE, "longest": 640}}, "m: its size rule allows no size"),
        ({"sizes": {"multiple": 16}}, "m: missing"),
        ({"pages": 3}, "m: unexpected key 'pages'"),
    ],
)
def test_limits_that_contradict_themselves(entry, said):
    refused(lambda: table.limits("m", entry), said)


def test_presets_hold_values_that_fit():
    known = built("quality", {"name": "size", "off": "no"})
    assert table.settings("m/draft", {"quality": "low"}, known) == {"quality": "low"}
    refused(
        lambda: table.settings("m/draft", {"pace": 1}, known), "m/draft: there is no field pace"
    )
    refused(lambda: table.settings("m/draft", {"size": "auto"}, known), "m/draft: size is off")
    doubted = built({"name": "quality", "doubt": "Some refuse it."})
    refused(lambda: table.settings("m/draft", {"quality": "low"}, doubted), "quality is off")
    wrong = {"quality": "best"}
    refused(lambda: table.settings("m/draft", wrong, known), "m/draft: quality is not one of")


def test_rates_of_every_form():
    assert table.rates("m", {"picture": 0.04}, ()) == Flat(0.04)
    tokens = table.rates("m", TOKENS, built("quality"))
    assert isinstance(tokens, Tokens)
    assert tokens.output == Ladder({"low": 16})
    assert tokens.input == Area(1024)
    tiles = {"base": 65, "tile": 129, "faithful_square": 4160, "faithful_other": 6240}
    shapes = {"shapes": {"low": [272, 408, 400]}}
    stepped = table.rates("m", {**TOKENS, "output": shapes, "input": tiles}, ())
    assert isinstance(stepped, Tokens)
    assert stepped.output == Steps({"low": (272, 408, 400)})
    assert stepped.input == Tiles(65, 129, 4160, 6240)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"auto": "medium"}, "m: there is no figure for quality medium"),
        ({"output": {"rungs": {"high": 96}}, "auto": "high"}, "no figure for quality low"),
        ({"output": {}}, "m: missing"),
        ({"input": {"rate": 1}}, "m: unexpected key 'rate'"),
        ({"per_second": 1}, "m: unexpected key 'per_second'"),
    ],
)
def test_rates_that_contradict_themselves(changes, said):
    refused(lambda: table.rates("m", {**TOKENS, **changes}, built("quality")), said)

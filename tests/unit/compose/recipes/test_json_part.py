"""Whatever a JSON file holds, a reader gets a value of its kind or the place that is unfit."""

import pytest

from editor.compose.recipes.json_part import JsonPart, Unfit, parsed

FULL = {
    "text": "words",
    "whole": 3,
    "number": 0.5,
    "flag": True,
    "nothing": None,
    "box": [1, -2],
    "part": {"inner": {"text": "deep"}},
    "list": [{"text": "a"}, {"text": "b"}],
    "digest": "0af" + 61 * "9",
}


def test_values_of_their_kind():
    part = JsonPart(FULL)
    assert part.text("text") == part.bare_name("text") == "words"
    assert (part.whole("whole"), part.number("whole"), part.number("number")) == (3, 3.0, 0.5)
    assert (part.number_or_none("nothing"), part.number_or_none("number")) == (None, 0.5)
    assert part.flag("flag") is True
    assert part.wholes("box", 2) == (1, -2)
    assert part.digest("digest") == FULL["digest"]
    assert part.part("part").part("inner").text("text") == "deep"
    assert part.part("part").anything("inner") == {"text": "deep"}
    assert part.part("part").texts("inner") == {"text": "deep"}
    assert part.part_or_none("nothing") is None
    assert part.part_or_none("part") is not None
    assert [each.text("text") for each in part.parts("list")] == ["a", "b"]
    settings = {"settings": {"a": "b", "c": 1, "d": 0.5, "e": False}}
    assert JsonPart(settings).values("settings") == settings["settings"]


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "c:d", "a\0", 300 * "x", "\ud800/"])
def test_a_name_that_leads_elsewhere_is_unfit(name):
    with pytest.raises(Unfit, match=r"^name$"):
        JsonPart({"name": name}).bare_name("name")


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("text", 1), ("text", None), ("bare_name", 3), ("digest", "abc"), ("digest", 64 * "G"),
        ("whole", True), ("whole", 1.0), ("whole", 2**50), ("flag", 1), ("flag", None),
        ("number", "1"), ("number", True), ("number", -1), ("number", float("inf")),
        ("number", float("nan")), ("number", None), ("number_or_none", "1"), ("part", None),
        ("part", []), ("part_or_none", 3), ("parts", {}), ("parts", [1]), ("texts", {"a": 1}),
        ("values", {"a": None}), ("values", {"a": []}), ("anything", 1), ("value", None),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_unfit(read, value):
    with pytest.raises(Unfit, match=r"^steps\.it"):
        getattr(JsonPart({"it": value}, "steps"), read)("it")


@pytest.mark.parametrize("value", [None, [1], [1, 2, 3], [1, True], [1, 2.0], [1, 2**50]])
def test_whole_numbers_of_another_count_or_kind_are_unfit(value):
    with pytest.raises(Unfit, match="box"):
        JsonPart({"box": value}).wholes("box", 2)


def test_what_is_missing_is_unfit_and_its_place_is_told():
    part = JsonPart({"list": [{}, {"a": 1}, 5]})
    with pytest.raises(Unfit, match=r"^list\[2\]$"):
        part.parts("list")
    with pytest.raises(Unfit, match=r"^least$"):
        JsonPart({"least": 0}).whole("least", least=1)
    with pytest.raises(Unfit, match=r"^gone$"):
        part.part_or_none("gone")
    (first, second) = JsonPart({"list": [{}, {"a": 1}]}).parts("list")
    with pytest.raises(Unfit, match=r"^list\[0\]\.a$"):
        first.text("a")
    with pytest.raises(Unfit, match=r"^list\[1\]\.a$"):
        second.text("a")


@pytest.mark.parametrize("data", [b"", b"[]", b"3", b"{", b"\xff\xfe\xfa", b'{"a":' * 100_000])
def test_a_file_that_holds_no_object_is_unfit(data):
    with pytest.raises(Unfit, match=r"^its JSON$"):
        parsed(data)
    assert parsed(b'{"a": "b"}').text("a") == "b"

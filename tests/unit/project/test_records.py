"""Values come back as the types they were, and nothing else comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.capability.field import Value
from editor.edits.job import State
from editor.errors import ProjectDamaged
from editor.imaging.facts import Facts
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.project import records
from editor.project.project import Kept, Role, Round, Slot, StoredJob, StoredVariant
from editor.project.records import decode, encode


@dataclass(frozen=True)
class Odd:
    pair: tuple[float, float] = (0.0, 0.0)
    price: float | None = None
    anything: Mapping[str, object] = field(default_factory=dict)
    setting: Value = 0
    needed: int = field(kw_only=True)


text = st.text(max_size=20)
rects = st.builds(Rect, *[st.integers(0, 9999)] * 4)
settings = st.dictionaries(text, st.one_of(text, st.integers(), st.booleans(), st.floats(0, 1)))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
facts = st.builds(
    Facts,
    text,
    st.builds(Size, st.integers(1, 9), st.integers(1, 9)),
    dpi=st.tuples(st.floats(0, 999), st.integers(0, 999).map(float)),
    profile=st.binary(max_size=5),
    exif=st.just(b""),
    notes=st.lists(text).map(tuple),
)


@given(
    st.one_of(
        st.builds(Slot, text, text, st.sampled_from(Role), facts, text, text),
        st.builds(Round, text, text, text, text, settings=settings, count=st.integers(1, 10)),
        st.builds(StoredJob, text, text, text, st.sampled_from(State)),
        st.builds(Kept, text, text, rects, text, recipe=st.dictionaries(text, plain)),
        st.builds(
            StoredVariant,
            *[text] * 5,
            placement=st.builds(Placement, rects, st.builds(Size, st.just(3), st.just(4))),
            base=text,
            provider=text,
            model=text,
            requested=settings,
            effective=st.dictionaries(text, plain),
            price=st.none() | st.floats(0, 9),
        ),
    )
)
def test_what_was_encoded_is_decoded(value: object) -> None:
    bare = encode(value)
    assert bare.isascii()
    assert decode(type(value), bare) == value


def test_numbers_may_be_whole_where_they_may_be_broken() -> None:
    assert decode(Odd, '{"needed":1,"pair":[1,2],"price":3}') == Odd(
        pair=(1.0, 2.0), price=3.0, needed=1
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"pair":[1,2]}',
        '{"needed":"1"}',
        '{"needed":true}',
        '{"needed":1.0}',
        '{"needed":1,"pair":[1]}',
        '{"needed":1,"pair":[1,2,3]}',
        '{"needed":1,"pair":{"0":1}}',
        '{"needed":1,"price":"3"}',
        '{"needed":1,"price":NaN}',
        '{"needed":1,"setting":null}',
        '{"needed":1,"setting":[]}',
        '{"needed":1,"anything":[]}',
        '{"needed":1,"anything":' + "[" * 100_000,
        '{"needed":' + "9" * 5000 + "}",
    ],
)
def test_what_is_of_another_type_is_refused(text: str) -> None:
    with pytest.raises(ProjectDamaged, match="cannot be read"):
        decode(Odd, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [(Role, '"master"'), (Rect, "[1,2,3]"), (Rect, '[1,2,3,"4"]'), (Slot, b'{"id":"\xff"}')],
)
def test_kinds_refuse_what_is_not_theirs(kind: type, text: str | bytes) -> None:
    with pytest.raises(ProjectDamaged):
        decode(kind, text)


def test_a_number_that_json_does_not_know_is_a_bug() -> None:
    with pytest.raises(ValueError, match="JSON"):
        encode({"price": float("nan")})


@given(plain)
def test_any_json_is_a_value_or_refused(value: object) -> None:
    for kind in (Slot, Round, Odd, Kept):
        try:
            assert isinstance(decode(kind, json.dumps(value)), kind)
        except ProjectDamaged:
            continue


def test_what_a_type_holds_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True)
    class Often:
        number: int

    asked: list[type] = []
    look = records.get_type_hints
    monkeypatch.setattr(records, "get_type_hints", lambda kind: asked.append(kind) or look(kind))
    assert [decode(Often, encode(Often(number))) for number in range(3)] == [*map(Often, range(3))]
    assert asked == [Often]

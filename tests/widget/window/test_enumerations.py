"""Enumerations made of lists are those that Python makes, Qt's all and any others."""

from __future__ import annotations

import enum
import pickle
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6 import QtCore, QtGui, QtWidgets

from editor.ui.start import enumerations

KINDS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
FLAGS = ("_flag_mask_", "_singles_mask_", "_all_bits_", "_boundary_", "_iter_member_")

pytestmark = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="elsewhere Python makes them all by itself"
)


def told(made: Any) -> dict[str, object]:
    """All that can be asked of an enumeration, but for which one it is."""
    members = made.__members__
    return {
        "kinds": made.__mro__[1:],
        "where": (made.__module__, made.__qualname__),
        "has": sorted(vars(made)),
        "members": [
            (
                name,
                each.name,
                each.value,
                each._sort_order_,
                repr(each),
                str(each),
                sorted(vars(each)),
            )
            for name, each in members.items()
        ],
        "found": [
            made[name] is getattr(made, name) is made(members[name].value) for name in members
        ],
        "own": all(each.__objclass__ is made for each in members.values()),
        "listed": [each.name for each in made],
        "back": [(value, each.name) for value, each in made._value2member_map_.items()],
        "bits": [repr(getattr(made, name, None)).partition(" of ")[0] for name in FLAGS],
        "all": repr(~made(0)) if issubclass(made, enum.Flag) else "",
    }


def both(kind: Any, names: Any) -> list[dict[str, object]]:
    """What is told of an enumeration made in each way; or that it cannot be made."""
    found = []
    for way in (enumerations.made, enumerations._usual):
        try:
            found.append(told(way(kind, "Made", names, module="here")))
        except (TypeError, ValueError, AttributeError) as error:
            found.append({"error": str(error)})
    return found


def of_qt() -> Iterator[Any]:
    """The enumerations of Qt, each once."""
    places: list[Any] = [QtCore, QtGui, QtWidgets]
    seen = set()
    for place in places:
        for found in vars(place).values():
            if not isinstance(found, type) or found in seen:
                continue
            seen.add(found)
            if isinstance(found, enum.EnumType):
                yield found
            elif found.__module__.startswith("PySide6"):
                places.append(found)


def test_those_of_qt_are_the_same() -> None:
    count = 0
    for found in of_qt():
        names = [(name, each.value) for name, each in found.__members__.items()]
        quick, usual = both(found.__mro__[1], names)
        assert quick == usual
        count += 1
    assert count > 250


NAMES = st.text("ABCab_1", min_size=1, max_size=4) | st.sampled_from(
    ["name", "real", "mro", "__x__"]
)
VALUES = st.integers(-3, 9) | st.sampled_from(
    [1 << 31, -(1 << 31), 255, "A", 1.5, None, True, (1, 2)]
)


@given(st.sampled_from(KINDS), st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_any_others_are_the_same(kind: Any, names: list[tuple[str, object]]) -> None:
    quick, usual = both(kind, names)
    assert quick == usual


@pytest.mark.parametrize("names", ["A B", ["A", "B"], {"A": 1}, (), [("A", 1, 2)], [["A", 1]]])
def test_other_ways_to_say_names_are_pythons(names: object) -> None:
    quick, usual = both(enum.Enum, names)
    assert quick == usual
    assert both(enum.Enum, iter([("A", 1)]))[0]["listed"] == ["A"]


def test_a_mixed_kind_is_pythons() -> None:
    made: Any = enumerations.made(enum.Enum, "Made", [("A", "a")], type=str)
    assert made.A == "a"


def test_they_know_where_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enum.EnumType, "_create_", enumerations._usual)
    enumerations.quick()
    assert enum.EnumType._create_ is enumerations.made
    made: Any = enum.IntFlag("Here", [("A", 1), ("B", 2)])
    assert made.__module__ == __name__
    monkeypatch.setitem(globals(), "Here", made)
    assert pickle.loads(pickle.dumps(made.B)) is made.B

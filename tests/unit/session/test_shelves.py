"""The entries of every picture lie in their order, whoever comes, changes or goes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from editor.imaging.geometry import Size, whole
from editor.imaging.raster import Raster
from editor.session.entries import Entry
from editor.session.shelves import Shelves
from tests.fakes.drawn import drawn
from tests.fakes.joining import variant

RASTER: Raster = drawn(Size(16, 16))


def ids(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.id for entry in entries]


def further(number: int) -> Entry:
    """A further picture of the answer of job "a", which was the first of its round."""
    lying = replace(variant(RASTER, whole(RASTER.size), None), id=f"a-{number}", job="a", round="r")
    return Entry(lying.id, "r", "", lying)


def test_the_newest_round_comes_first_and_each_picture_has_its_own() -> None:
    shelves = Shelves()
    shelves.put("p", "r", Entry("a", "r", "a"), Entry("b", "r", "b"))
    shelves.put("q", "s", Entry("c", "s", "c"))
    shelves.put("p", "t", Entry("d", "t", "d"))
    assert ids(shelves.seen("p")) == ["d", "a", "b"]
    assert ids(shelves.seen("q")) == ["c"]
    assert ids(shelves.seen("nowhere")) == []
    assert [shelves.slot_of(round) for round in "rstu"] == ["p", "q", "p", ""]


@given(order=st.permutations(range(2, 14)))
def test_further_pictures_lie_behind_their_first_in_their_order(order: list[int]) -> None:
    shelves = Shelves()
    shelves.put("p", "r", Entry("a", "r", "a"), Entry("b", "r", "b"))
    for number in order:
        shelves.put_beside(further(number))
    assert ids(shelves.seen("p")) == ["a", *(f"a-{number}" for number in range(2, 14)), "b"]


def test_an_entry_is_found_by_either_name_and_changes_where_it_lies() -> None:
    shelves = Shelves()
    shelves.put("p", "r", Entry("v", "r", "a"), Entry("b", "r", "b"))
    changed = shelves.change("a", starred=True)
    assert changed is not None
    assert changed.starred
    assert shelves.find("a") is shelves.find("v") is changed
    assert ids(shelves.seen("p")) == ["v", "b"]
    assert shelves.change("nobody", starred=True) is None


def test_what_is_rejected_is_not_seen_and_what_is_removed_is_gone() -> None:
    shelves = Shelves()
    shelves.restore("p", (Entry("a", "r", "a"), Entry("b", "s", "b"), Entry("c", "s", "c")))
    shelves.change("b", rejected=True)
    assert ids(shelves.seen("p")) == ["a", "c"]
    assert shelves.find("b") is not None
    gone = shelves.remove("c")
    assert gone is not None
    assert gone.id == "c"
    assert ids(shelves.seen("p")) == ["a"]
    assert shelves.remove("c") is shelves.find("c") is None
    assert shelves.slot_of("s") == "p"

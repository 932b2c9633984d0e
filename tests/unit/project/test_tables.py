"""Every row is sealed, and every step is numbered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.project.tables import STROKES_KEPT, Tables, _seal, open_database

parts = st.lists(st.one_of(st.text(), st.binary(), st.integers(), st.none()), max_size=4)


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    with closing(open_database(tmp_path / "some.frisket")) as database:
        yield Tables(database)


@given(parts, parts)
def test_seals_differ_where_rows_differ(one: list[object], other: list[object]) -> None:
    assert (_seal(*one) == _seal(*other)) == (one == other)


def test_text_is_not_bytes() -> None:
    assert len({_seal("'a'"), _seal(b"'a'"), _seal("a"), _seal(b"a"), _seal("a", "")}) == 5


def test_records_are_overwritten_in_their_place(tables: Tables) -> None:
    for value in ("first", "second"):
        tables.put("note", "one", value)
        tables.put("note", "two", value)
    assert tables.record("note", "one") == '"second"'
    tables.drop("note", "one")
    assert tables.record("note", "one") is None


def test_a_row_moved_to_another_key_is_damaged(tables: Tables) -> None:
    tables.put("note", "one", "value")
    tables.push(1, "stroke", "a", b"patch")
    tables.put_tiles("a", {(0, 0): b"tile"})
    for change in (
        "UPDATE records SET id = 'two'",
        "UPDATE steps SET slot = 'b'",
        "UPDATE tiles SET x = 256",
    ):
        tables._database.execute(change)
    assert tables.record("note", "two") is None
    assert tables.step(1) is None
    assert tables.tile("a", 256, 0) is None


def test_steps_are_moved_from_the_newest_back_and_from_the_oldest_on(tables: Tables) -> None:
    for number in (1, 2, 3):
        tables.push(number, "stroke", "a", b"%d" % number)
    tables.push(4, "keep", "a", b"kept")
    tables.push(5, "stroke", "b", b"other")
    moved = []
    for done in (False, False, True, False):
        moved.append(tables.to_move("a", "stroke", done=done))
        tables.move("a", "stroke", done=done)
    assert moved == [3, 2, 2, 2]
    assert tables.step(2) == ("stroke", "a", False, b"2")
    assert tables.step(4) == ("keep", "a", True, b"kept")


def test_a_step_too_old_to_be_there_gets_a_number_of_its_own(tables: Tables) -> None:
    assert tables.to_move("a", "stroke", done=False) == 0
    tables.push(1, "stroke", "b", b"other")
    assert tables.to_move("a", "stroke", done=False) == 0
    tables.put_step(0, "stroke", "a", b"old", done=False)
    assert tables.to_move("a", "stroke", done=False) == -1
    assert tables.to_move("a", "stroke", done=True) == 0


def test_a_new_step_ends_what_could_be_redone_of_its_slot(tables: Tables) -> None:
    for number, slot in ((1, "a"), (2, "b"), (9, "a")):
        tables.put_step(number, "stroke", slot, b"", done=False)
    tables.push(5, "stroke", "a", b"")
    assert tables._database.rows("SELECT number FROM steps ORDER BY 1") == [(2,), (5,), (9,)]


def test_only_strokes_are_forgotten(tables: Tables) -> None:
    tables.push(0, "keep", "a", b"kept")
    for number in range(1, STROKES_KEPT + 3):
        tables.push(number, "stroke", "a", b"")
    tables.push(9999, "stroke", "b", b"")
    assert tables.step(0) is not None
    assert tables.step(2) is None
    assert tables.step(3) is not None
    assert len(tables.mask("a").strokes) == STROKES_KEPT
    assert len(tables.mask("b").strokes) == 1

"""Reading refuses what no person made, and never crashes on what a file may claim."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from editor.project import reading
from editor.project.losses import Loss
from editor.project.project import MOST_SLOTS, Role, Slot, StepKind
from editor.project.reading import read
from editor.project.store import Store
from editor.project.tables import Order, Tables, open_database
from editor.storage.blobs import Blobs
from editor.storage.database import Database
from tests.fakes.project import facts, filled


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(open_database(tmp_path / "some.frisket")) as database:
        yield database


def slot(tables: Tables, blobs: Blobs, id: str) -> None:
    digest = blobs.put(id.encode())
    tables.put("slot", id, Slot(id, id, Role.REFERENCE, facts(), digest))


def test_an_empty_file_is_an_empty_project(database: Database) -> None:
    found = read(database)
    assert found.project.slots == ()
    assert not found.damaged


def test_no_more_pictures_than_fit_are_shown(database: Database) -> None:
    tables, blobs = Tables(database), Blobs(database)
    names = tuple(f"slot {number}" for number in range(MOST_SLOTS + 4))
    for name in names:
        slot(tables, blobs, name)
    tables.put("order", "", Order((), (*names, "slot 3", "nobody")))
    found = read(database)
    assert [shown.id for shown in found.project.slots] == list(names[:MOST_SLOTS])
    assert len(found.project.removed) == 4


def test_pictures_are_shown_as_they_came_when_their_order_is_lost(database: Database) -> None:
    tables, blobs = Tables(database), Blobs(database)
    for name in ("z", "a", "m"):
        slot(tables, blobs, name)
    assert [shown.id for shown in read(database).project.slots] == ["z", "a", "m"]


def test_steps_of_nobody_are_left_out(database: Database) -> None:
    tables, blobs = Tables(database), Blobs(database)
    slot(tables, blobs, "a")
    tables.push(1, StepKind.STROKE.value, "nobody", b"patch")
    tables.push(2, StepKind.STROKE.value, "a", b"patch")
    assert [step.number for step in read(database).project.timeline] == [2]


def test_steps_undone_before_something_else_was_done_are_left_out(database: Database) -> None:
    tables, blobs = Tables(database), Blobs(database)
    slot(tables, blobs, "a")
    for number, done in ((1, True), (2, False), (3, True), (4, False)):
        tables.put_step(number, StepKind.STROKE.value, "a", b"patch", done=done)
    timeline = read(database).project.timeline
    assert [(step.number, step.done) for step in timeline] == [(1, True), (3, True), (4, False)]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("stroke", b""),
        ("paint", b"{}"),
        ("keep", b"{}"),
        ("keep", b"\xff"),
        ("keep", b'{"variant":"v","title":"","rect":[0,0,1,1],"patch":"nowhere"}'),
        ("slots", b'{"before":[1],"after":[]}'),
        ('"', b""),
    ],
)
def test_odd_steps_are_lost_by_name(database: Database, kind: str, data: bytes) -> None:
    tables, blobs = Tables(database), Blobs(database)
    slot(tables, blobs, "a")
    tables.push(1, kind, "a", data)
    found = read(database)
    if kind == "stroke":
        assert found.losses == []
    else:
        assert found.losses == [Loss("step", "a")]
        assert found.damaged
        assert found.project.timeline == ()


@pytest.mark.parametrize("data", ["5", "{}", '{"id":"a"}', "[" * 50_000])
@pytest.mark.parametrize("kind", ["slot", "round", "job", "variant", "form", "recipe", "order"])
def test_odd_records_are_lost(database: Database, kind: str, data: str) -> None:
    Tables(database).put_text(kind, "x", data)
    found = read(database)
    assert found.losses == [Loss(kind)]
    assert (kind, "x") not in found.records


def test_rows_of_odd_types_are_lost(database: Database) -> None:
    database.execute("INSERT INTO records VALUES ('slot', 'x', 'text', 5)")
    database.execute("INSERT INTO tiles VALUES ('a', 'left', x'00', 5, 'text')")
    database.execute("INSERT INTO steps VALUES (1, 5, x'00', 'no', 'no', 'no')")
    database.execute("INSERT INTO blobs VALUES (1, x'00', 5)")
    found = read(database)
    assert found.damaged
    assert {loss.what for loss in found.losses} == {"slot", "mask", "step"}
    assert found.blobs == set()


def test_a_variant_of_a_lost_picture_stays(tmp_path: Path) -> None:
    store = Store.create()
    filled(store)
    store.save_as(tmp_path / "mine.frisket").result(20)
    store.close()
    with closing(open_database(tmp_path / "mine.frisket")) as database:
        database.execute("DELETE FROM records WHERE kind = 'slot' AND id = 'slot 0'")
        found = read(database)
    assert len(found.project.variants) == 2
    assert [shown.id for shown in found.project.slots] == ["slot 1", "slot 2"]


def test_more_rows_than_anybody_makes_are_not_read(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 10)
    tables = Tables(database)
    tables.put_tiles("a", {(x, 0): b"tile" for x in range(50)})
    assert len(read(database).tiles) == 10

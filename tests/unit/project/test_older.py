"""A file of version 1, where an edit that was undone had no place of its own."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from editor.imaging.geometry import Rect
from editor.project.losses import Loss
from editor.project.older import OldKept, tree_of
from editor.project.opening import lock_of
from editor.project.project import Kept, Step, StepKind
from editor.project.store import Store
from editor.project.tables import VERSION, Tables, open_database
from editor.storage.blobs import Blobs
from tests.fakes.project import add_picture, keep
from tests.fakes.reopening import again

Said = tuple[str, bool, str]
"""Patch, whether it is done, and the patch it took the place of."""


def old(*told: Said, slot: str = "a") -> list[OldKept]:
    return [
        OldKept(number, slot, done, Kept(patch, f"Keep {patch}", Rect(0, 0, 1, 1), patch), instead)
        for number, (patch, done, instead) in enumerate(told, 1)
    ]


def test_edits_lie_on_those_before_them() -> None:
    edits, steps = tree_of(old(("p", True, ""), ("q", True, ""), ("r", False, "")), [])
    p, q, r = edits.values()
    assert (p.under, q.under, r.under) == ((), (p.id,), (p.id, q.id))
    assert [(step.move.before, step.move.after) for step in steps] == [
        ("", p.id),
        (p.id, q.id),
        (q.id, r.id),
    ]
    assert [step.done for step in steps] == [True, True, False]
    assert {kept.slot for kept in edits.values()} == {"a"}


def test_an_edit_in_the_place_of_another_stands_beside_it() -> None:
    edits, steps = tree_of(old(("p", True, ""), ("q", True, ""), ("r", True, "q")), [])
    p, q, r = edits.values()
    assert r.under == q.under == (p.id,)
    assert (steps[-1].move.before, steps[-1].move.after) == (q.id, r.id)


def test_what_was_undone_before_something_else_was_done_is_an_edit_without_a_step() -> None:
    stroke = Step(9, StepKind.STROKE, "a")
    edits, steps = tree_of(old(("p", True, ""), ("q", False, "")), [stroke])
    assert [kept.patch for kept in edits.values()] == ["p", "q"]
    assert [step.number for step in steps] == [1, 9]
    edits, steps = tree_of(old(("p", False, ""), ("q", True, "")), [])
    assert [kept.under for kept in edits.values()] == [(), ()]
    assert [step.number for step in steps] == [2]


def test_pictures_have_trees_of_their_own() -> None:
    both = [*old(("p", True, "")), *old(("p", True, ""), slot="b")]
    edits, _ = tree_of(both, [])
    assert [kept.slot for kept in edits.values()] == ["a", "b"]


def written(tmp_path: Path) -> Path:
    """A file as version 1 wrote it: two edits kept, the second one undone."""
    store = Store.create()
    add_picture(store, "a", b"a")
    path = tmp_path / "old.frisket"
    store.save_as(path).result(20)
    store.close()
    database = open_database(path)
    for number, done in ((2, True), (4, False)):
        data = {
            "variant": f"v{number}",
            "title": f"Keep v{number}",
            "rect": [0, 0, 1, 1],
            "patch": Blobs(database).put(b"patch %d" % number),
            "recipe": {"feather": number},
            "instead": "",
        }
        Tables(database).put_step(number, "keep", "a", json.dumps(data).encode(), done=done)
    database.close()
    change(path, "PRAGMA user_version=1")
    return path


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def version(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def assert_as_written(store: Store) -> None:
    project = store.opened.project
    assert [kept.title for kept in project.kept("a")] == ["Keep v2"]
    assert [step.done for step in project.timeline] == [True, False]
    first, second = project.edits.values()
    assert second.under == (first.id,)
    assert store.read(second.patch) == b"patch 4"
    assert second.recipe == {"feather": 4}


def test_such_a_file_is_opened_and_is_of_the_newest_version_then(tmp_path: Path) -> None:
    path = written(tmp_path)
    for _ in range(3):
        store = Store.open(path)
        assert (store.path, store.opened.notes, store.opened.losses) == (path, (), ())
        assert_as_written(store)
        assert version(path) == VERSION
        store.close()


def test_its_undone_edit_stays_when_another_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path)
    store = Store.open(path)
    (first,) = store.opened.project.kept("a")
    keep(store, "a", "v5", b"patch 5", first)
    store.close()
    with again(Store.open(path)) as found:
        project = found.opened.project
        assert [kept.variant for kept in project.kept("a")] == ["v2", "v5"]
        left = next(kept for kept in project.edits.values() if kept.variant == "v4")
        assert found.read(left.patch) == b"patch 4"


@pytest.mark.parametrize(
    ("harm", "loss"),
    [
        ("DELETE FROM blobs WHERE id = 3", Loss("kept", "a.png")),
        ("UPDATE steps SET done = 1", Loss("step")),
    ],
)
def test_of_a_damaged_one_the_rest_is_opened_as_a_copy(
    tmp_path: Path, harm: str, loss: Loss
) -> None:
    path = written(tmp_path)
    change(path, harm)
    before = path.read_bytes()
    store = Store.open(path)
    assert store.untitled
    assert store.opened.losses == (loss,)
    assert [kept.title for kept in store.opened.project.kept("a")] == ["Keep v2"]
    copy = store.path
    store.close()
    assert path.read_bytes() == before
    assert version(copy) == VERSION
    with again(Store.open(copy)) as found:
        assert [kept.title for kept in found.opened.project.kept("a")] == ["Keep v2"]


def test_a_copy_of_one_that_is_open_elsewhere_is_of_the_newest_version(tmp_path: Path) -> None:
    path = written(tmp_path)
    lock = lock_of(path)
    assert lock.acquire()
    store = Store.open(path)
    assert store.path != path
    assert_as_written(store)
    store.close()
    assert (version(path), version(store.path)) == (1, VERSION)
    lock.release()

"""A project goes on in another place, and what is left when it is closed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from editor.errors import CannotWrite, Problem
from editor.imaging.geometry import Rect
from editor.project.opening import left_behind
from editor.project.store import Store
from editor.project.tables import STROKES_KEPT
from editor.storage import database as database_module
from tests.fakes.project import SIZE, Painted, add_picture, filled
from tests.fakes.reopening import again


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store.create()
    yield store
    store.close()


def test_save_as_moves_an_untitled_project(store: Store, tmp_path: Path) -> None:
    was = filled(store)
    old = store.path
    store.save_as(tmp_path / "mine.frisket").result(20)
    assert store.path == tmp_path / "mine.frisket"
    assert not store.untitled
    assert not old.exists()
    was.painted.stroke(store, Rect(1, 1, 99, 99))
    with again(store) as found:
        assert not found.untitled
        mask = found.mask("slot 0", SIZE)
        assert np.array_equal(mask.plane.pixels, was.painted.plane.pixels)
        assert len(found.opened.project.slots) == 3
    assert [path.name for path in tmp_path.glob("*.frisket*")] == ["mine.frisket"]


def test_save_as_copies_a_titled_project(store: Store, tmp_path: Path) -> None:
    add_picture(store, "a", b"a")
    store.save_as(tmp_path / "one.frisket").result(20)
    store.save_as(tmp_path / "two.frisket").result(20)
    add_picture(store, "b", b"b")
    store.save_as(tmp_path / "two.frisket").result(20)
    with again(store) as found:
        assert len(found.opened.project.slots) == 2
    with again(Store.open(tmp_path / "one.frisket")) as one:
        assert not one.opened.notes
        assert len(one.opened.project.slots) == 1


def test_save_as_replaces_a_closed_project_and_not_an_open_one(
    store: Store, tmp_path: Path
) -> None:
    add_picture(store, "a", b"a")
    other = Store.create()
    other.save_as(tmp_path / "other.frisket").result(20)
    with pytest.raises(CannotWrite, match="open in another window") as caught:
        store.save_as(tmp_path / "other.frisket").result(20)
    assert len(str(caught.value)) <= 160
    assert store.untitled
    other.close()
    store.save_as(tmp_path / "other.frisket").result(20)
    with again(store) as found:
        assert len(found.opened.project.slots) == 1


def test_save_as_where_nothing_can_be_written_changes_nothing(store: Store, tmp_path: Path) -> None:
    add_picture(store, "a", b"a")
    before = store.path
    with pytest.raises(CannotWrite, match="is not there"):
        store.save_as(tmp_path / "gone" / "mine.frisket").result(20)
    assert store.path == before
    assert store.untitled
    add_picture(store, "b", b"b")
    with again(store) as found:
        assert len(found.opened.project.slots) == 2


def test_strokes_made_while_it_is_saved_are_in_the_new_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "COPY_PAGES", 1)
    add_picture(store, "a", bytes(300_000))
    store.flush()
    painted = Painted("a")
    saving = store.save_as(tmp_path / "mine.frisket")
    made = 0
    while not saving.done:
        painted.stroke(store, Rect(made % 600, 0, made % 600 + 5, 5)).result(20)
        made += 1
    saving.result(20)
    with again(store) as found:
        mask = found.mask("a", SIZE)
        assert np.array_equal(mask.plane.pixels, painted.plane.pixels)
        assert len(mask.undo) == min(made, STROKES_KEPT)


# The end of it


def test_an_empty_untitled_project_leaves_nothing(store: Store) -> None:
    assert left_behind() == []
    store.close()
    assert not store.path.exists()
    assert left_behind() == []


def test_an_untitled_project_is_left_behind_and_found(store: Store) -> None:
    add_picture(store, "a", b"a")
    store.close()
    second = Store.create()
    add_picture(second, "b", b"b")
    second.close()
    assert left_behind() == [second.path, store.path]
    with again(Store.open(second.path)) as found:
        assert found.untitled
        assert left_behind() == [store.path]


def test_a_full_disk_holds_strokes_in_memory(tmp_path: Path) -> None:
    told: list[Problem | None] = []
    event = threading.Event()

    def trouble(problem: Problem | None) -> None:
        told.append(problem)
        event.set()

    store = Store.create(trouble)
    add_picture(store, "a", b"a")
    store.flush()
    pages = store._writer.submit(lambda database: database.execute("PRAGMA max_page_count=1"))
    pages.result(20)
    chance = np.random.default_rng(3)
    painted = Painted("a")
    tickets = []
    for _ in range(40):
        noise = chance.integers(0, 256, (256, 256), np.uint8)
        tickets.append(painted.stroke(store, Rect(0, 0, 256, 256), noise))
    assert event.wait(20)
    assert "disk is full" in str(told[0])
    assert not tickets[-1].done
    store._writer.submit(lambda database: database.execute("PRAGMA max_page_count=100000"))
    for ticket in tickets:
        ticket.result(20)
    with again(store) as found:
        assert np.array_equal(found.mask("a", SIZE).plane.pixels, painted.plane.pixels)
    assert told[1:] == [None]


def test_save_as_frees_a_project_from_a_disk_that_is_full(store: Store, tmp_path: Path) -> None:
    store.flush()
    store._writer.submit(lambda database: database.execute("PRAGMA max_page_count=1")).result(20)
    add_picture(store, "a", bytes(2**20))
    store.save_as(tmp_path / "mine.frisket").result(20)
    with again(store) as found:
        assert [slot.id for slot in found.opened.project.slots] == ["a"]


@pytest.mark.parametrize("over", [False, True], ids=["new", "over another"])
def test_save_as_rescues_a_project_whose_file_somebody_removed(
    store: Store, tmp_path: Path, over: bool
) -> None:
    add_picture(store, "a", b"a")
    store.flush()
    if over:
        (tmp_path / "mine.frisket").write_bytes(store.path.read_bytes())
    store.path.unlink()
    add_picture(store, "b", b"b")
    store.save_as(tmp_path / "mine.frisket").result(20)
    assert store.path == tmp_path / "mine.frisket"
    with again(store) as found:
        assert [slot.id for slot in found.opened.project.slots] == ["a", "b"]

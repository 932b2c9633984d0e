"""A project comes back as it was, whatever happened in it and however it ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from editor.edits.job import State
from editor.errors import CannotWrite, Problem, ProjectDamaged
from editor.imaging.geometry import Rect
from editor.mask.history import History
from editor.project.opening import left_behind
from editor.project.project import Kept, Round, StepKind
from editor.project.store import Store
from editor.project.stored import stored_facts
from editor.project.tables import STROKES_KEPT
from editor.storage import database as database_module
from tests.fakes.project import SIZE, Filled, Painted, add_picture, filled, random_rect, states


@contextmanager
def again(store: Store) -> Iterator[Store]:
    """The same project after a clean end."""
    path = store.path
    store.close()
    found = Store.open(path)
    yield found
    found.close()


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store.create()
    yield store
    if store._lock.held:
        store.close()


def assert_as_filled(store: Store, was: Filled) -> None:
    project = store.opened.project
    assert [slot.id for slot in project.slots] == list(was.pictures)
    for slot in project.slots:
        assert store.read(slot.digest) == was.pictures[slot.id]
    mask = store.mask("slot 0", SIZE)
    history = History(mask.plane, mask.undo, mask.redo)
    assert len(mask.redo) == 1
    for found, expected in zip(states(mask.plane, history), was.painted.states(), strict=True):
        assert np.array_equal(found, expected)
    assert project.form == {"prompt": "a red jacket", "settings": {"quality": "low"}, "count": 4}
    assert project.rounds == (
        Round("round 1", "slot 0", "openai", "gpt-image-2", "a red jacket", made="2026"),
    )
    assert [(job.id, job.state) for job in project.jobs] == [("job 1", State.UNKNOWN)]
    first, second = project.variants
    assert (first.id, second.id) == ("v1", "v2")
    assert len(store.read(first.answer)) == 5000
    assert store.coverage(first, SIZE) is not None
    assert store.coverage(second, SIZE) is None
    (kept,) = project.kept("slot 1")
    assert kept == Kept("v1", "Keep v1", Rect(1, 2, 3, 4), kept.patch, {"feather": 2.5}, 9, 8)
    assert len(store.read(kept.patch)) == 3000
    assert project.recipes == {"v2": {"feather": 4}}
    kinds = [step.kind for step in project.timeline]
    assert kinds == [StepKind.STROKE] * 6 + [StepKind.KEEP]
    assert [step.done for step in project.timeline] == [True] * 5 + [False, True]
    assert not store.opened.losses
    assert not store.opened.notes


def test_everything_comes_back(store: Store) -> None:
    was = filled(store)
    with again(store) as found:
        assert_as_filled(found, was)


def test_everything_comes_back_from_another_place(store: Store, tmp_path: Path) -> None:
    was = filled(store)
    store.save_as(tmp_path / "mine.frisket").result(20)
    with again(store) as found:
        assert_as_filled(found, was)


def test_a_mask_comes_back_in_all_its_states(store: Store) -> None:
    chance = np.random.default_rng(1)
    add_picture(store, "a", b"picture a")
    painted = Painted("a")
    for number in range(30):
        painted.stroke(store, random_rect(chance), int(chance.integers(0, 256)))
        if number % 7 == 3:
            painted.undo(store)
            painted.undo(store)
            painted.redo(store)
    painted.undo(store)
    painted.undo(store)
    with again(store) as found:
        mask = found.mask("a", SIZE)
        history = History(mask.plane, mask.undo, mask.redo)
        assert np.array_equal(mask.plane.pixels, painted.plane.pixels)
        assert mask.plane.box == painted.plane.box
        assert len(history.redo_steps) == 2
        steps = [step.done for step in found.opened.project.timeline]
        assert steps == [True] * len(mask.undo) + [False] * 2
        for one, other in zip(states(mask.plane, history), painted.states(), strict=True):
            assert np.array_equal(one, other)


def test_masks_belong_to_their_pictures(store: Store) -> None:
    masks = []
    for name in ("a", "b"):
        add_picture(store, name, name.encode())
        masks.append(Painted(name))
        masks[-1].stroke(store, Rect(0, 0, 300, 20 + len(masks)))
    masks[0].stroke(store, Rect(5, 5, 9, 9), 0)
    masks[1].undo(store)
    with again(store) as found:
        for mask in masks:
            read = found.mask(mask.slot, SIZE)
            assert np.array_equal(read.plane.pixels, mask.plane.pixels)
        assert len(found.mask("a", SIZE).undo) == 2
        assert len(found.mask("b", SIZE).redo) == 1
        assert found.mask("nobody", SIZE).plane.is_empty


def test_the_last_strokes_survive_and_older_ones_are_final(store: Store) -> None:
    add_picture(store, "a", b"a")
    painted = Painted("a")
    for number in range(STROKES_KEPT + 5):
        painted.stroke(store, Rect(number, 0, number + 1, 1))
    for _ in range(STROKES_KEPT + 2):
        painted.undo(store)
    with again(store) as found:
        mask = found.mask("a", SIZE)
        assert np.array_equal(mask.plane.pixels, painted.plane.pixels)
        history = History(mask.plane, mask.undo, mask.redo)
        assert not history.can_undo
        assert len(mask.redo) == STROKES_KEPT + 2
        while history.can_redo:
            history.redo()
        while painted.history.can_redo:
            painted.history.redo()
        assert np.array_equal(mask.plane.pixels, painted.plane.pixels)


def test_only_so_many_strokes_are_kept(store: Store) -> None:
    add_picture(store, "a", b"a")
    painted = Painted("a")
    for number in range(STROKES_KEPT + 5):
        painted.stroke(store, Rect(number, 0, number + 1, 1))
    with again(store) as found:
        assert len(found.mask("a", SIZE).undo) == STROKES_KEPT


def test_the_form_is_the_last_of_many(store: Store) -> None:
    for length in range(50):
        store.form({"prompt": "x" * length})
    add_picture(store, "a", b"a")
    store.flush()
    store.form({"prompt": "the end"})
    with again(store) as found:
        assert found.opened.project.form == {"prompt": "the end"}


def test_jobs_move_and_go(store: Store) -> None:
    from tests.fakes.project import job

    add_picture(store, "a", b"a")
    for state in (State.WAITING, State.RUNNING, State.DONE):
        store.job(job("one", state), "a")
        store.job(job("two", state), "a")
    store.forget_job("two")
    with again(store) as found:
        assert [(job.id, job.state, job.slot) for job in found.opened.project.jobs] == [
            ("one", State.DONE, "a")
        ]


def test_a_rejected_variant_stays_and_is_marked(store: Store) -> None:
    filled(store)
    with again(store) as found:
        first = found.opened.project.variants[0]
        found.changed_variant(replace(first, rejected=True))
        with again(found) as third:
            assert [v.rejected for v in third.opened.project.variants] == [True, False]
            assert third.read(first.answer)


def test_kept_edits_are_taken_back_and_made_again(store: Store) -> None:
    add_picture(store, "a", b"a")
    for name in ("v1", "v2"):
        patch = store.keep(f"patch of {name}".encode())
        store.kept("a", Kept(name, name, Rect(0, 0, 1, 1), patch))
    store.moved(StepKind.KEEP, "a", done=False)
    store.moved(StepKind.KEEP, "a", done=False)
    store.moved(StepKind.KEEP, "a", done=True)
    with again(store) as found:
        assert [kept.variant for kept in found.opened.project.kept("a")] == ["v1"]
        undone = found.opened.project.timeline[-1]
        assert not undone.done
        assert undone.kept is not None
        assert found.read(undone.kept.patch) == b"patch of v2"


def test_nothing_moves_where_there_is_nothing(store: Store) -> None:
    add_picture(store, "a", b"a")
    store.moved(StepKind.KEEP, "a", done=False).result(20)
    with again(store) as found:
        assert found.opened.project.timeline == ()


def test_removed_pictures_stay_until_the_project_is_closed(store: Store) -> None:
    for name in ("a", "b", "c"):
        add_picture(store, name, f"picture {name}".encode())
    painted = Painted("b")
    painted.stroke(store, Rect(0, 0, 50, 50))
    slots = store._slots
    store.arrange([slots[2], slots[0]], step=True)
    store.moved(StepKind.SLOTS, "", done=False)
    store.arrange(slots)
    store.moved(StepKind.SLOTS, "", done=True)
    store.arrange([slots[2], slots[0]])
    store.flush()
    assert store.read(slots[1].digest) == b"picture b"
    crashed = Store.open(store.path)  # a copy, as after a kill
    assert crashed.opened.notes
    assert [slot.id for slot in crashed.opened.project.removed] == ["b"]
    (step,) = [s for s in crashed.opened.project.timeline if s.kind is StepKind.SLOTS]
    assert (step.before, step.after) == (("a", "b", "c"), ("c", "a"))
    assert len(crashed.mask("b", SIZE).undo) == 1
    with again(store) as found:
        assert [slot.id for slot in found.opened.project.slots] == ["c", "a"]
        assert found.opened.project.removed == ()
        assert found.opened.project.timeline == ()
        with pytest.raises(ProjectDamaged):
            found.read(slots[1].digest)
    with again(crashed) as copy:
        assert copy.opened.project.removed == ()


def test_slots_keep_what_they_say(store: Store) -> None:
    slot = add_picture(store, "a", b"a", origin="/pictures/a.png")
    store.arrange([replace(slot, name="renamed.png")])
    with again(store) as found:
        (kept,) = found.opened.project.slots
        assert kept == replace(slot, name="renamed.png", facts=stored_facts(slot.facts))


def test_what_was_kept_can_be_read_before_it_is_written(store: Store) -> None:
    held, let_go = threading.Event(), threading.Event()

    def wait(_: object) -> None:
        held.set()
        let_go.wait(20)

    store._writer.submit(wait, urgent=True)
    held.wait(20)
    digest = store.keep(b"not yet written")
    assert store.read(digest) == b"not yet written"
    let_go.set()
    store.flush()
    assert store.read(digest) == b"not yet written"
    assert not store._pending


def test_strokes_overtake_pictures(store: Store) -> None:
    add_picture(store, "a", b"a")
    store.flush()
    order: list[str] = []
    painted = Painted("a")
    digest = store.keep(bytes(12 * 2**20))
    large = store._writer.submit(lambda database: None)
    large.add_done_callback(lambda _: order.append("picture"))
    stroke = painted.stroke(store, Rect(0, 0, 9, 9))
    stroke.add_done_callback(lambda _: order.append("stroke"))
    large.result(20)
    assert order == ["stroke", "picture"]
    assert len(store.read(digest)) == 12 * 2**20


# Save As


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
        edit = painted.plane.edit()
        noise = edit.region(Rect(0, 0, 256, 256))
        noise[:] = chance.integers(0, 256, noise.shape)
        patch = edit.commit()
        painted.history.push(patch)
        tickets.append(store.stroke("a", patch, painted.plane.current(patch)))
    assert event.wait(20)
    assert "disk is full" in str(told[0])
    assert not tickets[-1].done
    store._writer.submit(lambda database: database.execute("PRAGMA max_page_count=100000"))
    for ticket in tickets:
        ticket.result(20)
    with again(store) as found:
        assert np.array_equal(found.mask("a", SIZE).plane.pixels, painted.plane.pixels)
    assert told[1:] == [None]

"""A project comes back as it was, whatever happened in it and however it ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from editor.edits.job import State
from editor.errors import ProjectDamaged
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.mask.history import History
from editor.project.project import Move, Round, StepKind
from editor.project.store import Store
from editor.project.stored import stored_facts
from editor.project.tables import STROKES_KEPT
from tests.fakes.project import (
    SIZE,
    Filled,
    Painted,
    add_picture,
    filled,
    job,
    keep,
    random_rect,
    states,
    variant,
)
from tests.fakes.reopening import again


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store.create()
    yield store
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
    assert (kept.variant, kept.title, kept.rect) == ("v1", "Keep v1", Rect(1, 2, 3, 4))
    assert (kept.recipe, kept.protected, kept.changed) == ({"feather": 2.5}, 9, 8)
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
    add_picture(store, "a", b"a")
    for state in (State.WAITING, State.RUNNING, State.DONE):
        store.job(job("one", state), "a")
        store.job(job("two", state), "a")
    store.forget_job("two")
    with again(store) as found:
        assert [(job.id, job.state, job.slot) for job in found.opened.project.jobs] == [
            ("one", State.DONE, "a")
        ]


def test_what_a_job_was_sent_for_is_known_until_its_variant_is_there(store: Store) -> None:
    add_picture(store, "a", b"a")
    coverage = np.zeros((SIZE.height, SIZE.width), np.uint8)
    coverage[10:90, 20:99] = 200
    placement = Placement(Rect(0, 0, 300, 300), Size(1024, 1024))
    running = job("one", State.RUNNING)
    request = replace(running.request, coverage=coverage, base="base", settings={"count": 1})
    for id in ("one", "two", "three"):
        store.asked(replace(running, id=id, request=request), "a", placement)
    store.variant(replace(variant("v", "a", coverage), job="one"), "a", b"answer")
    store.forget_job("two")
    with again(store) as found:
        (asked,) = found.opened.project.asked.values()
        assert (asked.id, asked.job, asked.slot, asked.answer) == ("three", "three", "a", "")
        assert (asked.placement, asked.base, asked.requested) == (placement, "base", {"count": 1})
        mask = found.coverage(asked, SIZE)
        assert mask is not None
        assert np.array_equal(mask, coverage)
        assert len(found.opened.project.variants) == 1


def test_what_the_person_thinks_of_a_variant_is_kept_with_it(store: Store) -> None:
    filled(store)
    with again(store) as found:
        first = found.opened.project.variants[0]
        found.choose(first.id, starred=True, rejected=True, anyway="base")
        found.choose("nobody", starred=True, rejected=True, anyway="")
        with again(found) as third:
            thought = [(v.starred, v.rejected, v.anyway) for v in third.opened.project.variants]
            assert thought == [(True, True, "base"), (False, False, "")]
            assert third.read(first.answer)


def test_kept_edits_are_taken_back_and_made_again(store: Store) -> None:
    add_picture(store, "a", b"a")
    first = keep(store, "a", "v1", b"patch of v1")
    second = keep(store, "a", "v2", b"patch of v2", first)
    store.moved(StepKind.KEEP, "a", done=False)
    store.moved(StepKind.KEEP, "a", done=False)
    store.moved(StepKind.KEEP, "a", done=True)
    with again(store) as found:
        assert [kept.variant for kept in found.opened.project.kept("a")] == ["v1"]
        undone = found.opened.project.timeline[-1]
        assert not undone.done
        assert undone.move == Move(first.id, second.id)
        assert found.read(found.opened.project.edits[second.id].patch) == b"patch of v2"


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


def test_what_was_kept_can_be_read_before_it_is_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()
    store._writer.submit(lambda _: let_go.wait(20), urgent=True)
    digest = store.keep(b"not yet written")
    with monkeypatch.context() as patched:
        patched.setattr(store, "_writer", None)
        assert store.read(digest) == b"not yet written"
    let_go.set()
    store.flush()
    assert not store._pending
    assert store.read(digest) == b"not yet written"


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

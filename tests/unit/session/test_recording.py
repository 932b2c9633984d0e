"""Whatever happens is in the project file, and nothing that was only looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from editor.edits.job import State
from editor.project.project import Project, Role, StepKind
from editor.project.store import Store
from editor.session.recording import slot_of
from editor.session.session import Session
from tests.fakes.acting import Play
from tests.fakes.answering import ANSWER, arrive, begun, joined
from tests.fakes.living import Live, answered, idle, offered, opened, paint, scene, until, wish
from tests.fakes.provider import Provider


def left(live: Live) -> Project:
    """What the project file holds now."""
    assert live.path is not None
    store = Store.open(live.path)
    store.close()
    return store.opened.project


def test_pictures_are_stored_with_their_order_roles_and_origins(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "abc"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        await session.document.take(paths[0].read_bytes(), "pasted")
        session.document.use_as_references([session.document.pictures[1].slot], reference=False)
        session.document.move(session.document.pictures[2].slot, 0)

    live.run(script)
    slots = left(live).slots
    assert [(slot.name, slot.role, slot.origin) for slot in slots] == [
        ("c.png", Role.TARGET, str(paths[2])),
        ("a.png", Role.REFERENCE, str(paths[0])),
        ("b.png", Role.TARGET, str(paths[1])),
        ("pasted", Role.REFERENCE, ""),
    ]


def test_the_picture_that_was_turned_to_is_the_target_again(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        session.document.turn(1)

    live.run(script)
    assert [slot.name for slot in left(live).slots] == ["b.png", "a.png"]


def test_the_mask_is_stored_as_it_is_undone_and_made_again(live: Live, photo: Path) -> None:
    masks: list[np.ndarray] = []

    async def script(session: Session) -> None:
        await opened(session, photo)
        for x in (100, 200, 300):
            paint(session, x)
        session.undo()
        session.undo()
        session.redo()
        masks.append(session.painting.plane.snapshot())
        slot = session.painting.slot
        stored = session.store.mask(slot, session.painting.plane.size)
        assert (len(stored.undo), len(stored.redo)) == (2, 1)
        assert np.array_equal(stored.plane.pixels, masks[0])

    live.run(script)


def test_the_form_is_stored_when_the_person_changes_it(live: Live, photo: Path) -> None:
    written: list[object] = []

    async def script(session: Session) -> None:
        await opened(session, photo)
        real = session.store.form
        session.store.form = lambda values: (written.append(values), real(values))
        session.form.set_prompt("a red kite")
        session.sending.judge()
        session.form.judge((), 1.0, 1)

    live.run(script)
    assert len(written) == 1
    assert left(live).form["prompt"] == "a red kite"


def test_kept_edits_are_stored_with_whether_they_are_done(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        for name, x in (("v1", 100), ("v2", 380)):
            paint(session, x)
            await session.finishing.keep(await offered(session, name, 90), f"Keep {name}")
        session.undo()
        session.undo()
        await until(session.finishing.kept, lambda: len(session.document.target.kept) == 1)

    live.run(script)
    project = left(live)
    keeps = [step for step in project.timeline if step.kind is StepKind.KEEP]
    assert [(project.edits[step.move.after].title, step.done) for step in keeps] == [
        ("Keep v1", True),
        ("Keep v2", False),
    ]
    assert [kept.variant for kept in project.kept(project.slots[0].id)] == ["v1"]


def test_a_round_is_stored_before_it_is_sent(live: Live, photo: Path, paid: Provider) -> None:
    paid.always(Play(refuse="moderation"))

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session, count=2)
        await session.send()
        await idle(session)

    live.run(script)
    project = left(live)
    (round,) = project.rounds
    assert (round.provider, round.model, round.prompt) == ("openai", "gpt-image-2", "a red kite")
    assert (round.count, round.frame, round.slot) == (2, "tight", project.slots[0].id)
    assert dict(round.settings) == {"quality": "low"}
    assert [(job.state, job.round) for job in project.jobs] == [(State.FAILED, round.id)] * 2
    assert all(job.template for job in project.jobs)
    wanted = [project.asked[job.id] for job in project.jobs]
    assert {(one.round, one.slot, one.model) for one in wanted} == {
        (round.id, round.slot, "gpt-image-2")
    }
    assert all(one.coverage and not one.placement.window.empty for one in wanted)


def test_requests_that_wait_are_not_forgotten(live: Live, photo: Path, paid: Provider) -> None:
    """The program ends before any of them has left."""

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session, count=3)
        session.jobs.run = lambda *values: None
        await session.send()

    async def look(session: Session) -> None:
        await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))
        jobs = [session.jobs.job(entry.job) for entry in session.gallery.state.entries]
        assert [job.state for job in jobs] == [State.FAILED] * 3
        assert "nothing was charged" in str(jobs[0].problem)

    live.run(script)
    live.run(look, live.path)
    assert paid.log == []


def test_an_answer_is_stored_with_its_mask_and_its_price(
    live: Live, photo: Path, paid: Provider
) -> None:
    masks: list[np.ndarray] = []

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        masks.append(session.painting.plane.snapshot())
        wish(session)
        await answered(session)

    async def look(session: Session) -> None:
        await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))
        variant = session.gallery.state.entries[0].variant
        assert variant is not None
        assert np.array_equal(variant.coverage, masks[0])
        assert variant.price > 0
        assert variant.model == "gpt-image-2"
        assert dict(variant.requested) == {"quality": "low"}

    live.run(script)
    live.run(look, live.path)


def test_what_was_thrown_away_does_not_come_back(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "kept", 90)
        await offered(session, "elsewhere", 90)
        answer, failed = begun(session)
        arrive(session, answer, ANSWER)
        await joined(session, answer.id)
        session.jobs.stop(failed.id)
        for id in ("elsewhere", answer.id, failed.id):
            session.gallery.remove(id)

    async def look(session: Session) -> None:
        await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))
        assert [entry.id for entry in session.gallery.state.entries] == ["kept"]

    live.run(script)
    live.run(look, live.path)
    assert left(live).jobs == ()


def test_events_of_unknown_rounds_and_pictures_are_not_stored(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        (job,) = begun(session, count=1)
        session.jobs.stop(job.id)
        (other,) = session.jobs.announce("nobody's round", (job.request,))
        session.jobs.stop(other.id)
        slot = session.painting.slot
        patch = session.painting.mask_of(slot).history.undo_steps[-1]
        session.painting.sealed.emit("nobody", patch)
        session.painting.moved.emit("nobody", patch, True)

    live.run(script)
    assert [job.round for job in left(live).jobs] == ["round"]


def test_a_picture_that_waits_for_its_turn_is_a_target_too(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        held = session.document.pictures[0]
        assert slot_of(held, first=True).role is Role.TARGET
        assert slot_of(held, first=False).role is Role.REFERENCE

    live.run(script)

"""What a crash left open is shown as it stands: unknown, not sent, or finished from disk."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from editor.edits.job import State
from editor.engine.ledger import Ledger
from editor.engine.note import Asked
from editor.engine.note import State as NoteState
from editor.errors import NotSent, OutcomeUnknown, ProjectDamaged, ProviderRefused
from editor.project.project import Move, Round, Step, StepKind, StoredJob
from editor.project.store import Store
from editor.session.loop import finish
from editor.session.restoring import cleared_by
from editor.session.session import Session
from tests.fakes.acting import Play
from tests.fakes.answering import begun, framed
from tests.fakes.living import (
    Live,
    answered,
    idle,
    offered,
    opened,
    paint,
    ready,
    scene,
    until,
    wish,
)
from tests.fakes.provider import Provider


async def shown(session: Session) -> None:
    await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))


def left(session: Session, id: str) -> None:
    """Leave a job in the project as a kill would."""
    slot = session.document.pictures[0].slot
    session.store.round(Round("round", slot, "openai", "gpt-image-2"))
    job = StoredJob(id, "round", slot, State.RUNNING)
    session.store._write(lambda tables: tables.put("job", id, job))


@pytest.mark.parametrize(
    ("sent", "state"), [(True, State.UNKNOWN), (False, State.FAILED)], ids=["sent", "not sent"]
)
def test_a_job_is_unknown_only_when_it_had_left(
    live: Live, tmp_path: Path, sent: bool, state: State
) -> None:
    path = scene(tmp_path / "photo.png")
    ledger = Ledger()
    entry = ledger.open(Asked("job", "openai", "gpt-image-2", "127.0.0.1", "digest"))
    entry.sending(100)
    if sent:
        entry.sent()
    ledger.close()

    async def work(session: Session) -> None:
        await opened(session, path)
        left(session, "job")

    async def look(session: Session) -> None:
        await shown(session)
        job = session.jobs.job("job")
        assert job is not None
        assert job.state is state
        assert ("may have been charged" in str(job.problem)) is sent
        assert type(job.problem) is (OutcomeUnknown if sent else NotSent)
        await finish()
        assert [note.told for note in session.ledger.notes()] == [sent]

    live.run(work)
    live.run(look, live.path)


def test_an_answer_that_was_whole_on_the_disk_is_finished(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "photo.png")
    answer = base64.b64encode(scene(tmp_path / "answer.png").read_bytes()).decode()
    ledger = Ledger()
    entry = ledger.open(Asked("job", "openai", "gpt-image-2", "127.0.0.1", "digest"))
    entry.sending(100)
    entry.sent()
    entry.spool.write(json.dumps({"data": [{"b64_json": answer}]}).encode())
    entry.spool.sync()
    entry.received()
    entry.spool.close()
    ledger.close()

    async def work(session: Session) -> None:
        await opened(session, path)
        session.painting.begin(240, 160)
        session.painting.end()
        left(session, "job")

    async def look(session: Session) -> None:
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
        assert [entry.job for entry in session.gallery.state.entries] == [""]
        assert not [n for n in session.ledger.notes() if n.state.value == "received"]

    live.run(work)
    live.run(look, live.path)


def test_a_late_answer_goes_to_its_tile_with_its_mask(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "photo.png")
    answer = base64.b64encode(scene(tmp_path / "answer.png").read_bytes()).decode()
    left: dict[str, object] = {}

    async def work(session: Session) -> None:
        await opened(session, path, scene(tmp_path / "other.png"))
        paint(session)
        first, second = begun(session)
        for job in (first, second):
            placement = framed(session, job).placement
            session.store.job(job, session.painting.slot)
            session.store.asked(job, session.painting.slot, placement)
        left.update(job=second, mask=session.painting.plane.snapshot(), placement=placement)
        entry = session.ledger.open(Asked(second.id, "openai", "gpt-image-2", "", "digest"))
        entry.sending(100)
        entry.sent()
        entry.spool.write(json.dumps({"data": [{"b64_json": answer}]}).encode())
        entry.spool.sync()
        entry.received()
        entry.spool.close()
        session.painting.clear()
        session.document.turn(1)

    async def look(session: Session) -> None:
        await ready(session)
        job = left["job"]
        await until(session.gallery.added, lambda: session.gallery.find(job.id).variant)
        session.document.turn(1)
        await until(session.gallery.changed, lambda: session.gallery.find(job.id).joined)
        one, two = session.gallery.state.entries
        assert (one.variant, two.id, two.round) == (None, job.id, job.round)
        assert np.array_equal(two.variant.coverage, left["mask"])
        assert two.variant.placement == left["placement"]
        assert (two.variant.provider, two.variant.base) == ("openai", job.request.base)
        assert session.jobs.job(job.id).state is State.DONE

    async def again(session: Session) -> None:
        await ready(session)
        assert not [n for n in session.ledger.notes() if n.state.value == "received"]
        assert session.gallery.find(left["job"].id).variant is not None
        assert session.store.opened.project.asked.keys() == {
            entry.job for entry in session.gallery.state.entries if entry.variant is None
        }

    live.run(work)
    live.run(look, live.path)
    live.run(again, live.path)


def lost(monkeypatch: pytest.MonkeyPatch, digest: str) -> None:
    """Damage one blob of every project."""
    real = Store.read

    def read(store: Store, wanted: str) -> bytes:
        if wanted == digest:
            raise ProjectDamaged("A picture of the project is damaged.")
        return real(store, wanted)

    monkeypatch.setattr(Store, "read", read)


def test_what_is_damaged_is_told_and_the_rest_is_there(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [scene(tmp_path / f"{name}.png", spot=name == "a") for name in "ab"]
    digests: list[str] = []

    async def work(session: Session) -> None:
        await opened(session, *paths)
        digests.extend(held.digest for held in session.document.pictures)

    async def look(session: Session) -> None:
        assert [held.name for held in session.document.pictures] == ["b.png"]
        await ready(session)

    live.run(work)
    lost(monkeypatch, digests[0])
    live.run(look, live.path)
    assert [notice.mood for notice in live.told] == ["error"]


def test_an_answer_that_is_damaged_is_told_and_the_others_are_there(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scene(tmp_path / "photo.png")

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        for id, colour in (("v1", 90), ("v2", 91)):
            await offered(session, id, colour)
        session.store.flush()

    async def look(session: Session) -> None:
        assert [entry.id for entry in session.gallery.state.entries] == ["v2"]

    live.run(work)
    assert live.path is not None
    store = Store.open(live.path)
    store.close()
    lost(monkeypatch, store.opened.project.variants[0].answer)
    live.run(look, live.path)
    assert [notice.mood for notice in live.told] == ["error"]


def test_kept_edits_are_shown_and_proven_as_before(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "photo.png")
    before: dict[str, object] = {}

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        session.gallery.show(1)
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        session.gallery.leave()
        before["proof"] = session.protection()
        before["base"] = session.document.base.pixels
        before["shown"] = session.document.target.shown.pixels

    async def look(session: Session) -> None:
        await ready(session)
        assert session.protection() == before["proof"]
        assert np.array_equal(session.document.base.pixels, before["base"])
        shown = session.document.target.shown
        assert shown is not None
        assert np.array_equal(shown.pixels, before["shown"])
        assert not session.gallery.state.entries[0].stale

    live.run(work)
    live.run(look, live.path)


def test_how_jobs_ended_is_shown_and_what_was_stopped_is_not(
    live: Live, tmp_path: Path, paid: Provider
) -> None:
    path = scene(tmp_path / "photo.png")
    paid.always(Play(refuse="moderation"))
    reasons: list[str] = []

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        wish(session)
        await session.send()
        await idle(session)
        reasons.append(str(session.jobs.job(session.gallery.state.entries[0].job).problem))
        session.form.set_count(2)
        session.gallery.begun.connect(session.jobs.stop_all)
        await session.send()

    async def look(session: Session) -> None:
        await shown(session)
        (entry,) = session.gallery.state.entries
        job = session.jobs.job(entry.job)
        assert job is not None
        assert (job.state, str(job.problem)) == (State.FAILED, reasons[0])
        assert isinstance(job.problem, ProviderRefused)

    live.run(work)
    live.run(look, live.path)


def test_the_ledger_knows_that_an_answer_is_in_the_project(
    live: Live, tmp_path: Path, paid: Provider
) -> None:
    path = scene(tmp_path / "photo.png")

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        wish(session)
        await answered(session)

    async def look(session: Session) -> None:
        await shown(session)
        assert {note.state for note in session.ledger.notes()} == {NoteState.STORED}
        assert len(session.gallery.state.entries) == 1

    live.run(work)
    live.run(look, live.path)


def test_a_stroke_belongs_to_a_kept_edit_as_far_as_both_are_done_or_undone() -> None:
    def stroke(number: int, *, done: bool = True, slot: str = "a") -> Step:
        return Step(number, StepKind.STROKE, slot, done)

    def keep(number: int, *, done: bool = True, cleared: bool = True) -> Step:
        return Step(number, StepKind.KEEP, "a", done, Move("", "k", cleared=cleared))

    assert cleared_by([stroke(1), stroke(2), keep(3)]) == {2}
    assert cleared_by([stroke(1), stroke(2, done=False), keep(3, done=False)]) == {2}
    assert cleared_by([stroke(2, done=False), keep(3)]) == set()
    assert cleared_by([stroke(2), keep(3, cleared=False)]) == set()
    assert cleared_by([stroke(2, slot="b"), keep(3), stroke(4), keep(6)]) == set()

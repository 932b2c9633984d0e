"""The answers of each picture: which is current, and which is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from editor.session.gallery import Gallery
from editor.session.session import Session
from tests.fakes.answering import arrive, begun, joined
from tests.fakes.living import Live, based, offered, opened, paint, scene, until


def seen(gallery: Gallery) -> tuple[int | None, int]:
    return gallery.state.shown, gallery.state.current


def test_a_round_has_its_tiles_first_and_the_first_is_current(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        rounds: list[int] = []
        session.gallery.begun.connect(lambda: rounds.append(len(session.gallery.state.entries)))
        await opened(session, photo)
        paint(session)
        await offered(session, "old", 90)
        assert seen(session.gallery) == (1, 1)
        jobs = begun(session, "new", 2)
        state = session.gallery.state
        assert [entry.id for entry in state.entries] == [jobs[0].id, jobs[1].id, "old"]
        assert (seen(session.gallery), rounds, state.entry) == ((None, 1), [3], None)
        assert session.gallery.slot_of("new") == session.painting.slot
        assert session.gallery.slot_of("nobody") == ""

    live.run(script)


def test_digits_show_what_has_arrived_and_mark_what_has_not(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        gallery = session.gallery
        await offered(session, "v1", 90)
        begun(session, count=1)
        for number, expected in ((2, (2, 2)), (1, (2, 1)), (0, (0, 0)), (3, (0, 0)), (1, (0, 1))):
            gallery.show(number)
            assert seen(gallery) == expected
        assert gallery.state.entry is None
        for by, expected in ((1, (2, 2)), (1, (2, 2)), (-1, (2, 1)), (-1, (0, 0)), (-1, (0, 0))):
            gallery.step(by)
            assert seen(gallery) == expected
        gallery.leave()
        assert gallery.state.shown is None

    live.run(script)


def test_a_tile_is_taken_away_for_good(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        gone: list[str] = []
        session.gallery.removed.connect(lambda entry: gone.append(entry.id))
        for id in ("v1", "v2"):
            await offered(session, id, 90)
        session.gallery.show(2)
        session.gallery.remove("v1")
        assert [entry.id for entry in session.gallery.state.entries] == ["v2"]
        assert seen(session.gallery) == (None, 1)
        session.gallery.remove("v1")
        assert (gone, session.gallery.find("v1")) == (["v1"], None)

    live.run(script)


def test_each_picture_has_its_own_answers(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        paint(session)
        await offered(session, "v1", 90)
        first = session.painting.slot
        session.document.turn(1)
        assert session.gallery.state.entries == ()
        assert session.gallery.find("v1") is not None
        await based(session)
        await until(session.painting.turned, lambda: session.painting.slot != first)
        session.document.turn(1)
        assert [entry.id for entry in session.gallery.state.entries] == ["v1"]
        assert seen(session.gallery) == (None, 1)

    live.run(script)


def test_an_answer_for_a_picture_that_was_left_waits_there(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        paint(session)
        (job,) = begun(session, count=1)
        session.document.turn(1)
        added: list[str] = []
        session.gallery.added.connect(lambda entry, data: added.append(entry.id))
        arrive(session, job)
        await until(session.gallery.added, lambda: bool(added))
        entry = session.gallery.find(job.id)
        assert entry is not None
        assert (session.gallery.state.entries, entry.joined) == ((), None)
        session.document.turn(1)
        await joined(session, job.id)
        assert session.gallery.state.entries[0].variant is entry.variant

    live.run(script)


def test_an_arriving_answer_takes_the_stage_unless_the_person_is_busy(
    live: Live, photo: Path
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        gallery = session.gallery
        first, second = begun(session)
        arrive(session, second)
        await joined(session, second.id)
        assert seen(gallery) == (None, 1)
        gallery.busy = lambda: True
        arrive(session, first)
        await joined(session, first.id)
        assert seen(gallery) == (None, 1)
        gallery.busy = lambda: False
        (third,) = begun(session, "next", 1)
        arrive(session, third)
        await joined(session, third.id)
        assert seen(gallery) == (1, 1)

    live.run(script)


def test_a_restored_picture_has_its_answers_and_nothing_on_the_stage(
    live: Live, photo: Path
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        entry = await offered(session, "v1", 90)
        slot = session.painting.slot
        session.gallery.restore(slot, (replace(entry, id="v2", round="other"), entry))
        assert [known.id for known in session.gallery.state.entries] == ["v2", "v1"]
        assert seen(session.gallery) == (None, 1)
        assert session.gallery.slot_of("other") == slot

    live.run(script)

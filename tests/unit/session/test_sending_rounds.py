"""Rounds over the network: sent as the form and the mask were, stopped, refused, unknown."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from editor.compose.recipes.recipe_folder import read_recipe
from editor.edits.job import State
from editor.session.session import Session
from tests.fakes.acting import Play
from tests.fakes.living import Live, answered, based, idle, opened, paint, scene, until, wish
from tests.fakes.provider import Provider


async def ended(session: Session) -> list[State]:
    """States of the newest round when all its jobs have ended."""
    round = session.gallery.state.entries[0].round
    await idle(session)
    return [job.state for job in session.jobs.of_round(round)]


def jobs(session: Session) -> list:
    return list(session.jobs.of_round(session.gallery.state.entries[0].round))


def test_four_variants_are_four_requests_with_their_own_prices(
    live: Live, photo: Path, paid: Provider
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session, count=4)
        await answered(session, 4)
        assert await ended(session) == [State.DONE] * 4
        assert session.gallery.state.shown == 1
        variants = [entry.variant for entry in session.gallery.state.entries]
        assert [variant.provider for variant in variants] == ["openai"] * 4
        assert all(variant.price > 0 and variant.seconds > 0 for variant in variants)
        assert len({variant.raster.pixels.tobytes() for variant in variants}) == 4
        assert all(entry.proof[0] == 0 for entry in session.gallery.state.entries)
        assert [entry.job for entry in session.gallery.state.entries] == [
            job.id for job in session.jobs.of_round(session.gallery.state.entries[0].round)
        ]

    live.run(script)
    assert [seen.charged for seen in paid.log] == [True] * 4
    assert {seen.texts.get("n", "1") for seen in paid.log} == {"1"}


def test_only_pictures_marked_as_references_are_sent(
    live: Live, tmp_path: Path, paid: Provider
) -> None:
    paths = [scene(tmp_path / f"{name}.png", spot=name == "b") for name in "abc"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        paint(session)
        wish(session)
        last = session.document.pictures[2].slot
        for reference in (True, False):
            session.document.use_as_references([last], reference=reference)
            await answered(session)

    live.run(script)
    pictures = [[name for name, *_ in seen.files if name != "mask"] for seen in paid.log]
    assert [len(names) for names in pictures] == [3, 2]


def test_each_picture_is_sent_with_its_own_mask(live: Live, tmp_path: Path, paid: Provider) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        first = session.painting.slot
        paint(session, 100, 100)
        session.document.turn(1)
        await until(session.painting.turned, lambda: session.painting.slot != first)
        await based(session)
        paint(session, 380, 220)
        wish(session)
        masks = {}
        for _ in range(2):
            slot = session.painting.slot
            await answered(session)
            variant = session.gallery.state.entries[0].variant
            masks[slot] = variant.coverage
            assert np.array_equal(masks[slot], session.painting.plane.pixels)
            session.document.turn(1)
            await until(session.painting.turned, lambda slot=slot: session.painting.slot != slot)
            await based(session)
        (second,) = masks.keys() - {first}
        painted = [[bool(masks[slot][at]) for at in ((100, 100), (220, 380))] for slot in masks]
        assert list(masks) == [second, first]
        assert painted == [[False, True], [True, False]]

    live.run(script)


def test_painting_goes_on_while_an_answer_is_awaited(
    live: Live, photo: Path, paid: Provider
) -> None:
    paid.play(Play(hold="head"))

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session, 100, 100)
        asked = session.painting.plane.snapshot()
        wish(session)
        await session.send()
        await until(session.jobs.changed, lambda: all(j.sent for j in jobs(session)))
        paint(session, 380, 220)
        session.gallery.busy = lambda: session.painting.painting
        paid.release()
        assert await ended(session) == [State.DONE]
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
        assert np.array_equal(session.gallery.state.entry.variant.coverage, asked)

    live.run(script)


@pytest.mark.parametrize(
    ("refuse", "state", "words"),
    [("moderation", State.FAILED, ""), ("server", State.UNKNOWN, "may have been charged")],
)
def test_a_round_without_answers_ends_in_one_sentence_each(
    live: Live, photo: Path, paid: Provider, refuse: str, state: State, words: str
) -> None:
    paid.always(Play(refuse=refuse))

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session, count=2)
        await session.send()
        assert await ended(session) == [state] * 2
        for job in jobs(session):
            assert 0 < len(str(job.problem)) <= 160
            assert words in str(job.problem)
        assert session.gallery.state.shown is None
        assert all(entry.variant is None for entry in session.gallery.state.entries)

    live.run(script)


def test_one_is_stopped_and_all_are_stopped(live: Live, photo: Path, paid: Provider) -> None:
    """What has left is unknown, because it may be charged; it is never sent again by itself."""
    paid.always(Play(hold="head"))

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session, count=3)
        await session.send()
        await until(session.jobs.changed, lambda: all(job.sent for job in jobs(session)))
        await asyncio.to_thread(paid.wait_until, lambda log: len(log) == 3)
        session.jobs.abort(jobs(session)[1].id)
        await until(session.jobs.changed, lambda: session.jobs.running == 2)
        assert [job.state for job in jobs(session)] == [
            State.RUNNING,
            State.UNKNOWN,
            State.RUNNING,
        ]
        assert "You closed the connection" in str(jobs(session)[1].problem)
        session.jobs.stop_all()
        assert session.jobs.running == 0
        paid.release()
        await until(session.jobs.changed, lambda: all(job.state.ended for job in jobs(session)))
        states = [job.state for job in jobs(session)]
        assert states == [State.DONE, State.UNKNOWN, State.DONE]

    live.run(script)
    assert len(paid.log) == 3


def test_previews_come_before_the_answer(live: Live, photo: Path, paid: Provider) -> None:
    paid.play(Play(hold="end"))

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session)
        session.form.set_preset("final")
        await session.send()

        def previewed() -> bool:
            return session.gallery.state.entries[0].tile is not None

        await until(session.gallery.changed, previewed)
        assert session.gallery.state.entries[0].variant is None
        paid.release()
        assert await ended(session) == [State.DONE]

    live.run(script)
    assert paid.log[0].texts["partial_images"] == "2"


def test_a_missing_key_fails_the_round_and_sends_nothing(
    live: Live, photo: Path, paid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FRISKET_KEY_OPENAI")

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session, count=2)
        await session.send()
        assert await ended(session) == [State.FAILED] * 2
        assert "FRISKET_KEY_OPENAI" in str(jobs(session)[0].problem)

    live.run(script)
    assert paid.log == []
    assert not live.told


def test_closing_lets_go_of_what_runs_and_the_next_start_says_so(
    live: Live, photo: Path, paid: Provider
) -> None:
    paid.play(Play(hold="head"))

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session)
        await session.send()
        await until(session.jobs.changed, lambda: jobs(session)[0].sent)
        await asyncio.to_thread(paid.wait_until, lambda log: len(log) == 1)

    async def look(session: Session) -> None:
        await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))
        entry = session.gallery.state.entries[0]
        job = session.jobs.job(entry.job)
        assert job is not None
        assert (job.state, entry.variant) == (State.UNKNOWN, None)
        assert "may be charged" in str(job.problem) or "have been charged" in str(job.problem)

    live.run(script)
    live.run(look, live.path)
    assert len(paid.log) == 1


def test_a_round_that_is_taken_back_before_it_is_ready_is_not_sent(
    live: Live, photo: Path, paid: Provider
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session, count=2)
        session.gallery.begun.connect(session.jobs.stop_all)
        await session.send()
        assert await ended(session) == [State.CANCELLED] * 2

    live.run(script)
    assert paid.log == []


def test_a_sentence_that_keeps_the_rest_is_sent_kept_and_sent_again(
    live: Live, tmp_path: Path, paid: Provider
) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "abc"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        paint(session)
        wish(session, "the hat of @2")
        session.form.set_plea(on=True)
        session.form.set_plea_words("Keep her face.")
        await answered(session)
        session.form.set_plea(on=False)
        (entry,) = session.gallery.state.entries
        await session.choosing.redo(entry.id)
        await until(session.jobs.changed, lambda: session.jobs.running == 0)
        round = session.rounds.of(entry.round)
        assert (round.prompt, round.plea) == ("the hat of @2", "Keep her face.")
        assert session.chronicle.rows(session.painting.slot)[-1].plea == "Keep her face."
        session.gallery.show(2)
        await session.exporting.export(tmp_path / "done.png")

    async def again(session: Session) -> None:
        entry = session.gallery.state.entries[0]
        assert session.rounds.of(entry.round).plea == "Keep her face."

    live.run(script)
    said = [seen.texts["prompt"] for seen in paid.log]
    assert said == ["the hat of image 3\nKeep her face."] * 2
    (step,) = read_recipe(tmp_path / "done.json").steps
    assert step.asked.prompt == "the hat of @2\nKeep her face."
    live.run(again, live.path)

"""Asking again for what was asked: the same wish, the picture as it is now."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from editor.edits.job import State
from editor.session.session import Session
from tests.fakes.acting import Play
from tests.fakes.living import Live, answered, idle, offered, opened, paint, until, wish
from tests.fakes.provider import Provider


async def asked(session: Session, *paths: Path) -> str:
    """Send a wish and hand back the id of its answer."""
    await opened(session, *paths)
    paint(session)
    wish(session)
    await answered(session)
    return session.gallery.state.entries[0].id


async def again(session: Session, id: str, *, final: bool = False) -> None:
    """Ask again and wait for the answer."""
    count = len(session.gallery.state.entries)
    await session.choosing.redo(id, final=final)
    entries = session.gallery.state.entries
    assert len(entries) == count + 1
    await until(
        session.gallery.changed, lambda: session.gallery.state.entries[0].joined is not None
    )


def test_the_same_wish_is_sent_on_the_picture_as_it_is_now(
    live: Live, photo: Path, paid: Provider
) -> None:
    async def script(session: Session) -> None:
        id = await asked(session, photo, photo)
        first = session.gallery.find(id)
        assert first is not None
        assert first.variant is not None
        session.gallery.show(1)
        await session.keep()
        session.form.set_prompt("something else")
        await again(session, id)
        second = session.gallery.state.entries[0].variant
        assert second is not None
        assert second.base == session.document.target.base_digest != first.variant.base
        assert np.array_equal(second.coverage, first.variant.coverage)
        assert second.round != first.variant.round
        assert session.choosing.prompt_of(second.id) == "a red kite"

    live.run(script)
    assert [seen.texts["prompt"] for seen in paid.log] == ["a red kite"] * 2
    assert [len(seen.files) for seen in paid.log] == [3, 3]


def test_final_is_a_new_picture_and_says_so(live: Live, photo: Path, paid: Provider) -> None:
    async def script(session: Session) -> None:
        id = await asked(session, photo)
        assert "again-final" in session.choosing.can(id)
        await again(session, id, final=True)
        assert "again-final" not in session.choosing.can(session.gallery.state.entries[0].id)
        round = session.rounds.of(session.gallery.state.entries[0].round)
        assert round is not None
        assert round.frame == "balanced"

    live.run(script)
    assert [seen.texts["quality"] for seen in paid.log] == ["low", "high"]
    (notice,) = live.told
    assert (notice.mood, notice.values) == ("info", {"label": "GPT Image 2"})


def test_what_failed_is_asked_for_again(live: Live, photo: Path, paid: Provider) -> None:
    paid.play(Play(refuse="moderation"))

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session)
        await session.send()
        await idle(session)
        id = session.gallery.state.entries[0].id
        assert session.choosing.can(id) == {"again", "copy-wish"}
        await again(session, id)

    async def look(session: Session) -> None:
        await until(session.gallery.changed, lambda: len(session.gallery.state.entries) == 2)
        failed = session.gallery.state.entries[1]
        job = session.jobs.job(failed.job)
        assert job is not None
        assert job.state is State.FAILED
        assert session.choosing.can(failed.id) == frozenset()
        assert session.choosing.model_of(failed) is None

    live.run(script)
    live.run(look, live.path)
    assert len(paid.log) == 2


def test_what_failed_is_asked_for_exactly_as_it_was(
    live: Live, photo: Path, paid: Provider
) -> None:
    """Not with today's form, mask or picture: those of the wish that brought nothing."""
    paid.play(Play(refuse="moderation"))

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session)
        await session.send()
        await idle(session)
        failed = session.gallery.state.entries[0]
        first = session.jobs.job(failed.job)
        paint(session, 60)
        session.form.set_prompt("a blue boat")
        session.form.set_model("openai", "gpt-image-1.5")
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        await again(session, failed.id)
        second = session.jobs.job(session.gallery.state.entries[0].job)
        assert first is not None
        assert second is not None
        assert second.request.source is first.request.source
        assert second.request.coverage is first.request.coverage
        for name in ("base", "prompt", "settings", "model", "frame", "window"):
            assert getattr(second.request, name) == getattr(first.request, name)

    live.run(script)
    assert paid.log[0].digest == paid.log[1].digest


def test_what_nobody_asked_for_cannot_be_asked_for_again(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        assert session.choosing.allowed() == frozenset()
        entry = await offered(session, "elsewhere", 90)
        assert session.choosing.allowed() == {"keep", "star", "reject"}
        for id in ("elsewhere", "nobody"):
            await session.choosing.redo(id)
            assert session.choosing.prompt_of(id) == ""
        assert session.choosing.can("nobody") == frozenset()
        assert session.choosing.model_of(entry) is None
        assert len(session.gallery.state.entries) == 1

    live.run(script)

"""A round as it is begun: written down first, each group sent for itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from editor.edits.job import Job, State
from editor.edits.request import EditRequest
from editor.imaging.geometry import Rect
from editor.project.project import Also
from editor.session.loop import spawn
from editor.session.rounds import Group, groups_of, judged
from editor.session.session import Session
from tests.fakes.living import Live, idle, opened, paint, until
from tests.fakes.provider import Provider


def group(session: Session, model: str, count: int = 1, provider: str = "openai") -> Group:
    """What is painted, asked of a model."""
    held, base, plane = session.document.target, session.document.base, session.painting.plane
    assert held is not None
    assert base is not None
    assert plane is not None
    coverage, known = plane.snapshot(), session.form.state.catalog.model("openai", model)
    request = EditRequest(
        base, coverage, "a kite", provider, model, settings=known.presets["draft"], base="base"
    )
    return Group(request, known, count)


async def ended(session: Session) -> tuple[Job, ...]:
    """The jobs of the newest round in their order, when all have ended."""
    await idle(session)
    return session.jobs.of_round(session.gallery.state.entries[0].round)


def test_a_round_of_several_models_is_one_round(live: Live, photo: Path, paid: Provider) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        groups = [group(session, "gpt-image-2", 2), group(session, "gpt-image-1.5")]
        await session.rounds.begin(session.painting.slot, groups, chosen=True)
        jobs = await ended(session)
        assert [job.state for job in jobs] == [State.DONE] * 3
        assert [job.request.model for job in jobs] == ["gpt-image-2"] * 2 + ["gpt-image-1.5"]
        assert [entry.job for entry in session.gallery.state.entries] == [job.id for job in jobs]
        round = session.rounds.of(jobs[0].round)
        assert round is not None
        assert (round.model, round.count, round.chosen, round.base) == (
            "gpt-image-2",
            2,
            True,
            "base",
        )
        settings = groups[1].request.settings
        assert round.also == (Also("openai", "gpt-image-1.5", settings),)

    live.run(script)
    assert sorted(seen.texts["model"] for seen in paid.log) == [
        "gpt-image-1.5",
        "gpt-image-2",
        "gpt-image-2",
    ]


def test_a_round_that_is_stopped_before_its_tiles_are_there_sends_nothing(
    live: Live, photo: Path, paid: Provider
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        asked = session.rounds.begin(session.painting.slot, [group(session, "gpt-image-2", 2)])
        begun = spawn(asked, "round")
        await until(session.jobs.changed, lambda: session.jobs.running == 2)
        assert session.gallery.state.entries == ()
        session.jobs.stop_all()
        await begun
        jobs = [session.jobs.job(entry.job) for entry in session.gallery.state.entries]
        assert [job and job.state for job in jobs] == [State.CANCELLED] * 2

    live.run(script)
    assert paid.log == []


def test_what_cannot_be_made_ready_fails_its_own_tiles_only(
    live: Live, photo: Path, paid: Provider
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        groups = [group(session, "gpt-image-2", provider="nobody"), group(session, "gpt-image-2")]
        await session.rounds.begin(session.painting.slot, groups)
        jobs = await ended(session)
        assert [job.state for job in jobs] == [State.FAILED, State.DONE]
        assert "no provider nobody" in str(jobs[0].problem)

    live.run(script)
    assert len(paid.log) == 1


def test_a_reference_that_is_lost_fails_the_round_and_sends_nothing(
    live: Live, photo: Path, paid: Provider
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo, photo)
        paint(session)
        lost = replace(session.document.pictures[1], digest="gone")
        await session.rounds.begin(
            session.painting.slot, [group(session, "gpt-image-2", 2)], [lost]
        )
        jobs = await ended(session)
        assert [job.state for job in jobs] == [State.FAILED] * 2
        round = session.rounds.of(jobs[0].round)
        assert round is not None
        assert round.references == (lost.slot,)

    live.run(script)
    assert paid.log == []


def test_rounds_are_known_after_a_restart(live: Live, photo: Path, paid: Provider) -> None:
    known: list[object] = []

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        groups = [group(session, "gpt-image-2"), group(session, "gpt-image-1.5")]
        await session.rounds.begin(session.painting.slot, groups)
        jobs = await ended(session)
        known.append(session.rounds.of(jobs[0].round))

    async def look(session: Session) -> None:
        await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))
        assert session.rounds.of(session.gallery.state.entries[0].round) == known[0]
        assert session.rounds.of("elsewhere") is None

    live.run(script)
    live.run(look, live.path)


def test_a_round_costs_what_all_its_models_cost(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        form = session.form
        form.set_model("openai", "gpt-image-2")
        form.set_prompt("a kite")
        form.set_value("output_format", "jpeg")
        session.sending.judge()
        alone = form.state.price
        form.set_count(2)
        form.set_also(("openai", "gpt-image-1.5"), on=True)
        session.sending.judge()
        assert form.state.price > 2 * alone > 0
        request = session.sending._request()
        assert request is not None
        first, other = groups_of(request, form.state)
        assert (first.count, other.count) == (2, 2)
        assert other.request.model == "gpt-image-1.5"
        assert dict(other.request.settings) == {
            **other.model.presets["draft"],
            "output_format": "jpeg",
        }
        unknown = replace(other, model=replace(other.model, prices=None))
        assert judged([first, unknown], Rect(0, 0, 9, 9))[1] is None
        form.set_provider("offline")
        assert len(groups_of(request, form.state)) == 1

    live.run(script)


def test_what_only_a_further_model_refuses_is_told_beside_it(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        first, other = group(session, "gpt-image-2"), group(session, "gpt-image-1.5")
        assert judged([first, other], Rect(0, 0, 9, 9))[0] == ()
        empty = replace(other, request=replace(other.request, prompt=""))
        ((trouble),) = judged([first, empty], Rect(0, 0, 9, 9))[0]
        assert trouble.field == "also"
        both = replace(first, request=replace(first.request, prompt=""))
        assert [one.field for one in judged([both, empty], Rect(0, 0, 9, 9))[0]] == ["prompt"]

    live.run(script)

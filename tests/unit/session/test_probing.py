"""One small paid edit shows whether a provider keeps to masks; no tile is made for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from editor.capability.card import Tally
from editor.capability.catalog import load
from editor.compose.leaking.leak import DROPPED, RESTYLED, UNRELATED
from editor.edits.probe import probe
from editor.edits.variant import Variant
from editor.engine.choose import NO_KEY
from editor.errors import InputProblem
from editor.imaging.geometry import Rect
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.session import probing as module
from editor.session.loop import finish
from editor.session.rounds import Group
from editor.session.session import Session
from editor.session.spending import Spent
from tests.fakes.acting import Play
from tests.fakes.living import Live, opened, scene, until
from tests.fakes.provider import Provider


async def probed(session: Session) -> None:
    catalog = session.form.state.catalog
    provider = catalog.provider("openai")
    await session.probing.begin(provider, provider.models[0])
    await until(session.probing.changed, lambda: not session.probing.state.busy)


def test_who_keeps_to_the_mask_gets_it_on_the_card(live: Live, paid: Provider) -> None:
    async def script(session: Session) -> None:
        await probed(session)
        state = session.probing.state
        assert (state.provider, state.obeyed) == ("openai", True)
        assert state.said.template == module.KEEPS
        assert session.learning.of("openai").tallies == {"mask": Tally(1, 0)}
        assert session.gallery.state.entries == ()
        assert session.jobs.running == 0
        await finish()
        (note,) = session.ledger.notes()
        assert note.state.value == "shown"

    live.run(script)
    assert len([each for each in paid.log if each.charged]) == 1


@pytest.mark.parametrize("play", [Play(), Play(refuse="gateway")])
def test_it_is_paid_in_the_month_and_for_no_project(
    play: Play, live: Live, paid: Provider, tmp_path: Path
) -> None:
    """A project's sum is for whoever has the project; the test is of a provider."""
    found: list[Spent] = []

    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        paid.play(play)
        await probed(session)
        found.append(session.spending.spent)
        await finish()

    async def again(session: Session) -> None:
        found.append(session.spending.spent)

    live.run(script)
    live.run(again, live.path)
    assert found[0] == found[1]
    assert found[0].project == 0.0 < found[0].month


def test_who_redraws_everything_is_told(
    live: Live, paid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = module.leak
    causes = {DROPPED, RESTYLED, UNRELATED}

    def ignoring(*values: object) -> object:
        return replace(measured(*values), ignored=True, cause=DROPPED)

    monkeypatch.setattr(module, "leak", ignoring)

    async def script(session: Session) -> None:
        await probed(session)
        state = session.probing.state
        assert state.obeyed is False
        assert state.said.template in causes
        assert session.learning.of("openai").tallies["mask"] == Tally(0, 1)

    live.run(script)


@pytest.mark.parametrize("refused", ["key", "moderation"])
def test_a_refusal_is_told_and_nothing_is_learnt(refused: str, live: Live, paid: Provider) -> None:
    async def script(session: Session) -> None:
        paid.play(Play(refuse=refused))
        await probed(session)
        assert session.probing.state.obeyed is None
        assert str(session.probing.state.said)
        assert session.learning.of("openai").tallies == {}

    live.run(script)


def test_without_a_key_nothing_is_sent(
    live: Live, paid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FRISKET_KEY_OPENAI")

    async def script(session: Session) -> None:
        await probed(session)
        assert session.probing.state.said.template == NO_KEY
        assert paid.log == []

    live.run(script)


def test_an_answer_that_cannot_be_opened_is_told(
    live: Live, paid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise InputProblem("This is no picture.")

    async def script(session: Session) -> None:
        monkeypatch.setattr(session.pool, "open", refuse)
        await probed(session)
        assert session.probing.state.obeyed is None
        assert str(session.probing.state.said) == "This is no picture."

    live.run(script)


def test_one_at_a_time_and_it_can_be_stopped(live: Live, paid: Provider) -> None:
    async def script(session: Session) -> None:
        provider = session.form.state.catalog.provider("openai")
        paid.play(Play(hold="head"))
        await session.probing.begin(provider, provider.models[0])
        await session.probing.begin(provider, provider.models[0])
        assert session.jobs.running == 1
        await until(session.jobs.changed, lambda: any(job.sent for job in jobs(session)))
        paid.release()
        await until(session.probing.changed, lambda: not session.probing.state.busy)

    live.run(script)
    assert len([each for each in paid.log if each.charged]) == 1


@pytest.mark.parametrize(("obeys", "ignored"), [(True, False), (False, True)])
def test_the_picture_tells_a_wall_in_the_mask_from_a_wall_all_over(
    obeys: bool, ignored: bool
) -> None:
    provider = load().provider("openai")
    for model in (provider.model("gpt-image-2"), provider.model("gpt-image-1.5")):
        request = probe(provider, model)
        assert request.coverage is not None
        answer = np.clip(request.source.pixels * 0.97 + 5, 0, 255).astype(np.uint8)
        answer[..., 3] = 255
        answer[(request.coverage > 0) if obeys else slice(None)] = (40, 40, 190, 255)
        placement = Placement(Rect(0, 0, *request.source.size), request.source.size)
        variant = Variant(
            id="v",
            job="v",
            round="r",
            raster=Raster(answer),
            placement=placement,
            coverage=request.coverage,
            base="",
            provider="openai",
            model=model.id,
        )
        assert module._leak(Group(request, model, 1), variant).ignored is ignored


def jobs(session: Session) -> tuple[object, ...]:
    return session.jobs.of_round("probe")

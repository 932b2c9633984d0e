"""What providers honour is learnt from the answers that come in, and kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from editor.capability.card import Tally
from editor.edits.events import Picture
from editor.edits.job import State
from editor.engine import cards
from editor.errors import ProviderRefused
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.providers.refusal import QUOTA, VERIFY
from editor.session.jobs import Arrival
from editor.session.loop import finish
from editor.session.session import Session
from tests.fakes.acting import Play
from tests.fakes.living import Live, answered, offered, opened, paint, scene, until
from tests.fakes.provider import Provider

NOWHERE = Placement(Rect(0, 0, 1, 1), Size(1, 1))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return scene(tmp_path / "photo.png")


async def asked(session: Session, photo: Path) -> None:
    await opened(session, photo)
    paint(session)
    session.form.set_provider("openai")
    session.form.set_prompt("a hat")


def test_an_answer_fills_the_card_and_the_next_start_knows_it(
    live: Live, paid: Provider, photo: Path
) -> None:
    async def script(session: Session) -> None:
        await asked(session, photo)
        await answered(session)
        entry = session.gallery.state.entries[0]
        await until(session.leaks.found, lambda: session.leaks.of(entry.id) is not None)
        tallies = session.learning.of("openai").tallies
        assert tallies["size"] == Tally(1, 0)
        assert tallies["usage"] == Tally(1, 0)
        assert tallies["mask"] == Tally(1, 0)
        assert session.providers.state.card is session.learning.of("openai")
        await finish()

    live.run(script)
    kept = cards.load()["openai"]
    assert kept.tallies["mask"] == Tally(1, 0)
    assert kept.seen is not None

    async def again(session: Session) -> None:
        assert session.learning.of("openai") == kept

    live.run(again, live.path)
    assert cards.load()["openai"] == kept  # what a project holds is not counted twice


def test_nothing_is_learnt_from_what_was_made_elsewhere(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        await until(session.leaks.found, lambda: session.leaks.of("v1") is not None)
        assert session.learning.of("elsewhere").tallies == {}

    live.run(script)
    assert cards.load() == {}


def test_an_unverified_organisation_is_remembered_until_a_model_answers(
    live: Live, paid: Provider, photo: Path
) -> None:
    async def script(session: Session) -> None:
        await asked(session, photo)
        paid.play(Play(refuse="verify"))
        await session.send()
        await until(session.jobs.changed, lambda: session.jobs.running == 0)
        model = session.form.state.model.id
        assert session.learning.of("openai").unverified == (model,)
        await answered(session)
        assert session.learning.of("openai").unverified == ()

    live.run(script)


@pytest.mark.parametrize("template", [QUOTA, VERIFY])
def test_only_that_refusal_counts(template: str, live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await asked(session, photo)
        problem = ProviderRefused(template, host="api.example")
        (job,) = session.jobs.announce("r", (session.sending._request(),))
        session.jobs.fail((job,), problem)
        refused = session.learning.of("openai").unverified
        assert refused == ((session.form.state.model.id,) if template is VERIFY else ())
        assert replace(session.learning.of("openai"), unverified=(), seen=None).tallies == {}

    live.run(script)


@pytest.mark.parametrize(
    ("asked", "came", "tally"),
    [(3, 3, Tally(1, 0)), (3, 1, Tally(0, 1)), (1, 2, Tally(0, 1)), (1, 1, None), (3, 0, None)],
)
def test_a_number_of_pictures_is_honoured_or_not(
    asked: int, came: int, tally: Tally | None, live: Live, photo: Path
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        session.form.set_provider("openai")
        request = replace(session.sending._request(), settings={"count": asked})
        (job,) = session.jobs.announce("r", (request,))
        for index in range(came):
            session.jobs.arrived.emit(Arrival(job, Picture(index, b""), NOWHERE, 1.0))
        session.jobs.changed.emit(replace(job, state=State.DONE))
        assert session.learning.of("openai").tallies.get("count") == tally

    live.run(script)

"""What was spent is counted once, kept for good, and asked about before a cap is crossed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.edits.events import Failed, Sent, Unknown
from editor.edits.job import State
from editor.errors import AnswerUnusable, OutcomeUnknown
from editor.preferences.places import data_folder
from editor.preferences.purchases import Purchase, Purchases
from editor.session import spending
from editor.session.session import Session
from editor.session.spending import Question
from tests.fakes.acting import Play
from tests.fakes.answering import arrive, begun, joined
from tests.fakes.full_disk import full
from tests.fakes.living import Live, answered, based, opened, paint, scene, until, wish
from tests.fakes.provider import Provider

USAGE = {
    "input_tokens": 1000,
    "output_tokens": 2000,
    "input_tokens_details": {"image_tokens": 900, "text_tokens": 100},
}
PRICE = (900 * 8 + 100 * 5 + 2000 * 30) / 1e6


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return scene(tmp_path / "photo.png")


async def ready(session: Session, photo: Path) -> None:
    await opened(session, photo)
    paint(session)
    wish(session)
    session.sending.judge()


def bought(price: float, **changes: object) -> Purchase:
    """Something that was bought today."""
    known: dict[str, object] = {"job": "x", "provider": "openai", "model": "m", "seconds": 9.0}
    return Purchase(datetime.now(UTC).isoformat(), price=price, **(known | changes))  # type: ignore[arg-type]  # by name


def test_an_answer_counts_by_its_usage_or_else_as_estimated(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await ready(session, photo)
        one, two = begun(session)
        arrive(session, one, seconds=30.0, usage=USAGE)
        await joined(session, one.id)
        assert session.spending.spent.project == pytest.approx(PRICE)
        arrive(session, two, seconds=50.0)
        await joined(session, two.id)
        found = session.spending.spent
        assert found.project == found.month > PRICE
        assert found.open == 0.0

    async def again(session: Session) -> None:
        found = session.spending.spent
        assert found.project == found.month > PRICE
        await based(session)
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        (later,) = begun(session, "later", 1)
        assert session.spending.typical(later) == 40.0

    async def elsewhere(session: Session) -> None:
        assert session.spending.spent.project == 0.0
        assert session.spending.spent.month > PRICE

    live.run(script)
    project = live.path
    live.run(again, project)
    live.run(elsewhere)
    kept = Purchases()
    assert [one.exact for one in kept.every] == [True, False]
    assert {(one.size, one.quality) for one in kept.every} == {(kept.every[0].size, "auto")}
    kept.close()


def test_a_project_of_another_computer_still_knows_its_total(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await ready(session, photo)
        one, two = begun(session)
        for job, facts in ((one, {"usage": USAGE}), (two, {})):
            arrive(session, job, seconds=30.0, **facts)
            await joined(session, job.id)

    async def again(session: Session) -> None:
        assert session.spending.spent.project > PRICE
        assert session.spending.spent.month == 0.0

    live.run(script)
    (data_folder() / "purchases.jsonl").unlink()
    live.run(again, live.path)


def test_what_may_have_been_charged_counts_until_its_answer_comes(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await ready(session, photo)
        (job,) = begun(session, count=1)
        session.jobs._hear(job.id, Sent())
        session.jobs._hear(job.id, Unknown(OutcomeUnknown("x")))
        assert session.jobs.job(job.id).state is State.UNKNOWN
        (one,) = session.spending._all.values()
        assert not one.sure

    live.run(script)


def test_nothing_is_spent_here(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        session.spending.cap = 0.001
        await answered(session)
        assert session.spending.spent.month == 0.0
        (entry,) = session.gallery.state.entries
        assert session.spending.typical(session.jobs.job(entry.job)) == 0.0

    live.run(script)


def test_a_cap_asks_before_it_is_crossed(live: Live, paid: Provider, photo: Path) -> None:
    asked: list[Question | None] = []

    async def script(session: Session) -> None:
        await ready(session, photo)
        session.spending.asked.connect(asked.append)
        price = session.form.state.price
        session.spending.cap = price * 1.5
        await answered(session)
        assert asked == []
        await session.send()
        assert len(session.gallery.state.entries) == 1
        assert asked[-1].total == pytest.approx(session.spending.spent.month + price)
        session.form.set_prompt("another kite")
        assert asked[-1] is None
        await session.spending.go_on()
        assert len(session.gallery.state.entries) == 1
        (entry,) = session.gallery.state.entries
        await session.choosing.redo(entry.id)
        assert isinstance(asked[-1], Question)
        await session.spending.go_on()
        assert len(session.gallery.state.entries) == 2
        await until(session.jobs.changed, lambda: session.jobs.running == 0)

    live.run(script)
    assert len(paid.log) == 2


def test_what_is_awaited_counts_before_a_cap(live: Live, paid: Provider, photo: Path) -> None:
    paid.always(Play(hold="head"))

    async def script(session: Session) -> None:
        await ready(session, photo)
        session.spending.cap = session.form.state.price * 1.5
        await session.send()
        await session.send()
        assert session.spending.question is not None
        assert len(session.gallery.state.entries) == 1
        paid.release()
        await until(session.jobs.changed, lambda: session.jobs.running == 0)

    live.run(script)


def test_what_the_command_line_spends_meanwhile_counts(live: Live) -> None:
    heard: list[float] = []

    async def go() -> None:
        raise AssertionError("it was not asked")

    async def script(session: Session) -> None:
        session.spending.cap = 1.0
        session.spending.changed.connect(lambda: heard.append(session.spending.spent.month))
        others = Purchases()
        others.add(bought(0.9))
        session.spending.listen()
        others.add(bought(0.95))
        await session.spending.guard(0.1, go)
        assert session.spending.question.total == pytest.approx(1.05)
        assert session.spending.spent.project == 0.0
        session.spending.listen()
        others.close()

    live.run(script)
    assert heard == [0.9, 0.95]


def test_an_answer_of_no_use_counts_as_charged(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await ready(session, photo)
        (job,) = begun(session, count=1)
        session.jobs._hear(job.id, Sent())
        session.jobs._hear(job.id, Failed(AnswerUnusable("x")))
        (one,) = session.spending._all.values()
        assert not one.sure

    live.run(script)


def test_an_unknown_price_is_asked_about_beyond_the_cap_only(live: Live) -> None:
    went: list[int] = []

    async def go() -> None:
        went.append(1)

    async def script(session: Session) -> None:
        session.spending.cap = 1.0
        await session.spending.guard(None, go)
        assert went == [1]

    async def above(session: Session) -> None:
        session.spending.cap = 1.0
        await session.spending.guard(None, go)
        assert session.spending.question.total is None
        await session.spending.guard(0.0, go)
        assert went == [1, 1]
        assert session.spending.question is None

    live.run(script)
    kept = Purchases()
    kept.add(bought(1.5))
    kept.close()
    live.run(above)


def test_a_disk_that_refuses_stops_nothing(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(session: Session) -> None:
        await ready(session, photo)
        (job,) = begun(session, count=1)
        arrive(session, job, seconds=30.0, usage=USAGE)
        await joined(session, job.id)
        assert session.spending.spent.month == pytest.approx(PRICE)

    monkeypatch.setattr(Purchases, "add", full)
    live.run(script)
    monkeypatch.setattr(spending, "Purchases", full)
    live.run(script)

"""What is paid once and what becomes of it; the name of each case begins with its row.

Clicks (C1) are in tests/widget/window/test_commands.py, killing at each point (C2) is in
test_paid_kills.py, what is asked before a sum is crossed (C7) in
tests/unit/session/test_spending.py and tests/unit/cli/test_spending.py.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from editor.capability.catalog import load
from editor.cli.edit import variant_of
from editor.edits.effect import effects
from editor.edits.events import Accepted, Event, Failed, Finished, Picture, Sent, Unknown
from editor.edits.framing import frame
from editor.edits.job import Job
from editor.edits.request import EditRequest
from editor.engine import retry
from editor.engine.breaker import FAILING, IN_A_ROW
from editor.engine.choose import NO_KEY, collected
from editor.engine.lane import ANYBODY, Pace
from editor.engine.note import AFTER_RESTART, Restart, State
from editor.errors import AnswerUnusable, NotSent
from editor.imaging.codec import decode, read_facts
from editor.storage.spool import Spool
from tests.fakes.desk import COVERAGE, SOURCE, Desk
from tests.fakes.full_disk import no_space
from tests.fakes.provider import KEY, Play, Provider
from tests.fakes.refusals import REFUSALS

KINDS = (
    pytest.param({}, Play(hold="head"), id="body"),
    pytest.param({}, Play(hold="end", link=True), id="url"),
    pytest.param({"stream": True, "partial_images": 1}, Play(hold="end"), id="sse"),
)


@pytest.mark.parametrize(("settings", "play"), KINDS)
def test_C3_a_stop_after_the_last_byte_is_unknown_and_charged_once(
    desk: Desk, provider: Provider, settings: dict[str, Any], play: Play
) -> None:
    provider.play(play)
    desk.send(settings=settings)
    desk.until(Sent)
    provider.wait_until(lambda log: bool(log and log[0].digest))
    desk.network.stop("a")
    assert type(desk.end()[-1]) is Unknown
    assert desk.note.state in {State.UNKNOWN, State.RECEIVED}
    provider.release()
    assert len(provider.log) == 1


@pytest.mark.parametrize(("settings", "play"), KINDS)
def test_C4_closing_leaves_nothing_that_would_be_sent_again(
    desk: Desk, provider: Provider, settings: dict[str, Any], play: Play
) -> None:
    provider.play(play)
    desk.send(settings=settings)
    desk.until(Sent)
    provider.wait_until(lambda log: bool(log and log[0].digest))
    desk.network.close(patience=20.0)
    assert type(desk.end()[-1]) is Unknown
    assert desk.note.state in {State.UNKNOWN, State.RECEIVED}


@pytest.mark.parametrize("leave", ["stop", "close"], ids=["C3-task", "C4-task"])
def test_a_task_that_is_left_is_collected_later_and_charged_once(
    desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    acedata = load().provider("acedata")
    desk.place = replace(acedata, base_url=provider.base_for(acedata))
    desk.environ[acedata.key_name] = KEY
    provider.play(Play(pending=1))
    desk.send(settings={"async": True})
    desk.until(Accepted)
    if leave == "stop":
        desk.network.stop("a")
    else:
        desk.network.close(patience=20.0)
    assert type(desk.end()[-1]) is Unknown
    note, model = desk.note, desk.place.model("gpt-image-2")
    assert AFTER_RESTART[note.state] == (State.ACCEPTED, Restart.POLL)
    monkeypatch.setattr(retry, "POLL_FIRST", 0.01)
    later = collected(desk.place, model, desk.ledger, note, desk.environ)

    async def heard() -> list[Event]:
        async with aclosing(later()) as events:
            return [event async for event in events]

    assert isinstance(asyncio.run(heard())[-1], Picture)
    assert sum(provider.charges.values()) == sum(bool(seen.digest) for seen in provider.log) == 1


@pytest.mark.parametrize("settings", [{}, {"stream": True}], ids=["body", "sse"])
@pytest.mark.usefixtures("caplog")
def test_C5_a_full_disk_costs_no_picture(
    desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any]
) -> None:
    monkeypatch.setattr(Spool, "_pour", no_space)
    desk.send(settings=settings)
    events = desk.end()
    assert isinstance(events[-2], Picture)
    assert events[-1] == Finished()
    assert sum(provider.charges.values()) == 1


@pytest.mark.parametrize("answer", ["page", "empty", "array", "nothing"])
def test_C6_what_holds_no_picture_is_kept_and_not_asked_for_again(
    desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    useless = REFUSALS[answer]._replace(headers=(("x-request-id", "req-c6"),))
    monkeypatch.setitem(REFUSALS, answer, useless)
    provider.play(Play(refuse=answer))
    desk.send()
    (*_, end) = desk.end()
    assert isinstance(end, Failed)
    assert isinstance(end.problem, AnswerUnusable)
    assert desk.note.state is State.UNUSABLE
    sent = useless.body if isinstance(useless.body, str) else json.dumps(useless.body)
    assert desk.ledger.raw(desk.note) == sent.encode()
    assert end.problem.details == "req-c6"
    assert AFTER_RESTART[desk.note.state] == (State.UNUSABLE, Restart.THERE)
    assert len(provider.log) == 1


def test_C7_a_long_queue_of_a_provider_that_fails_waits_before_it_has_cost_much(
    desk: Desk, provider: Provider
) -> None:
    provider.always(Play(refuse="server"))
    for number in range(64):
        desk.send(f"job {number}")
    _, problem = desk.paused.get(timeout=20)
    assert problem.template == FAILING
    others = [f"another {number}" for number in range(3)]
    for other in others:  # each takes as long as one more of the queue would
        desk.send(other, pace=Pace("another"))
        desk.end_of(other)
    most = IN_A_ROW + ANYBODY.at_once - 1
    assert IN_A_ROW <= len(provider.log) - len(others) <= most


def test_C8_another_size_than_asked_for_is_told_and_not_asked_again(
    desk: Desk, provider: Provider
) -> None:
    provider.play(Play(size="1024x640"))
    model, settings = desk.place.model("gpt-image-2"), {"size": "1024x1024"}
    desk.send(settings=settings)
    events = desk.end()
    assert isinstance(events[-2], Picture)
    assert events[-2].facts["size"] == "1024x640"
    data = events[-2].data
    raster = decode(data, read_facts(data, "answer.png"))
    request = EditRequest(SOURCE, COVERAGE, "", "openai", model.id, settings=settings)
    job = Job("a", "round", request)
    variant = variant_of(job, events[-2], raster, frame(request, model), model, 1.0)
    told = {effect.name: (effect.asked, effect.came) for effect in effects(model, variant)}
    assert told["size"] == ("1024x1024", "1024x640")
    assert len(provider.log) == 1


def test_C9_a_key_that_is_taken_away_stops_what_waits_and_not_what_is_out(
    desk: Desk, provider: Provider
) -> None:
    provider.play(Play(hold="head"))
    one_by_one = Pace("openai", at_once=1)
    desk.send("a", pace=one_by_one)
    desk.until(Sent)
    desk.send("b", pace=one_by_one)
    desk.environ.clear()
    with pytest.raises(NotSent):
        desk.send("c", pace=one_by_one)
    provider.release()
    assert desk.end_of("a") == Finished()
    told = desk.end_of("b")
    assert isinstance(told, Failed)
    assert told.problem.template == NO_KEY
    assert [seen.charged for seen in provider.log] == [True]

"""Jobs that are stopped, left, put in order and held back."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace

from editor.edits.events import Event, Limited, Picture, Sent, Started
from editor.edits.framing import Framed
from editor.edits.job import Job, State
from editor.engine.lane import Pace
from editor.errors import OutcomeUnknown, ProviderRefused
from editor.providers.refusal import KEY
from editor.session.jobs import LEFT, SEVERAL_LEFT, Work
from editor.session.notice import Notice
from tests.fakes.at_work import FRAMED, WISH, Acts, Desk, Script, work
from tests.fakes.at_work import desk as desk
from tests.fakes.living import until


def sent_one(desk: Desk) -> Job | None:
    return next((job for job in desk.jobs.of_round("round") if job.sent), None)


def test_what_was_sent_is_only_not_waited_for_after_a_stop(
    desk: Callable[[Script], None],
) -> None:
    async def script(desk: Desk) -> None:
        desk.begin(1, Acts(Sent(), then=OutcomeUnknown("Closed by you."), waits=True))
        await until(desk.jobs.changed, lambda: sent_one(desk) is not None)
        desk.jobs.stop_all()
        job = desk.jobs.job("a")
        assert job is not None
        assert (job.state, job.left) == (State.RUNNING, True)
        assert desk.jobs.running == 0
        assert desk.told == [Notice("info", LEFT)]
        told = len(desk.states)
        desk.jobs.stop("a")
        desk.jobs.stop_waiting("a")
        assert len(desk.states) == told
        assert len(desk.told) == 1
        desk.jobs.abort("a")
        assert str((await desk.reached("a", State.UNKNOWN)).problem) == "Closed by you."
        desk.jobs.stop_waiting("a")
        assert desk.state("a") is State.UNKNOWN

    desk(script)


def test_several_that_are_left_are_told_of_once(desk: Callable[[Script], None]) -> None:
    async def script(desk: Desk) -> None:
        desk.begin(3, Acts(Sent(), waits=True))
        (waiting,) = desk.jobs.announce("round", (WISH,))
        await until(
            desk.jobs.changed, lambda: sum(job.sent for job in desk.jobs.of_round("round")) == 3
        )
        desk.jobs.stop_all()
        assert desk.told == [Notice("info", SEVERAL_LEFT, {"count": 3})]
        assert desk.state(waiting.id) is State.CANCELLED

    desk(script)


def test_a_limit_counts_down(desk: Callable[[Script], None]) -> None:
    async def script(desk: Desk) -> None:
        gate = asyncio.Event()
        desk.begin(1, Acts(Sent(), Limited(60.0), gate, Started()))
        await until(desk.jobs.changed, lambda: desk.jobs.of_round("round")[0].wait > 0)
        assert 50 < desk.jobs.seconds("a") <= 60
        assert sent_one(desk) is None
        assert desk.jobs._network is not None
        desk.jobs._network._call(gate.set)
        await desk.reached("a", State.DONE)
        assert desk.jobs.seconds("a") < 50

    desk(script)


def test_an_answer_that_nobody_waits_for_arrives_all_the_same(
    desk: Callable[[Script], None],
) -> None:
    async def script(desk: Desk) -> None:
        gate = asyncio.Event()
        desk.begin(1, Acts(Sent(), gate, Picture(0, b"whole")))
        await until(desk.jobs.changed, lambda: sent_one(desk) is not None)
        desk.jobs.stop("a")
        assert desk.jobs._network is not None
        desk.jobs._network._call(gate.set)
        await desk.reached("a", State.DONE)
        assert [arrival.picture.data for arrival in desk.arrivals] == [b"whole"]

    desk(script)


def test_a_queue_is_paused_resumed_ordered_and_emptied(desk: Callable[[Script], None]) -> None:
    refused = ProviderRefused(KEY, host="h", status=401)
    pace, engine = Pace("openai", 1), Acts()

    async def script(desk: Desk) -> None:
        told: list[object] = []
        desk.jobs.paused.connect(lambda provider, problem: told.append((provider, problem)))
        desk.jobs.resumed.connect(told.append)
        gate = asyncio.Event()
        desk.begin(1, Acts(gate, then=refused), pace)
        announced = desk.jobs.announce("round", (WISH,) * 4)
        desk.jobs.run(announced, work(engine, pace))
        desk.jobs.to_front("d")
        desk.jobs.to_back("b")
        assert desk.jobs._network is not None
        desk.jobs._network._call(gate.set)
        await desk.reached("a", State.FAILED)
        assert told == [("openai", refused)]
        assert [job.id for job in desk.jobs.of_round("round") if desk.jobs.held(job)] == list(
            "bcde"
        )
        desk.jobs.stop("c")
        await desk.reached("c", State.CANCELLED)
        assert [desk.state(id) for id in "bde"] == [State.WAITING] * 3
        desk.jobs.resume("openai")
        await desk.reached("b", State.DONE)
        assert engine.ran == ["d", "e", "b"]
        assert told[1:] == ["openai"]
        desk.jobs.paused.emit("openai", refused)  # of a queue in which nothing waits
        assert not desk.jobs.held(desk.begin()[0])

    desk(script)


def test_the_queue_is_emptied_and_what_runs_goes_on(desk: Callable[[Script], None]) -> None:
    async def script(desk: Desk) -> None:
        desk.begin(3, Acts(Sent(), waits=True), Pace("p", 1))
        await until(desk.jobs.changed, lambda: sent_one(desk) is not None)
        desk.jobs.stop_queued()
        for id in "bc":
            await desk.reached(id, State.CANCELLED)
        assert desk.state("a") is State.RUNNING

    desk(script)


def test_without_a_network_there_is_no_queue(desk: Callable[[Script], None]) -> None:
    async def script(desk: Desk) -> None:
        told: list[str] = []
        desk.jobs.resumed.connect(told.append)
        desk.jobs.resume("p")
        desk.jobs.to_front("a")
        desk.jobs.to_back("a")
        assert told == []

    desk(script)


def test_what_has_not_left_is_stopped_and_what_has_goes_on(desk: Callable[[Script], None]) -> None:
    async def script(desk: Desk) -> None:
        waiting = Acts(waits=True)
        sent = Acts(Sent(), waits=True, then=OutcomeUnknown("x"))
        (one,) = desk.jobs.announce("r", (WISH,))
        (two,) = desk.jobs.announce("r", (WISH,))
        (three,) = desk.jobs.announce("r", (WISH,))
        desk.jobs.run((one,), work(waiting))
        desk.jobs.run((two,), work(sent))
        await until(desk.jobs.changed, lambda: desk.jobs.job(two.id).sent)
        desk.jobs.stop_unsent()
        await until(desk.jobs.changed, lambda: desk.jobs.running == 1)
        assert desk.jobs.job(one.id).state is State.CANCELLED
        assert desk.jobs.job(three.id).state is State.CANCELLED
        assert not desk.jobs.job(two.id).state.ended

    desk(script)


def test_what_waits_is_not_framed_and_what_is_sent_is_not_held(
    desk: Callable[[Script], None],
) -> None:
    """A hundred queued edits are as small as their requests: few are framed at any time."""
    alive, most = weakref.WeakSet[Framed](), [0]

    def framed() -> Framed:
        made = replace(FRAMED)
        alive.add(made)
        most[0] = max(most[0], len(alive))
        return made

    class Short(Acts):
        async def run(self, edit: Framed, job: str) -> AsyncGenerator[Event, None]:
            del edit
            yield Started()
            await asyncio.sleep(0)
            yield Picture(0, b"whole")

    async def script(desk: Desk) -> None:
        announced = desk.jobs.announce("round", (WISH,) * 100)
        pace = Pace("p", 4)
        desk.jobs.run(announced, Work(Short(), framed, FRAMED.placement, pace))
        await until(desk.jobs.changed, lambda: not desk.jobs.running)
        assert len(desk.arrivals) == 100

    desk(script)
    assert most[0] < 100 / 4  # a thread that made one may hold it a moment longer
    assert len(alive) == 0

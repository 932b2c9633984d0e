"""A queue of one provider: its order, how many at once, and how many pictures a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from hypothesis import given
from hypothesis import strategies as st

from editor.engine.lane import Lane, Pace, Ticket, pace_of
from editor.engine.runner import spawn
from tests.fakes.clocks import VirtualLoop
from tests.fakes.exchange import place

Log = list[tuple[str, float]]


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await scenario()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(whole())


def begin(lane: Lane, log: Log, jobs: str, seconds: float = 1.0, pictures: int = 1) -> None:
    """Start jobs that work so long each."""

    async def work(ticket: Ticket) -> None:
        await ticket.begin
        log.append((ticket.job, asyncio.get_running_loop().time()))
        await asyncio.sleep(seconds)
        lane.leave(ticket)

    for job in jobs:
        spawn(work(lane.enter(job, pictures)), job)


def test_a_pace_is_that_of_the_table() -> None:
    assert pace_of(place("https://api.example")) == Pace("p", 4, 0)


def test_so_many_work_at_once_in_their_order() -> None:
    async def scenario() -> None:
        log: Log = []
        lane = Lane(Pace("p", 2))
        begin(lane, log, "abcde")
        await asyncio.sleep(0)
        assert lane.waiting == ("c", "d", "e")
        await asyncio.sleep(10)
        assert log == [("a", 0), ("b", 0), ("c", 1), ("d", 1), ("e", 2)]

    run(scenario)


def test_the_order_may_be_changed() -> None:
    async def scenario() -> None:
        log: Log = []
        lane = Lane(Pace("p", 1))
        begin(lane, log, "abcd")
        await asyncio.sleep(0.5)
        lane.to_front("c")
        lane.to_back("b")
        lane.to_front("nobody")
        assert lane.waiting == ("c", "d", "b")
        await asyncio.sleep(10)
        assert [job for job, _ in log] == list("acdb")

    run(scenario)


def test_a_pause_lets_nobody_begin_and_whoever_works_go_on() -> None:
    async def scenario() -> None:
        log: Log = []
        lane = Lane(Pace("p", 1))
        begin(lane, log, "abc")
        await asyncio.sleep(0.5)
        lane.paused = True
        await asyncio.sleep(5)
        assert log == [("a", 0)]
        lane.resume()
        await asyncio.sleep(5)
        assert log == [("a", 0), ("b", 5.5), ("c", 6.5)]

    run(scenario)


def test_a_pause_ends_with_its_queue() -> None:
    async def scenario() -> None:
        lane = Lane(Pace("p", 1))
        begin(lane, [], "a")
        await asyncio.sleep(0)
        lane.paused = True
        waiting = lane.enter("b")
        await asyncio.sleep(5)
        assert lane.paused
        lane.leave(waiting)
        assert not lane.paused

    run(scenario)


def test_whoever_is_stopped_while_waiting_leaves_no_gap() -> None:
    async def scenario() -> None:
        log: Log = []
        lane = Lane(Pace("p", 1))
        begin(lane, log, "a")
        await asyncio.sleep(0)
        waiting = lane.enter("b")
        begin(lane, log, "c")
        lane.leave(waiting)
        lane.leave(waiting)
        await asyncio.sleep(5)
        assert log == [("a", 0), ("c", 1)]
        assert lane.waiting == ()

    run(scenario)


def test_whoever_is_stopped_as_its_turn_comes_gives_it_back() -> None:
    async def scenario() -> None:
        log: Log = []
        lane = Lane(Pace("p", 1))
        first = lane.enter("a")
        assert first.begin.done()
        begin(lane, log, "b")
        lane.leave(first)
        await asyncio.sleep(0.5)
        assert log == [("b", 0)]

    run(scenario)


def test_a_ticket_whose_job_was_stopped_is_passed_over() -> None:
    async def scenario() -> None:
        lane = Lane(Pace("p", 1))
        first, second = lane.enter("a"), lane.enter("b")
        second.begin.cancel()
        lane.leave(first)
        assert lane.waiting == ()
        lane.leave(second)
        assert lane.enter("c").begin.done()

    run(scenario)


def test_pictures_are_counted_by_the_minute() -> None:
    async def scenario() -> None:
        log: Log = []
        begin(Lane(Pace("p", 9, per_minute=5)), log, "abcd", pictures=2)
        await asyncio.sleep(200)
        assert [round(at) for _, at in log] == [0, 0, 60, 60]

    run(scenario)


def test_a_request_over_the_whole_budget_goes_out_alone() -> None:
    async def scenario() -> None:
        log: Log = []
        begin(Lane(Pace("p", 9, per_minute=5)), log, "ab", pictures=16)
        await asyncio.sleep(200)
        assert [round(at) for _, at in log] == [0, 60]

    run(scenario)


def test_a_wait_that_was_asked_for_holds_for_all() -> None:
    async def scenario() -> None:
        log: Log = []
        lane = Lane(Pace("p", 9))
        lane.hold(12)
        lane.hold(3)
        begin(lane, log, "ab")
        await asyncio.sleep(20)
        assert [round(at) for _, at in log] == [12, 12]

    run(scenario)


@given(
    st.integers(1, 4), st.integers(0, 8), st.lists(st.tuples(st.integers(1, 5), st.integers(0, 90)))
)
def test_neither_limit_is_ever_passed(
    at_once: int, per_minute: int, jobs: list[tuple[int, int]]
) -> None:
    async def scenario() -> None:
        lane, working, log = Lane(Pace("p", at_once, per_minute)), 0, []

        async def work(number: int, pictures: int, seconds: int) -> None:
            nonlocal working
            ticket = lane.enter(str(number), pictures)
            await ticket.begin
            working += 1
            assert working <= at_once
            log.append((asyncio.get_running_loop().time(), pictures, number))
            await asyncio.sleep(seconds)
            working -= 1
            lane.leave(ticket)

        tasks = [spawn(work(number, *job), str(number)) for number, job in enumerate(jobs)]
        await asyncio.gather(*tasks)
        assert [number for _, _, number in log] == list(range(len(jobs)))
        for at, pictures, number in log:
            before = [count for then, count, other in log if other < number and then > at - 59.9]
            assert not per_minute or not before or sum(before) + pictures <= per_minute

    run(scenario)

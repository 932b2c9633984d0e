"""Jobs in their turn: provider by provider, in order, and not while one is paused."""

import asyncio

from editor.edits.events import (
    Failed,
    Finished,
    Limited,
    Progress,
    Sent,
    Started,
)
from editor.engine.lane import Pace
from editor.engine.runner import JobRunner
from editor.errors import ProviderRefused
from editor.providers.refusal import KEY
from tests.fakes.clocks import VirtualLoop
from tests.fakes.running import FRAMED, Ear, Script, nobody


def test_only_so_many_work_at_once_and_the_others_are_not_even_framed():
    async def scenario():
        ear, gate, framed = Ear(), asyncio.Event(), []
        runner = JobRunner(ear, nobody)
        engine = Script(Started(), gate, Progress(1.0))
        for job in "abc":
            runner.submit(job, engine, lambda job=job: framed.append(job) or FRAMED, Pace("p", 2))
        for job in "ab":
            await ear.until(job, Started)
        assert [ear.of(job) for job in "abc"] == [[Started()], [Started()], []]
        assert framed == ["a", "b"]
        gate.set()
        await ear.until("c", Finished)
        assert ear.of("c") == [Started(), Progress(1.0), Finished()]

    asyncio.run(scenario())


def test_providers_do_not_wait_for_each_other():
    async def scenario():
        ear, never = Ear(), asyncio.Event()
        runner = JobRunner(ear, nobody)
        for provider in "pq":
            runner.submit(provider, Script(Started(), never), lambda: FRAMED, Pace(provider, 1))
        for provider in "pq":
            await ear.until(provider, Started)
        await runner.close()

    asyncio.run(scenario())


def test_the_order_of_a_queue_can_be_changed():
    async def scenario():
        ear, gate, pace = Ear(), asyncio.Event(), Pace("p", 1)
        runner = JobRunner(ear, nobody)
        engine = Script(Started(), gate)
        for job in "abcd":
            runner.submit(job, engine, lambda: FRAMED, pace)
        await ear.until("a", Started)
        runner.to_front("d")
        runner.to_back("b")
        gate.set()
        await ear.until("b", Finished)
        assert engine.ran == ["a", "d", "c", "b"]

    asyncio.run(scenario())


def test_a_refusal_for_all_stops_the_queue_until_it_is_resumed():
    async def scenario():
        ear, paused, pace = Ear(), [], Pace("p", 1)
        runner = JobRunner(ear, lambda *told: paused.append(told))
        refused = ProviderRefused(KEY, host="h", status=401)
        runner.submit("a", Script(Started(), refused), lambda: FRAMED, pace)
        fine = Script(Started())
        for job in "bc":
            runner.submit(job, fine, lambda: FRAMED, pace)
        await ear.until("a", Failed)
        assert paused == [("p", refused)]
        for _ in range(9):
            await asyncio.sleep(0)
        assert fine.ran == []
        runner.resume("p")
        await ear.until("c", Finished)
        runner.resume("nobody")

    asyncio.run(scenario())


def test_a_queue_without_anybody_in_it_does_not_stay_paused():
    async def scenario():
        ear, paused, pace = Ear(), [], Pace("p", 1)
        runner = JobRunner(ear, lambda *told: paused.append(told))
        refused = ProviderRefused(KEY, host="h", status=401)
        runner.submit("a", Script(Started(), refused), lambda: FRAMED, pace)
        await ear.until("a", Failed)
        assert len(paused) == 1
        runner.submit("b", Script(Started()), lambda: FRAMED, pace)
        await ear.until("b", Finished)

    asyncio.run(scenario())


def test_whoever_was_asked_to_wait_keeps_the_others_waiting_too():
    async def scenario():
        ear, pace = Ear(), Pace("p", 2)
        runner = JobRunner(ear, nobody)
        runner.submit("a", Script(Started(), Sent(), Limited(12.0)), lambda: FRAMED, pace)
        await ear.until("a", Finished)
        runner.submit("b", Script(Started()), lambda: FRAMED, pace)
        await ear.until("b", Finished)
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=VirtualLoop) as running:
        assert running.run(scenario()) >= 12.0

import asyncio
import logging

import pytest

from editor.edits.events import (
    Accepted,
    Cancelled,
    Failed,
    Finished,
    Limited,
    Progress,
    Sent,
    Started,
    Unknown,
)
from editor.engine.lane import Pace
from editor.engine.runner import BROKEN_AFTER, BROKEN_BEFORE, JobRunner, spawn
from editor.engine.stops import SLEPT
from editor.errors import AnswerUnusable, NotSent, OutcomeUnknown, ProviderRefused
from tests.fakes.running import FRAMED, Ear, Script, nobody


def test_events_come_in_order_and_end_with_finished():
    async def scenario():
        ear = Ear()
        runner = JobRunner(ear, nobody)
        runner.submit("a", Script(Started(), Progress(0.5), Sent()), lambda: FRAMED)
        await ear.until("a", Finished)
        assert ear.of("a") == [Started(), Progress(0.5), Sent(), Finished()]

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("problem", "end"),
    [
        (ProviderRefused("no"), Failed),
        (NotSent("no"), Failed),
        (AnswerUnusable("no"), Failed),
        (OutcomeUnknown("no"), Unknown),
    ],
)
def test_a_problem_ends_as_what_it_is(problem, end):
    async def scenario():
        ear = Ear()
        JobRunner(ear, nobody).submit("a", Script(Started(), Sent(), problem), lambda: FRAMED)
        heard = await ear.until("a", end)
        assert heard.problem is problem
        assert ear.of("a") == [Started(), Sent(), heard]

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("before", "end", "sentence"),
    [((), Failed, BROKEN_BEFORE), ((Sent(),), Unknown, BROKEN_AFTER)],
)
def test_a_bug_ends_its_job_with_a_sentence_and_keeps_its_traceback(before, end, sentence, caplog):
    async def scenario():
        ear = Ear()
        broken = Script(Started(), *before, ZeroDivisionError("sk-secret"))
        JobRunner(ear, nobody).submit("a", broken, lambda: FRAMED)
        heard = await ear.until("a", end)
        assert str(heard.problem) == sentence
        assert heard.problem.details == "ZeroDivisionError"

    with caplog.at_level(logging.ERROR):
        asyncio.run(scenario())
    assert "job a broke" in caplog.text
    assert "Traceback" in caplog.text


def test_framing_happens_in_a_thread_and_its_problem_ends_the_job():
    async def scenario():
        ear = Ear()

        def framed():
            with pytest.raises(RuntimeError):
                asyncio.get_running_loop()
            raise NotSent("no frame")

        engine = Script(Started())
        JobRunner(ear, nobody).submit("a", engine, framed)
        await ear.until("a", Failed)
        assert engine.ran == []

    asyncio.run(scenario())


def test_an_engine_without_a_word_is_finished():
    async def scenario():
        ear = Ear()
        JobRunner(ear, nobody).submit("a", Script(), lambda: FRAMED)
        await ear.until("a", Finished)
        assert ear.of("a") == [Finished()]

    asyncio.run(scenario())


def test_after_a_sleep_only_what_waits_for_its_answer_is_let_go_of():
    class Listening(Script):
        async def run(self, edit, job):
            try:
                async for event in super().run(edit, job):
                    yield event
            except asyncio.CancelledError as stop:
                raise OutcomeUnknown(str(stop)) from None

    async def scenario():
        ear, never = Ear(), asyncio.Event()
        runner = JobRunner(ear, nobody)
        scripts = {
            "before": [Started()],
            "sent": [Started(), Sent()],
            "limited": [Started(), Sent(), Limited(9.0)],
            "task": [Started(), Sent(), Accepted("t")],
        }
        for job, events in scripts.items():
            runner.submit(job, Listening(*events, never), lambda: FRAMED, Pace(job))
            await ear.until(job, type(events[-1]))
        runner.slept()
        assert (await ear.until("sent", Unknown)).problem.template == SLEPT
        for job in ("before", "limited", "task"):
            assert len(ear.of(job)) == len(scripts[job])
        await runner.close()

    asyncio.run(scenario())


def test_a_job_of_an_earlier_run_waits_for_nobody():
    async def events():
        yield Started()
        yield Accepted("t")

    async def scenario():
        ear = Ear()
        runner = JobRunner(ear, nobody)
        runner.collect("a", events)
        await ear.until("a", Finished)
        assert ear.of("a") == [Started(), Accepted("t"), Finished()]

    asyncio.run(scenario())


def test_a_stop_is_told_as_cancelled_and_lets_the_engine_clean_up():
    async def scenario():
        ear, never = Ear(), asyncio.Event()
        runner = JobRunner(ear, nobody)
        engine = Script(Started(), never)
        runner.submit("a", engine, lambda: FRAMED)
        await ear.until("a", Started)
        runner.stop("a")
        await ear.until("a", Cancelled)
        assert engine.closed == ["a"]
        assert ear.of("a") == [Started(), Cancelled()]
        runner.stop("a")

    asyncio.run(scenario())


def test_a_job_stopped_before_its_first_step_is_told_too():
    async def scenario():
        ear = Ear()
        runner = JobRunner(ear, nobody)
        engine = Script(Started())
        runner.submit("a", engine, lambda: FRAMED)
        runner.stop("a")
        await ear.until("a", Cancelled)
        assert engine.ran == []

    asyncio.run(scenario())


def test_a_job_stopped_in_the_queue_never_starts():
    async def scenario():
        ear, gate = Ear(), asyncio.Event()
        runner = JobRunner(ear, nobody)
        engine = Script(Started(), gate)
        for job in "ab":
            runner.submit(job, engine, lambda: FRAMED, Pace("p", 1))
        await ear.until("a", Started)
        runner.stop("b")
        await ear.until("b", Cancelled)
        assert ear.of("b") == [Cancelled()]
        gate.set()
        await ear.until("a", Finished)

    asyncio.run(scenario())


def test_an_engine_may_turn_a_stop_into_an_unknown_outcome():
    class Paid:
        async def run(self, edit, job):
            yield Started()
            yield Sent()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise OutcomeUnknown("closed") from None

    async def scenario():
        ear = Ear()
        runner = JobRunner(ear, nobody)
        runner.submit("a", Paid(), lambda: FRAMED)
        await ear.until("a", Sent)
        runner.stop("a")
        end = await ear.until("a", Unknown)
        assert ear.of("a") == [Started(), Sent(), end]

    asyncio.run(scenario())


def test_closing_stops_all_and_waits_for_their_ends():
    async def scenario():
        ear, never = Ear(), asyncio.Event()
        runner = JobRunner(ear, nobody)
        engine = Script(Started(), never)
        for job in "abc":
            runner.submit(job, engine, lambda: FRAMED, Pace("p", 1))
        await ear.until("a", Started)
        await runner.close()
        assert [ear.of(job)[-1] for job in "abc"] == [Cancelled()] * 3
        await runner.close()

    asyncio.run(scenario())


def test_a_spawned_task_is_named_and_held():
    async def scenario():
        gate = asyncio.Event()
        task = spawn(gate.wait(), "a gate")
        assert task.get_name() == "a gate"
        gate.set()
        assert await task is True

    asyncio.run(scenario())

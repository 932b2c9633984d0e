"""Jobs: announced at once, carried out on the network thread, heard of on the window's."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator, Callable

import pytest

from editor.edits.events import Event, Picture, Preview, Progress, Sent, Started
from editor.edits.job import Job, State
from editor.errors import InputProblem, OutcomeUnknown, Problem, ProviderRefused
from tests.fakes.at_work import FRAMED, WISH, Acts, Desk, Script, work
from tests.fakes.at_work import desk as desk


def test_a_round_has_its_jobs_before_anything_is_made_ready(desk: Callable[[Script], None]) -> None:
    async def script(desk: Desk) -> None:
        assert [job.id for job in desk.begin(3)] == ["a", "b", "c"]
        assert desk.states == [(id, State.WAITING) for id in "abc"]
        assert [job.id for job in desk.jobs.of_round("round")] == ["a", "b", "c"]
        assert desk.jobs.of_round("another") == ()
        assert desk.jobs.running == 3
        assert desk.jobs.placement("a") is None
        assert desk.jobs.seconds("a") >= 0.0
        assert desk.jobs.seconds("nobody") < 1.0

    desk(script)


def test_an_answer_comes_with_its_frame_and_its_time(desk: Callable[[Script], None]) -> None:
    engine = Acts(
        Progress(0.5), Sent(), Preview(0, b"half"), Picture(0, b"whole", {"size": "16x16"})
    )

    async def script(desk: Desk) -> None:
        desk.begin(1, engine)
        assert desk.jobs.placement("a") == FRAMED.placement
        job = await desk.reached("a", State.DONE)
        assert (job.progress, job.sent) == (1.0, True)
        (arrival,) = desk.arrivals
        assert (arrival.job.id, arrival.placement) == ("a", FRAMED.placement)
        assert (arrival.picture.data, arrival.picture.facts["size"]) == (b"whole", "16x16")
        assert arrival.seconds >= 0.0
        assert desk.previews == [("a", b"half")]
        assert desk.jobs.placement("a") is None
        assert desk.jobs.running == 0

    desk(script)
    assert engine.threads == {"network"}


def test_the_time_of_an_answer_begins_when_its_turn_comes(desk: Callable[[Script], None]) -> None:
    """What waited behind others would else be told, and remembered, as the model's own time."""

    async def script(desk: Desk) -> None:
        (job,) = desk.jobs.announce("round", (WISH,))
        desk.jobs._started[job.id] -= 60.0
        assert desk.jobs.seconds(job.id) >= 60.0
        desk.jobs.run((job,), work(Acts(Sent(), Picture(0, b"whole", {}))))
        await desk.reached(job.id, State.DONE)
        assert desk.arrivals[0].seconds < 50.0

    desk(script)


def test_events_are_heard_on_the_windows_thread(desk: Callable[[Script], None]) -> None:
    async def script(desk: Desk) -> None:
        desk.begin(1, Acts(Sent()))
        await desk.reached("a", State.DONE)
        assert desk.threads == {threading.main_thread().name}

    desk(script)


@pytest.mark.parametrize(
    ("problem", "state"),
    [
        (ProviderRefused("The provider said no."), State.FAILED),
        (OutcomeUnknown("It may have been charged."), State.UNKNOWN),
    ],
)
def test_a_job_ends_with_what_ended_it(
    desk: Callable[[Script], None], problem: Problem, state: State
) -> None:
    async def script(desk: Desk) -> None:
        desk.begin(1, Acts(Sent(), then=problem))
        assert (await desk.reached("a", state)).problem is problem

    desk(script)


def test_one_job_is_stopped_and_the_others_go_on(desk: Callable[[Script], None]) -> None:
    async def script(desk: Desk) -> None:
        desk.begin(3, Acts(waits=True))
        for id in "abc":
            await desk.reached(id, State.RUNNING)
        desk.jobs.stop("b")
        await desk.reached("b", State.CANCELLED)
        assert [desk.state(id) for id in "ac"] == [State.RUNNING, State.RUNNING]
        desk.jobs.stop_all()
        for id in "ac":
            await desk.reached(id, State.CANCELLED)
        desk.jobs.stop_all()
        assert desk.states.count(("b", State.CANCELLED)) == 1

    desk(script)


def test_a_job_of_an_earlier_run_is_gone_on_with(desk: Callable[[Script], None]) -> None:
    problem = OutcomeUnknown("Still running.")
    old = Job("old", "round", WISH, State.UNKNOWN, problem=problem)

    async def events() -> AsyncGenerator[Event, None]:
        yield Started()
        yield Sent()
        yield Picture(0, b"whole")

    async def script(desk: Desk) -> None:
        desk.jobs.restore(old)
        desk.jobs.collect(old, events, FRAMED.placement)
        job = desk.jobs.job("old")
        assert job is not None
        assert (job.state, job.problem) == (State.RUNNING, None)
        await desk.reached("old", State.DONE)
        (arrival,) = desk.arrivals
        assert (arrival.job.id, arrival.placement) == ("old", FRAMED.placement)

    desk(script)


def test_a_job_that_is_stopped_before_it_is_ready_never_runs(
    desk: Callable[[Script], None],
) -> None:
    engine = Acts()

    async def script(desk: Desk) -> None:
        announced = desk.begin(2)
        desk.jobs.stop("a")
        assert desk.state("a") is State.CANCELLED
        desk.jobs.run(announced, work(engine))
        await desk.reached("b", State.DONE)
        assert desk.state("a") is State.CANCELLED

    desk(script)
    assert engine.ran == ["b"]


def test_jobs_that_could_not_be_made_ready_fail_with_the_reason(
    desk: Callable[[Script], None],
) -> None:
    problem = InputProblem("There is no key.")

    async def script(desk: Desk) -> None:
        announced = desk.begin(2)
        desk.jobs.stop("a")
        desk.jobs.fail(announced, problem)
        assert [desk.state(id) for id in "ab"] == [State.CANCELLED, State.FAILED]
        failed = desk.jobs.job("b")
        assert failed is not None
        assert failed.problem is problem

    desk(script)


def test_only_what_has_ended_is_taken_off(desk: Callable[[Script], None]) -> None:
    async def script(desk: Desk) -> None:
        desk.begin(2)
        desk.jobs.stop("a")
        for id in ("a", "b", "nobody"):
            desk.jobs.remove(id)
        assert desk.jobs.job("a") is None
        assert desk.jobs.job("b") is not None
        assert desk.jobs.running == 1
        desk.jobs.stop("a")
        assert desk.states.count(("a", State.CANCELLED)) == 1

    desk(script)


def test_a_job_of_an_earlier_run_is_shown_as_it_was_left(desk: Callable[[Script], None]) -> None:
    old = Job("old", "round", WISH, State.UNKNOWN, problem=OutcomeUnknown("Perhaps charged."))

    async def script(desk: Desk) -> None:
        desk.jobs.restore(old)
        assert desk.jobs.job("old") is old
        assert desk.states == [("old", State.UNKNOWN)]
        assert desk.jobs.running == 0

    desk(script)


def test_closing_stops_what_runs_and_tells_it(desk: Callable[[Script], None]) -> None:
    async def script(desk: Desk) -> None:
        desk.begin(1, Acts(waits=True))
        await desk.reached("a", State.RUNNING)
        desk.jobs.close()
        assert "network" not in {thread.name for thread in threading.enumerate()}
        await desk.reached("a", State.CANCELLED)
        desk.jobs.close()

    desk(script)

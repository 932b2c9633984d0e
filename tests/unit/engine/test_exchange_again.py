"""Calls that go out again: before anything is sent, at the provider's word, and for nothing."""

import asyncio

import pytest

from editor.edits.events import Accepted, Limited, Picture, Progress, Sent, Started
from editor.engine.exchange import NOWHERE_TO_ASK, STILL_RUNNING
from editor.engine.note import State
from editor.engine.runner import spawn
from editor.engine.stops import LEFT_RUNNING, SLEPT
from editor.errors import (
    AnswerUnusable,
    NotSent,
    OutcomeUnknown,
    ProviderRefused,
    StillRunning,
)
from editor.providers.body import LINK_DEAD
from editor.providers.refusal import BUSY, QUOTA, RATE, RATE_LATER, RATE_UNTIL
from editor.transport.sentences import (
    CUT,
    NOT_ASKED,
    NOT_FETCHED,
    SILENT,
    UNREACHABLE,
    UPLOAD_STOPPED,
)
from tests.fakes.clocks import VirtualLoop
from tests.fakes.scripted import AT_ONCE, LINK, POLL, POST, Bench, Dialect, heard_as

DONE = [Picture(0, b"1")]
NOBODY = NotSent(UNREACHABLE, host="h")
STOPPED = NotSent(UPLOAD_STOPPED, host="h", percent=9)
LIMIT = ProviderRefused(RATE_UNTIL, host="h", seconds=12, status=429)


def run(bench, found=None):
    """Let it run in a time of its own; gives what was heard and how long it took."""

    async def scenario():
        heard = await bench.events(found)
        return heard, asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(scenario())


def fails(bench, kind):
    """Let it run and expect a problem; gives it and what was heard before."""
    found = []
    with pytest.raises(kind) as told:
        run(bench, found)
    return told.value, found


def test_what_could_not_be_reached_is_tried_three_times_more(ledger):
    bench = Bench(ledger, Dialect(DONE), [NOBODY], [NOBODY], [NOBODY], ["sent", heard_as(0)])
    heard, seconds = run(bench)
    assert heard == [Started(), Sent(), Picture(0, b"1")]
    assert seconds == 0.5 + 1 + 2
    assert bench.ways[0].calls == [POST] * 4
    bench = Bench(ledger, Dialect(), *[[NOBODY]] * 9)
    problem, _ = fails(bench, NotSent)
    assert problem is NOBODY
    assert len(bench.ways[0].calls) == 4


def test_a_stopped_upload_is_tried_once_more_without_a_word(ledger):
    script = [Progress(0.5), STOPPED]
    bench = Bench(ledger, Dialect(DONE), script, ["sent", heard_as(0)])
    heard, seconds = run(bench)
    assert heard == [Started(), Progress(0.5), Sent(), Picture(0, b"1")]
    assert seconds == 0.0
    bench = Bench(ledger, Dialect(), [STOPPED], [STOPPED])
    assert fails(bench, NotSent)[0] is STOPPED


def test_each_class_counts_for_itself(ledger):
    limited = ["sent", heard_as(0, status=429)]
    scripts = [[NOBODY], [STOPPED], [NOBODY], limited, ["sent", heard_as(1)]]
    bench = Bench(ledger, Dialect([LIMIT], DONE), *scripts)
    assert run(bench)[0][-1] == Picture(0, b"1")


def test_a_limit_is_waited_for_in_sight_and_the_same_request_goes_out_again(ledger):
    script = ["sent", b"slow down", heard_as(0, status=429)]
    bench = Bench(ledger, Dialect([LIMIT], DONE), script, ["sent", b"answer", heard_as(1)])
    heard, seconds = run(bench)
    assert heard == [Started(), Sent(), Limited(12.0), Started(), Sent(), Picture(0, b"1")]
    assert seconds == 12.0
    (note,) = ledger.notes()
    assert note.state is State.RECEIVED
    assert ledger.raw(note) == b"answer"
    assert bench.ways[0].loaded == [POST]


def test_after_three_limits_the_fourth_is_told(ledger):
    bench = Bench(ledger, Dialect([LIMIT]), *[["sent", heard_as(0, status=429)]] * 9)
    problem, heard = fails(bench, ProviderRefused)
    assert problem is LIMIT
    assert heard.count(Limited(12.0)) == 3
    assert len(bench.ways[0].calls) == 4
    assert bench.state is State.REFUSED


def test_a_limit_without_a_time_is_waited_for_a_little(ledger):
    limit = ProviderRefused(RATE, host="h", status=429)
    scripts = [["sent", heard_as(0, status=429)], ["sent", heard_as(1)]]
    heard, _ = run(Bench(ledger, Dialect([limit], DONE), *scripts))
    assert Limited(0.5) in heard


def stopped_while(ledger, script, *more, reason=None):
    """Stop the job after a second, in which it waits; gives its task and the bench."""
    bench = Bench(ledger, Dialect([LIMIT], [Accepted("t")], [Accepted("t"), POLL]), script, *more)

    async def scenario():
        job = spawn(bench.events(), "job")
        asyncio.get_running_loop().call_later(1.0, lambda: job.cancel(reason))
        await asyncio.wait([job])
        return job

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(scenario()), bench


def test_whoever_is_limited_can_leave_without_being_charged(ledger):
    job, bench = stopped_while(ledger, ["sent", heard_as(0, status=429)])
    assert job.cancelled()
    assert bench.state is State.ABANDONED


@pytest.mark.parametrize(
    "problem",
    [
        ProviderRefused(RATE_LATER, host="h", minutes=5, status=429),
        ProviderRefused(QUOTA, host="h", status=429),
        OutcomeUnknown(BUSY, host="h", status=500),
        OutcomeUnknown(SILENT, host="h"),
        OutcomeUnknown(CUT, host="h"),
        AnswerUnusable("no"),
    ],
)
def test_whatever_else_happens_after_the_last_byte_goes_out_once(ledger, problem):
    bench = Bench(ledger, Dialect([problem]), ["sent", heard_as(0, status=500)])
    assert fails(bench, type(problem))[0] is problem
    assert bench.ways[0].calls == [POST]


def test_a_link_is_tried_five_times_more(ledger):
    gone = AnswerUnusable(NOT_FETCHED, host="h")
    busy = AnswerUnusable(LINK_DEAD, host="h", status=503)
    scripts = [["sent", heard_as(0)], *[[gone], [heard_as(1)]] * 2, [gone], [heard_as(2)]]
    heard, seconds = run(Bench(ledger, Dialect([LINK], [busy], DONE), *scripts))
    assert heard[-1] == Picture(0, b"1")
    assert seconds == 0.5 + 1 + 2 + 4 + 8
    bench = Bench(ledger, Dialect([LINK]), ["sent", heard_as(0)], *[[gone]] * 9)
    assert fails(bench, AnswerUnusable)[0] is gone
    assert len(bench.ways[0].calls) == 1 + 6


def test_an_expired_link_is_asked_for_again_once_by_its_task(ledger):
    dead = AnswerUnusable(LINK_DEAD, host="h", status=403)
    scripts = [["sent", heard_as(0)], [heard_as(1)], [heard_as(2)], [heard_as(3)]]
    dialect = Dialect([Accepted("t"), LINK], [dead], [LINK], DONE)
    bench = Bench(ledger, dialect, *scripts)
    assert run(bench)[0][-1] == Picture(0, b"1")
    assert dialect.asked == ["t"]
    assert bench.ways[0].calls == [POST, LINK, AT_ONCE, LINK]
    bench = Bench(ledger, Dialect([Accepted("t"), LINK], [dead], [LINK], [dead]), *scripts)
    bench.scripts[:] = [["sent", heard_as(0)], [heard_as(1)], [heard_as(2)], [heard_as(3)]]
    assert fails(bench, AnswerUnusable)[0] is dead


def test_an_expired_link_without_a_task_stays_dead(ledger):
    dead = AnswerUnusable(LINK_DEAD, host="h", status=410)
    bench = Bench(ledger, Dialect([LINK], [dead]), ["sent", heard_as(0)], [heard_as(1)])
    assert fails(bench, AnswerUnusable)[0] is dead
    assert bench.state is State.UNUSABLE


def test_a_task_is_asked_after_until_it_is_done(ledger):
    pending = [Accepted("t"), POLL]
    unasked = OutcomeUnknown(NOT_ASKED, host="h")
    scripts = [
        ["sent", heard_as(0)],
        [heard_as(1, call=POLL)],
        [unasked],
        [heard_as(1, status=404, call=POLL)],
        [heard_as(1, status=503, call=POLL)],
        [heard_as(2, call=POLL)],
    ]
    bench = Bench(ledger, Dialect(pending, [POLL], DONE), *scripts)
    heard, seconds = run(bench)
    assert heard == [Started(), Sent(), Accepted("t"), Picture(0, b"1")]
    assert seconds == 2 + 3 + 4.5 + 6.75 + 10.125
    assert bench.state is State.RECEIVED
    assert bench.ledger.notes()[0].task == "t"


def test_a_task_that_takes_for_ever_is_left_for_later(ledger):
    bench = Bench(ledger, Dialect([Accepted("t"), POLL], [POLL]), ["sent", heard_as(0)])
    bench.scripts += [[heard_as(1, call=POLL)] for _ in range(500)]
    problem, _ = fails(bench, StillRunning)
    assert (problem.template, problem.values["host"]) == (STILL_RUNNING, "api.example")
    assert bench.state is State.ACCEPTED
    assert 100 < len(bench.ways[0].calls) < 140


@pytest.mark.parametrize("status", [401, 403])
def test_a_task_that_this_key_may_not_ask_for_is_left_for_later(ledger, status):
    scripts = [["sent", heard_as(0)], [heard_as(1, status=status, call=POLL)]]
    problem, _ = fails(Bench(ledger, Dialect([Accepted("t"), POLL]), *scripts), StillRunning)
    assert problem.template == STILL_RUNNING
    assert ledger.notes()[0].state is State.ACCEPTED


def test_a_task_may_come_to_another_name(ledger):
    dialect = Dialect([Accepted("t"), POLL], [Accepted("u"), POLL], DONE)
    scripts = [["sent", heard_as(0)], [heard_as(1, call=POLL)], [heard_as(2, call=POLL)]]
    heard, _ = run(Bench(ledger, dialect, *scripts))
    assert heard[2:] == [Accepted("t"), Accepted("u"), Picture(0, b"1")]
    assert ledger.notes()[0].task == "u"


def test_a_task_that_nobody_can_ask_for_is_kept_by_its_name(ledger):
    problem, _ = fails(Bench(ledger, Dialect([Accepted("t")]), ["sent", heard_as(0)]), StillRunning)
    assert problem.template == NOWHERE_TO_ASK
    assert "t" in str(problem)
    assert len(str(problem)) <= 160
    assert ledger.notes()[0].state is State.ACCEPTED


def test_a_stop_while_a_task_runs_leaves_it_to_be_asked_for(ledger):
    script = ["sent", heard_as(2)]
    job, bench = stopped_while(ledger, script, [asyncio.Event()])
    assert type(job.exception()) is StillRunning
    assert job.exception().template == LEFT_RUNNING
    assert bench.state is State.ACCEPTED


def test_what_was_sent_before_the_computer_slept_is_unknown(ledger):
    job, bench = stopped_while(ledger, ["sent", asyncio.Event()], reason=SLEPT)
    assert type(job.exception()) is OutcomeUnknown
    assert job.exception().template == SLEPT
    assert bench.state is State.UNKNOWN


@pytest.mark.parametrize("sentence", [LEFT_RUNNING, STILL_RUNNING, SLEPT, NOWHERE_TO_ASK])
def test_the_sentences_are_short(sentence):
    assert len(sentence.format(host="h" * 30, task="t" * 40)) <= 160

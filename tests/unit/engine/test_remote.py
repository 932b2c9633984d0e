"""A remote engine: an edit is loaded and let go of, and a task goes on after a restart."""

import asyncio
import gc
import threading
import weakref
from contextlib import aclosing
from types import SimpleNamespace

import pytest

from editor.edits.events import Accepted, Picture, Sent, Started
from editor.engine.exchange import NOWHERE_TO_ASK, STILL_RUNNING
from editor.engine.note import State
from editor.engine.runner import spawn
from editor.errors import NotSent, OutcomeUnknown, StillRunning
from editor.transport.sentences import NOT_ASKED
from tests.fakes.clocks import VirtualLoop
from tests.fakes.scripted import AT_ONCE, LINK, POLL, POST, Bench, Dialect, heard_as


def run(work):
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def test_a_paid_call_is_loaded_once_and_let_go_of(ledger):
    bench = Bench(ledger, Dialect([Picture(0, b"1")]), ["sent", heard_as(0)])
    run(bench.events())
    (way,) = bench.ways
    assert way.loaded == [POST]
    assert way.closed == 1


def test_what_has_no_place_on_the_disk_is_not_sent(ledger):
    bench = Bench(ledger, Dialect())

    async def full(call):
        raise NotSent("no place")

    def connect(entry):
        way = Bench.connect(bench, entry)
        way.load = full
        return way

    bench.engine._connect = connect
    with pytest.raises(NotSent):
        run(bench.events())
    assert bench.state is State.NOT_SENT
    assert bench.ways[0].calls == []
    assert bench.ways[0].closed == 1


def test_a_key_that_was_forgotten_while_the_job_waited_ends_in_not_sent(ledger):
    bench = Bench(ledger, Dialect())

    def keyless(entry):
        raise NotSent("There is no key for {provider}.", provider="p")

    bench.engine._connect = keyless
    with pytest.raises(NotSent):
        run(bench.events())
    (note,) = ledger.notes()
    assert note.state is State.NOT_SENT
    assert (note.template, note.values) == ("There is no key for {provider}.", {"provider": "p"})


@pytest.mark.parametrize("step", ["_opened", "_connect"])
def test_one_stopped_while_it_is_made_ready_is_abandoned(ledger, step):
    bench = Bench(ledger, Dialect())
    busy, go_on, usual = threading.Event(), threading.Event(), getattr(bench.engine, step)

    def slow(*told):
        busy.set()
        assert go_on.wait(10)
        return usual(*told)

    setattr(bench.engine, step, slow)

    async def scenario():
        job = spawn(bench.events(), "a job")
        await asyncio.to_thread(busy.wait, 10)
        job.cancel()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await job

    asyncio.run(scenario())
    assert bench.state is State.ABANDONED


def test_a_link_that_was_paid_for_stays_so_without_a_key(ledger):
    first = Bench(ledger, Dialect([]), ["sent", heard_as(0)])
    with pytest.raises(OutcomeUnknown):
        run(first.events())
    (note,) = ledger.notes()

    def keyless(entry):
        raise NotSent("There is no key.")

    first.engine._connect = keyless

    async def scenario():
        async with aclosing(first.engine.fetch(ledger.entry(note), [LINK])) as events:
            return [event async for event in events]

    with pytest.raises(NotSent):
        run(scenario())
    assert first.state is State.UNKNOWN


def test_the_pictures_of_an_edit_are_not_held_while_it_waits(ledger):
    class Edit(SimpleNamespace):
        pass

    class Any(Dialect):
        def encode(self, edit, provider, model):
            return [POST]

    gate = asyncio.Event()
    bench = Bench(ledger, Any([Picture(0, b"1")]), ["sent", gate, heard_as(0)])

    async def scenario():
        edit = Edit(request=SimpleNamespace(prompt=""))
        held = weakref.ref(edit)
        events = bench.engine.run(edit, "a")
        del edit
        async with aclosing(events):
            assert await anext(events) == Started()
            assert await anext(events) == Sent()
            gc.collect()
            assert held() is None

    run(scenario())


def resumed(ledger, dialect, *scripts, **patience):
    """Go on with a task of an earlier run; gives what was heard in which time, and the bench."""
    first = Bench(ledger, Dialect([Accepted("t-1")], again=None), ["sent", heard_as(0)])
    with pytest.raises(StillRunning):
        run(first.events())
    bench = Bench(ledger, dialect, *scripts)
    (note,) = ledger.notes()
    assert (note.state, note.task) == (State.ACCEPTED, "t-1")

    async def scenario():
        async with aclosing(bench.engine.resume(ledger.entry(note), **patience)) as events:
            heard = [event async for event in events]
            return heard, asyncio.get_running_loop().time()

    return *run(scenario()), bench


def test_a_task_is_asked_for_again_at_once_after_a_restart(ledger):
    dialect = Dialect([Picture(0, b"1")])
    heard, seconds, bench = resumed(ledger, dialect, [heard_as(0, call=POLL)])
    assert seconds == 0.0
    assert heard == [Started(), Sent(), Accepted("t-1"), Picture(0, b"1")]
    assert dialect.asked == ["t-1"]
    assert bench.ways[0].calls == [AT_ONCE]
    assert bench.ways[0].loaded == []
    assert bench.state is State.RECEIVED


@pytest.mark.parametrize("answer", [heard_as(0, call=POLL), OutcomeUnknown(NOT_ASKED, host="h")])
def test_a_task_can_be_asked_for_once(ledger, answer):
    with pytest.raises(StillRunning) as told:
        resumed(ledger, Dialect([POLL]), [answer], seconds=0.0)
    assert told.value.template == STILL_RUNNING
    assert ledger.notes()[0].state is State.ACCEPTED


def test_a_task_goes_on_to_be_asked_for_in_its_rhythm(ledger):
    scripts = [heard_as(0, call=POLL)], [OutcomeUnknown(NOT_ASKED, host="h")]
    dialect = Dialect([POLL], [Picture(0, b"1")])
    _, seconds, _ = resumed(ledger, dialect, *scripts, [heard_as(1, call=POLL)])
    assert seconds == 2 + 3


def test_a_task_that_nobody_can_ask_for_stays_in_the_ledger(ledger):
    with pytest.raises(StillRunning) as told:
        resumed(ledger, Dialect(again=None))
    assert told.value.template == NOWHERE_TO_ASK
    assert ledger.notes()[0].state is State.ACCEPTED

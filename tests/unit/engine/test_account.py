"""What the ledger says at the end of each way that a job can go."""

import asyncio
from contextlib import aclosing

import pytest

from editor.edits.events import Picture, Progress, Sent, Started
from editor.engine.note import State
from editor.engine.runner import spawn
from editor.engine.stops import CLOSED
from editor.errors import AnswerUnusable, CannotWrite, NotSent, OutcomeUnknown, ProviderRefused
from tests.fakes.full_disk import full
from tests.fakes.scripted import FRAMED, Bench, Dialect, heard_as


@pytest.mark.parametrize(
    ("script", "meaning", "kind", "state"),
    [
        ([NotSent("no")], [], NotSent, State.NOT_SENT),
        ([ProviderRefused("no")], [], ProviderRefused, State.REFUSED),
        (["sent", OutcomeUnknown("cut")], [], OutcomeUnknown, State.UNKNOWN),
        (["sent", heard_as(0)], [ProviderRefused("no")], ProviderRefused, State.REFUSED),
        (
            ["sent", heard_as(0, status=400)],
            [ProviderRefused("no")],
            ProviderRefused,
            State.REFUSED,
        ),
        ([heard_as(0, status=413)], [ProviderRefused("no")], ProviderRefused, State.REFUSED),
        (["sent", heard_as(0)], [AnswerUnusable("no")], AnswerUnusable, State.UNUSABLE),
        (["sent", heard_as(0)], [OutcomeUnknown("no")], OutcomeUnknown, State.UNKNOWN),
        ([CannotWrite("full")], [], CannotWrite, State.NOT_SENT),
        (["sent", CannotWrite("full")], [], CannotWrite, State.UNKNOWN),
        ([ZeroDivisionError()], [], ZeroDivisionError, State.NOT_SENT),
        (["sent", ZeroDivisionError()], [], ZeroDivisionError, State.UNKNOWN),
    ],
)
def test_what_goes_wrong_is_told_and_written_down(ledger, script, meaning, kind, state):
    bench = Bench(ledger, Dialect(meaning), script)
    with pytest.raises(kind):
        asyncio.run(bench.events())
    assert bench.state is state


def test_the_ledger_keeps_the_sentence(ledger):
    refused = ProviderRefused("{host} said no", host="api.example", details="x")
    with pytest.raises(ProviderRefused):
        asyncio.run(Bench(ledger, Dialect(), [refused]).events())
    (note,) = ledger.notes()
    assert (note.template, note.values) == ("{host} said no", {"host": "api.example"})


def test_keys_and_the_prompt_leave_the_details(ledger):
    words = "key sk-abcdefgh1234 asked for 'a secret wish'"
    with pytest.raises(ProviderRefused) as told:
        asyncio.run(Bench(ledger, Dialect(), [ProviderRefused("no", details=words)]).events())
    assert told.value.details == "key *** asked for '***'"


def stopped(bench):
    """Run until the script waits, stop there; gives the events and what the task became."""

    async def scenario():
        found = []
        job = spawn(bench.events(found), "job")
        while not bench.ways:
            await asyncio.to_thread(lambda: None)
        await bench.ways[0].at.wait()
        job.cancel()
        await asyncio.wait([job])
        return found, job

    return asyncio.run(scenario())


def test_a_stop_before_the_last_byte_costs_nothing(ledger):
    bench = Bench(ledger, Dialect(), [Progress(0.5), asyncio.Event()])
    found, job = stopped(bench)
    assert job.cancelled()
    assert found == [Started(), Progress(0.5)]
    assert bench.state is State.ABANDONED


def test_a_stop_after_the_last_byte_is_an_unknown_outcome(ledger):
    bench = Bench(ledger, Dialect(), ["sent", asyncio.Event()])
    _, job = stopped(bench)
    assert type(job.exception()) is OutcomeUnknown
    assert job.exception().template == CLOSED
    assert bench.state is State.UNKNOWN


def test_a_stop_after_the_picture_leaves_the_picture(ledger):
    script = ["sent", heard_as(0, last=False), asyncio.Event()]
    bench = Bench(ledger, Dialect([Picture(0, b"1")]), script)
    found, job = stopped(bench)
    assert job.exception() is None
    assert found[-1] == Picture(0, b"1")
    assert bench.state is State.RECEIVED


def test_nobody_listening_any_more_is_written_down(ledger):
    bench = Bench(ledger, Dialect(), ["sent", heard_as(0)])

    async def scenario():
        async with aclosing(bench.engine.run(FRAMED, "a")) as events:
            async for event in events:
                if event == Sent():
                    break

    asyncio.run(scenario())
    assert bench.state is State.UNKNOWN


def test_a_ledger_that_cannot_be_written_does_not_cost_the_picture(ledger, monkeypatch, caplog):
    bench = Bench(ledger, Dialect([Picture(0, b"1")]), ["sent", heard_as(0)])

    monkeypatch.setattr("editor.engine.entry.Entry.received", full)
    assert asyncio.run(bench.events())[-1] == Picture(0, b"1")
    assert "the ledger could not be written" in caplog.text

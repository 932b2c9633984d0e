"""One job and its provider: what is heard, and what the ledger says at the end of each way."""

import asyncio
from contextlib import aclosing

import pytest

from editor.edits.events import Picture, Preview, Progress, Sent, Started
from editor.engine.exchange import NO_END
from editor.engine.note import State
from editor.engine.remote import RemoteEngine
from editor.engine.runner import spawn
from editor.engine.stops import CLOSED
from editor.errors import AnswerUnusable, CannotWrite, NotSent, OutcomeUnknown, ProviderRefused
from tests.fakes.full_disk import full
from tests.fakes.scripted import FRAMED, LINK, POST, Bench, Dialect, heard_as


def test_a_picture_comes_through_and_its_raw_answer_is_kept(ledger):
    dialect = Dialect([Preview(0, b"p")], [Picture(5, b"1", {"size": "1x1"})], [])
    script = [
        Progress(0.5),
        "sent",
        b"raw answer",
        heard_as(0, last=False),
        heard_as(1, last=False),
        heard_as(2),
    ]
    bench = Bench(ledger, dialect, script)
    assert asyncio.run(bench.events()) == [
        Started(),
        Progress(0.5),
        Sent(),
        Preview(0, b"p"),
        Picture(0, b"1", {"size": "1x1"}),
    ]
    assert bench.state is State.RECEIVED
    assert bench.ways[0].plenty == 1
    (note,) = ledger.notes()
    assert ledger.raw(note) == b"raw answer"


def test_the_ledger_knows_before_anything_starts(ledger):
    bench = Bench(ledger, Dialect())

    async def scenario():
        async with aclosing(bench.engine.run(FRAMED, "a")) as events:
            assert await anext(events) == Started()
            assert bench.state is State.INTENT
            assert bench.ways[0].calls == []

    asyncio.run(scenario())
    assert bench.state is State.ABANDONED


def test_follow_up_calls_are_made_in_turn_and_pictures_numbered(ledger):
    dialect = Dialect([Picture(0, b"1"), LINK], [Picture(0, b"2")])
    bench = Bench(ledger, dialect, ["sent", heard_as(0)], [heard_as(1)])
    assert asyncio.run(bench.events())[2:] == [Picture(0, b"1"), Picture(1, b"2")]
    assert bench.ways[0].calls == [POST, LINK]


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


def test_an_answer_that_ends_without_a_picture_is_unknown(ledger):
    bench = Bench(ledger, Dialect([Preview(0, b"p")], []), ["sent", heard_as(0), heard_as(1)])
    with pytest.raises(OutcomeUnknown, match="ended before the picture") as told:
        asyncio.run(bench.events())
    assert told.value.template == NO_END
    assert bench.state is State.UNKNOWN


def test_keys_and_the_prompt_leave_the_details(ledger):
    words = "key sk-abcdefgh1234 asked for 'a secret wish'"
    with pytest.raises(ProviderRefused) as told:
        asyncio.run(Bench(ledger, Dialect(), [ProviderRefused("no", details=words)]).events())
    assert told.value.details == "key *** asked for '***'"


@pytest.mark.parametrize("ending", [OutcomeUnknown("cut"), AnswerUnusable("bad")])
def test_once_a_picture_is_in_a_broken_tail_does_not_matter(ledger, ending):
    bench = Bench(ledger, Dialect([Picture(0, b"1")]), ["sent", heard_as(0, last=False), ending])
    assert asyncio.run(bench.events())[-1] == Picture(0, b"1")
    assert bench.state is State.RECEIVED


def test_a_picture_before_a_broken_one_is_a_picture(ledger):
    dialect = Dialect([Picture(0, b"1"), AnswerUnusable("second")])
    bench = Bench(ledger, dialect, ["sent", heard_as(0)])
    assert asyncio.run(bench.events())[-1] == Picture(0, b"1")


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


def test_when_nothing_can_be_written_down_nothing_starts(ledger):
    bench = Bench(ledger, Dialect())

    bench.engine = RemoteEngine(None, None, Dialect(), full, bench.connect, lambda: 0.5)
    with pytest.raises(CannotWrite):
        asyncio.run(bench.events())
    assert bench.ways == []

"""One job and its provider: what is heard of each answer."""

import asyncio
from contextlib import aclosing

import pytest

from editor.edits.events import Picture, Preview, Progress, Sent, Started
from editor.engine.exchange import NO_END
from editor.engine.note import State
from editor.engine.remote import RemoteEngine
from editor.errors import AnswerUnusable, CannotWrite, OutcomeUnknown
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


def test_an_answer_that_ends_without_a_picture_is_unknown(ledger):
    bench = Bench(ledger, Dialect([Preview(0, b"p")], []), ["sent", heard_as(0), heard_as(1)])
    with pytest.raises(OutcomeUnknown, match="ended before the picture") as told:
        asyncio.run(bench.events())
    assert told.value.template == NO_END
    assert bench.state is State.UNKNOWN


@pytest.mark.parametrize("ending", [OutcomeUnknown("cut"), AnswerUnusable("bad")])
def test_once_a_picture_is_in_a_broken_tail_does_not_matter(ledger, ending):
    bench = Bench(ledger, Dialect([Picture(0, b"1")]), ["sent", heard_as(0, last=False), ending])
    assert asyncio.run(bench.events())[-1] == Picture(0, b"1")
    assert bench.state is State.RECEIVED


def test_a_picture_before_a_broken_one_is_a_picture(ledger):
    dialect = Dialect([Picture(0, b"1"), AnswerUnusable("second")])
    bench = Bench(ledger, dialect, ["sent", heard_as(0)])
    assert asyncio.run(bench.events())[-1] == Picture(0, b"1")


def test_when_nothing_can_be_written_down_nothing_starts(ledger):
    bench = Bench(ledger, Dialect())

    bench.engine = RemoteEngine(None, None, Dialect(), full, bench.connect, lambda: 0.5)
    with pytest.raises(CannotWrite):
        asyncio.run(bench.events())
    assert bench.ways == []

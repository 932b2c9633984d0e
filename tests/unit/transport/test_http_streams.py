"""Streams of events as they come, and when they are let go."""

import asyncio
import base64
from contextlib import aclosing

import pytest

from editor.engine.runner import spawn
from editor.providers.dialect import Message
from editor.transport import sentences
from editor.transport.messages import JSON, STREAM
from tests.fakes.exchange import (
    EVENTS,
    Record,
    answer_to,
    heard,
    paid,
    saying,
    silent_after,
    talk,
    unknown,
    way_to,
)


def test_each_event_is_handed_over_as_it_comes_and_kept_before():
    async def talker(connection):
        await connection.request()
        await connection.say(EVENTS + b"\r\nevent: a\ndata: 1\n\n")
        await go[0].wait()
        await connection.say(b"data: 2\n\ndata: [DONE]\n\n")

    go = []

    async def scenario(base):
        go.append(asyncio.Event())
        record, found = Record(), []
        async with aclosing(way_to(base, record).send(paid(base))) as items:
            async for item in items:
                if isinstance(item, Message):
                    assert record.log[-1] == ("sync", len(record.spool.data))
                    found.append((item.event, item.data, item.last))
                    go[0].set()
        return found

    assert talk(scenario, talker) == [
        ("a", b"1", False),
        ("", b"2", False),
        ("", b"[DONE]", False),
        ("", b"", True),
    ]


def test_an_event_without_its_blank_line_is_not_lost():
    found, _ = answer_to(saying(EVENTS + b"\r\ndata: 1"))
    assert [message.data for message in found] == [b"1", b""]


def test_one_body_under_the_name_of_a_stream_is_one_body():
    (only,), record = answer_to(saying(EVENTS + b'\r\n{"data":', b" []}"))
    assert (only.data, only.media_type, only.last) == (b'{"data": []}', JSON, True)
    assert record.spool.data == only.data


@pytest.mark.parametrize("kind", [b"text/plain", b"application/json", b"x"])
def test_a_stream_under_another_name_is_a_stream(kind):
    said = EVENTS.replace(b"text/event-stream", kind) + b"\r\nevent: a\ndata: 1\n\ndata: 2"
    found, _ = answer_to(saying(said))
    assert [(each.event, each.data, each.last) for each in found] == [
        ("a", b"1", False),
        ("", b"2", False),
        ("", b"", True),
    ]
    assert {each.media_type for each in found} == {STREAM}


def test_eight_megabytes_in_one_event():
    data = base64.b64encode(b"p" * (6 << 20))
    found, record = answer_to(saying(EVENTS + b"\r\ndata: ", data, b"\n\n"))
    assert found[0].data == data
    assert len(record.spool.data) == len(data) + 8


def test_a_comment_shortens_the_silence_that_is_borne():
    unknown(silent_after(EVENTS + b"\r\n: alive\n"), sentences.SILENT, answer=600, alive=0.02)


@pytest.mark.parametrize("ending", [silent_after, saying])
def test_once_the_picture_is_in_the_rest_may_be_missed(ending):
    async def scenario(base):
        way, found = way_to(base, Record(), answer=600, tail=0.02), []
        async with aclosing(way.send(paid(base))) as items:
            async for item in items:
                if isinstance(item, Message):
                    found.append(item.data)
                    way.enough()
        return found

    said = EVENTS + b"Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n"
    assert talk(scenario, ending(said)) == [b"1", b""]


@pytest.mark.parametrize("said", [b"", EVENTS + b"\r\ndata: 1\n\n"])
def test_a_stop_closes_the_socket(said):
    left = []

    async def talker(connection):
        await connection.request()
        await connection.say(said)
        waiting[0].set()
        assert await connection.reader.read() == b""
        left.append(True)
        waiting[1].set()

    waiting = []

    async def scenario(base):
        waiting.extend([asyncio.Event(), asyncio.Event()])
        job = spawn(heard(way_to(base, Record()), paid(base)), "job")
        await waiting[0].wait()
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        await waiting[1].wait()

    talk(scenario, talker)
    assert left == [True]

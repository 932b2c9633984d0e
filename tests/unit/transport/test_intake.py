"""A body by itself: spool first, caps, packings and pace. Cuts and stalls are in test_http."""

import asyncio
import gzip
import logging
from contextlib import aclosing

import httpx
import pytest

from editor.errors import AnswerUnusable, CannotWrite
from editor.transport.intake import Deadlines, Intake
from editor.transport.sentences import ENCODED, TOO_LARGE
from tests.fakes.exchange import Spool


class Body(httpx.AsyncByteStream):
    def __init__(self, *chunks):
        self.chunks = chunks

    async def __aiter__(self):
        for chunk in self.chunks:
            yield chunk


def intake(*chunks, headers=None, megabytes=1, spool=None):
    response = httpx.Response(200, headers=headers or {}, stream=Body(*chunks))
    spool = spool or Spool([])
    return Intake(response, spool, "api.example", megabytes=megabytes, stall=20), spool


def whole(body, **deadlines):
    async def run():
        until = asyncio.get_running_loop().time() + 20
        return await body.whole(until, Deadlines(**deadlines))

    return asyncio.run(run())


def test_each_chunk_is_spooled_before_it_is_read():
    body, spool = intake(b"ab", b"cd")
    seen = []

    async def run():
        until = asyncio.get_running_loop().time() + 20
        async with aclosing(body.chunks(until)) as chunks:
            async for chunk in chunks:
                seen.append((chunk, spool.data))

    asyncio.run(run())
    assert seen == [(b"ab", b"ab"), (b"cd", b"abcd")]


def test_kept_waits_for_the_disk_and_outlives_a_full_one(caplog):
    body, spool = intake(b"ab")
    whole(body)
    asyncio.run(body.kept())
    assert spool.log == [("sync", 2)]

    class Full(Spool):
        def sync(self):
            raise CannotWrite("full")

    body, _ = intake(b"ab", spool=Full([]))
    with caplog.at_level(logging.WARNING):
        asyncio.run(body.kept())
    assert "held in memory" in caplog.text


def test_the_cap_counts_what_comes_out_of_the_packing():
    packed = gzip.compress(b"0" * (1 << 20))
    body, spool = intake(packed, headers={"content-encoding": "GZIP"})
    assert len(whole(body)) == 1 << 20
    assert spool.data == packed
    body, _ = intake(gzip.compress(b"0" * ((1 << 20) + 1)), headers={"content-encoding": "gzip"})
    with pytest.raises(AnswerUnusable) as told:
        whole(body)
    assert told.value.template == TOO_LARGE
    body, _ = intake(b"0" * (1 << 20), b"0")
    with pytest.raises(AnswerUnusable):
        whole(body)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_other_packings_are_refused_before_anything_is_read(encoding):
    with pytest.raises(AnswerUnusable) as told:
        intake(b"x", headers={"content-encoding": encoding})
    assert told.value.template == ENCODED


def test_a_packing_that_is_none():
    body, _ = intake(b"plain", headers={"content-encoding": "deflate"})
    with pytest.raises(AnswerUnusable) as told:
        whole(body)
    assert told.value.template == ENCODED


def test_pace_is_judged_from_the_first_sign_on(monkeypatch):
    """Time stands still but for the chunks: each one takes ten seconds."""
    clock = [0.0]

    class Slow(Body):
        async def __aiter__(self):
            for chunk in self.chunks:
                clock[0] += 10
                yield chunk

    def read(*chunks):
        body, _ = intake()
        body._response.stream = Slow(*chunks)

        async def run():
            loop = asyncio.get_running_loop()
            monkeypatch.setattr(loop, "time", lambda: clock[0])
            return await body.whole(1e9, Deadlines())

        return asyncio.run(run())

    enough = b"x" * 10 * 1024
    assert read(*[b" "] * 20, b"{}") == b" " * 20 + b"{}"
    assert len(read(*[enough] * 20)) == 20 * len(enough)
    with pytest.raises(TimeoutError):
        read(b"{", *[b"x" * 9 * 1024] * 6)
    with pytest.raises(TimeoutError):
        read(*[enough] * 7, *[b"x"] * 6)
    assert read(b"{", *[b"x"] * 5) == b"{xxxxx"

"""What comes back after the last byte is out: answers, cuts, silence and bombs."""

import asyncio
import gzip
import logging
import zlib
from contextlib import aclosing

import pytest

from editor.errors import AnswerUnusable, CannotWrite
from editor.providers.dialect import Message
from editor.transport import http, sentences
from tests.fakes.exchange import (
    EVENTS,
    HEAD,
    Record,
    answer_to,
    heard,
    messages,
    paid,
    saying,
    silent_after,
    talk,
    unknown,
    way_to,
)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200",
        HEAD,
        HEAD + b"Content-Length: 9\r\n\r\n{",
        b"nonsense\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        EVENTS + b"Content-Length: 9\r\n\r\nd",
    ],
)
def test_a_cut_at_any_place_after_the_last_byte_is_unknown(said):
    unknown(saying(said), sentences.CUT)


@pytest.mark.parametrize(
    "said", [b"", HEAD, HEAD + b"Content-Length: 9\r\n\r\n{", EVENTS + b"\r\n: a\n"]
)
def test_silence_after_the_last_byte_is_unknown(said):
    unknown(silent_after(said), sentences.SILENT, answer=0.03, alive=0.03)


def test_a_body_that_dribbles_is_given_up():
    async def talker(connection):
        await connection.request()
        await connection.say(HEAD + b"\r\n \n")
        while True:
            await connection.say(b"{")
            await asyncio.sleep(0)

    unknown(talker, sentences.SILENT, slow_span=0.02, slow_rate=1e12)


def test_a_slow_but_moving_body_and_blanks_before_it_are_borne():
    async def scenario(base):
        return await heard(way_to(base, Record(), slow_span=0.0, slow_rate=0.001), paid(base))

    async def talker(connection):
        await connection.request()
        await connection.say(HEAD + b"\r\n")
        for chunk in (b" ", b"  ", b"{", b"}", b"\n"):
            await connection.say(chunk)
            await asyncio.sleep(0)

    assert messages(talk(scenario, talker))[0].data.strip() == b"{}"


def test_what_came_before_a_cut_is_kept():
    record = unknown(saying(HEAD + b'Content-Length: 99\r\n\r\n{"data'), sentences.CUT)
    assert record.spool.data == b'{"data'


# -- what comes back --------------------------------------------------------------


def test_a_body_is_on_the_disk_before_it_is_handed_over():
    order = []

    async def scenario(base):
        record = Record()
        async with aclosing(way_to(base, record).send(paid(base))) as items:
            async for item in items:
                if isinstance(item, Message):
                    order.append((item.data, record.spool.data, record.log[-1]))

    body = b'{"data": []}'
    talk(scenario, saying(HEAD + b"\r\n", body[:5], body[5:]))
    assert order == [(body, body, ("sync", len(body)))]


def test_a_body_without_length_ends_with_its_connection():
    (message,), _ = answer_to(saying(HEAD + b"X-Request-Id: req_1\r\n\r\n{}"))
    assert (message.data, message.status, message.last) == (b"{}", 200, True)
    assert message.headers["x-request-id"] == "req_1"


@pytest.mark.parametrize("status", ["400 Bad", "307 Go", "500 Oops", "404 No"])
def test_refusals_and_redirects_are_handed_over_and_not_followed(status):
    said = f"HTTP/1.1 {status}\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 2\r\n\r\nno"
    (message,), record = answer_to(saying(said.encode()))
    assert (message.status, message.data) == (int(status[:3]), b"no")
    assert record.spool.data == b"no"


@pytest.mark.parametrize("said", [b"Content-Length: 99\r\n\r\nno", b"\r\n" + b"n" * (3 << 20)])
def test_a_refusal_that_is_cut_or_endless_is_still_a_refusal(said):
    (message,), _ = answer_to(saying(b"HTTP/1.1 400 Bad\r\n" + said))
    assert message.status == 400
    assert message.data.startswith(b"n")


def test_an_answer_over_the_cap_is_not_read_on(monkeypatch):
    monkeypatch.setattr(http, "ANSWER_MEGABYTES", 1)

    async def talker(connection):
        await connection.request()
        await connection.say(HEAD + b"\r\n")
        while True:
            await connection.say(b"x" * 65536)

    async def scenario(base):
        with pytest.raises(AnswerUnusable) as told:
            await heard(way_to(base, Record()), paid(base))
        assert told.value.template == sentences.TOO_LARGE
        assert told.value.values["megabytes"] == 1

    talk(scenario, talker)


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "identity", ""])
def test_a_body_packed_against_our_wish_is_read_all_the_same(encoding):
    body = b'{"data": []}' * 100
    packed = {"deflate": zlib.compress(body), "identity": body, "": body}.get(
        encoding, gzip.compress(body)
    )
    said = HEAD + f"Content-Encoding: {encoding}\r\n\r\n".encode()
    (message,), record = answer_to(saying(said + packed[:9], packed[9:]))
    assert message.data == body
    assert record.spool.data == packed


@pytest.mark.parametrize(
    ("encoding", "body", "sentence"),
    [
        ("br", b"{}", sentences.ENCODED),
        ("gzip", b"no gzip at all", sentences.ENCODED),
        ("gzip", gzip.compress(b"0" * (2 << 20)), sentences.TOO_LARGE),
    ],
)
def test_bombs_and_unknown_packings_are_unusable(monkeypatch, encoding, body, sentence):
    monkeypatch.setattr(http, "ANSWER_MEGABYTES", 1)

    async def scenario(base):
        with pytest.raises(AnswerUnusable) as told:
            await heard(way_to(base, Record()), paid(base))
        assert told.value.template == sentence

    said = HEAD + f"Content-Encoding: {encoding}\r\n\r\n".encode()
    talk(scenario, saying(said + body))


def test_a_disk_that_refuses_does_not_cost_the_picture(caplog):
    class Full(Record):
        def __init__(self):
            super().__init__()
            self.spool.sync = self.refuse

        def refuse(self):
            raise CannotWrite("full")

    async def scenario(base):
        return await heard(way_to(base, Full()), paid(base))

    with caplog.at_level(logging.WARNING):
        items = talk(scenario, saying(HEAD + b"\r\n{}"))
    assert messages(items)[0].data == b"{}"
    assert "held in memory" in caplog.text

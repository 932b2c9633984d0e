"""The paid POST on its way out: its form, its key, and when the ledger hears of it."""

import asyncio
import json
import threading

import pytest

from editor.edits.events import Progress, Sent
from editor.engine.runner import spawn
from editor.errors import CannotWrite
from editor.providers.dialect import Call, Message
from tests.fakes.exchange import (
    KEY,
    Record,
    heard,
    messages,
    paid,
    talk,
    way_to,
)


def test_the_form_leaves_with_its_length_the_key_and_no_wish_for_packing():
    seen = []

    async def talker(connection):
        await connection.request()
        seen.append(connection)
        await connection.answer(b"{}", "200 OK", "Content-Type: application/json; charset=utf-8")

    async def scenario(base):
        return await heard(way_to(base, Record()), paid(base))

    items = talk(scenario, talker)
    (connection,) = seen
    assert connection.head.startswith(b"POST /images/edits HTTP/1.1\r\n")
    assert connection.header("authorization") == f"Bearer {KEY}"
    assert connection.header("accept-encoding") == "identity"
    assert connection.header("connection") == "close"
    assert connection.header("user-agent").startswith("Frisket/")
    assert connection.header("idempotency-key") == "record-1"
    assert connection.header("transfer-encoding") == ""
    boundary = connection.header("content-type").partition("boundary=")[2].encode()
    assert connection.body == b"\r\n".join(
        [
            b"--" + boundary,
            b'Content-Disposition: form-data; name="model"',
            b"",
            b"m",
            b"--" + boundary,
            b'Content-Disposition: form-data; name="prompt"',
            b"",
            'a "red"\r\njacket ü'.encode(),
            b"--" + boundary,
            b'Content-Disposition: form-data; name="image"; filename="image-1.png"',
            b"Content-Type: image/png",
            b"",
            b"xxxxxxxxxx",
            b"--" + boundary + b"--",
            b"",
        ]
    )
    assert [type(item) for item in items] == [Progress, Sent, Message]
    assert items[-1].data == b"{}"
    assert items[-1].media_type == "application/json"
    assert items[-1].last


def test_json_can_be_sent_too():
    async def talker(connection):
        await connection.request()
        assert json.loads(connection.body) == {"a": 1}
        await connection.answer(b"{}")

    async def scenario(base):
        return await heard(way_to(base, Record()), Call("POST", base, json={"a": 1}))

    assert messages(talk(scenario, talker))[0].data == b"{}"


def test_no_key_no_header_and_none_for_another_origin():
    seen = []

    async def talker(connection):
        await connection.request()
        seen.append(connection.header("authorization"))
        await connection.answer(b"{}")

    async def scenario(base):
        await heard(way_to(base, Record(), key=None), paid(base))
        await heard(way_to("http://127.0.0.1:9/v1", Record()), paid(base))

    talk(scenario, talker)
    assert seen == ["", ""]


def test_the_ledger_says_sent_before_the_last_piece_is_out():
    record = Record()
    size = 300_000

    async def talker(connection):
        head = await connection.reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        before_last = await connection.reader.readexactly(length - 1)
        assert record.log == [("sending", length), "sent"]
        assert len(before_last) == length - 1
        await connection.answer(b"{}")

    async def scenario(base):
        way = way_to(base, record)
        items = await heard(way, paid(base, size))
        assert way.sent
        return items

    items = talk(scenario, talker)
    fractions = [item.fraction for item in items if isinstance(item, Progress)]
    assert fractions == sorted(fractions)
    assert len(fractions) >= 3
    assert fractions[-1] == 1.0
    assert items.index(Sent()) == len(fractions)


def test_while_sent_is_not_durable_the_last_piece_is_kept_back():
    """A ledger that cannot write keeps the request from being whole."""

    class Full(Record):
        def sent(self):
            raise CannotWrite("full")

    counted = []

    async def talker(connection):
        while chunk := await connection.reader.read(65536):
            counted.append(len(chunk))

    async def scenario(base):
        record = Full()
        way = way_to(base, record)
        with pytest.raises(CannotWrite):
            await heard(way, paid(base, 200_000))
        assert not way.sent
        return record.log[0][1]

    total = talk(scenario, talker)
    assert 100_000 < sum(counted) < total


def test_stopped_while_sending_nothing_whole_leaves():
    counted, gate = [], []

    async def talker(connection):
        await connection.reader.readuntil(b"\r\n\r\n")
        gate[0].set()
        while chunk := await connection.reader.read(65536):
            counted.append(len(chunk))

    class Slow(Record):
        """Writes to its disk until the job has been stopped."""

        written = threading.Event()

        def sent(self):
            self.log.append("sent")
            assert self.written.wait(20)

    async def scenario(base):
        record = Slow()
        gate.append(asyncio.Event())
        way = way_to(base, record)
        job = spawn(heard(way, paid(base, 200_000)), "job")
        await gate[0].wait()
        job.cancel()
        await asyncio.sleep(0)
        record.written.set()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert not way.sent
        return record.log[0][1]

    total = talk(scenario, talker)
    assert sum(counted) < total


def test_a_call_that_was_loaded_goes_out_again_as_it_was():
    bodies, record = [], Record()

    async def talker(connection):
        await connection.request()
        bodies.append(connection.body)
        await connection.answer(b"{}")

    async def scenario(base):
        way = way_to(base, record)
        call = await way.load(paid(base, 200_000))
        assert call.form == ()
        for _ in range(2):
            items = await heard(way, call)
            assert messages(items)[0].call is call
            assert way.sent
            way.not_taken()
            assert not way.sent
            assert record.spool.data == b""
        way.close()
        way.close()

    talk(scenario, talker)
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    assert len(bodies[0]) > 200_000
    assert record.log.count("sent") == 2

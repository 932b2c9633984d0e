"""Requests that do not leave whole: nothing was charged, and that is what is said."""

import asyncio
import socket
import ssl
from pathlib import Path

import pytest

from editor.errors import NotSent
from editor.providers.dialect import Call, Part
from editor.transport import sentences
from tests.fakes.exchange import (
    KEY,
    Record,
    heard,
    messages,
    paid,
    talk,
    way_to,
)

CERTIFICATE = Path(__file__).parents[2] / "fakes" / "loopback.pem"


def refused(sentence, way, call, **values):
    """Send and expect NotSent with this sentence; nothing was recorded as sent."""

    async def run():
        with pytest.raises(NotSent) as told:
            await heard(way, call)
        assert told.value.template == sentence
        assert values.items() <= told.value.values.items()
        assert KEY not in told.value.details + str(told.value)
        assert told.value.__suppress_context__
        assert not way.sent
        assert "sent" not in way._record.log

    return run()


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    host = base.removeprefix("http://")
    asyncio.run(refused(sentences.UNREACHABLE, way_to(base, Record()), paid(base), host=host))


def test_a_name_that_means_nothing(monkeypatch):
    async def run():
        def nobody(*args, **kwargs):
            raise socket.gaierror("no such name")

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", nobody)
        base = "http://nowhere.invalid"
        await refused(sentences.UNREACHABLE, way_to(base, Record()), paid(base))

    asyncio.run(run())


def test_a_certificate_nobody_vouches_for():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)

    async def talker(connection):
        raise AssertionError("nothing may arrive")

    async def scenario(base):
        await refused(sentences.UNPROVEN, way_to(base, Record()), paid(base))

    talk(scenario, talker, context)


def test_a_proxy_that_says_no(monkeypatch):
    async def talker(connection):
        await connection.request()
        assert connection.head.startswith(b"CONNECT api.example:443 ")
        assert KEY not in connection.head.decode()
        await connection.answer(b"", "407 Proxy Authentication Required")

    async def scenario(base):
        monkeypatch.setenv("HTTPS_PROXY", base.replace("//", "//me:secret@"))
        way = way_to("https://api.example/v1", Record())
        await refused(sentences.PROXY, way, paid("https://api.example/v1"), host="api.example")

    talk(scenario, talker)


def test_an_address_that_is_none():
    way = way_to("http://127.0.0.1:9", Record())
    call = Call("POST", "http://127.0.0.1:9/\x00", form=[Part("a", "b")])
    asyncio.run(refused(sentences.ODD_ADDRESS, way, call))


def test_the_connection_breaks_while_sending():
    async def talker(connection):
        await connection.reader.readexactly(200_000)
        connection.writer.transport.abort()

    async def scenario(base):
        way = way_to(base, Record())
        with pytest.raises(NotSent) as told:
            await heard(way, paid(base, 30_000_000))
        assert told.value.template == sentences.UPLOAD_STOPPED
        assert 0 <= told.value.values["percent"] < 100

    talk(scenario, talker)


def test_a_refusal_in_the_middle_of_the_upload_is_heard():
    record = Record()

    async def talker(connection):
        await connection.reader.readuntil(b"\r\n\r\n")
        await connection.answer(b"too large", "413 Too Large", "Content-Type: text/plain")
        connection.writer.transport.pause_reading()
        connection.writer.write_eof()
        connection.writer.close()

    async def scenario(base):
        way = way_to(base, record)
        try:
            return way, await heard(way, paid(base, 30_000_000))
        except NotSent:  # the reset may overtake the answer
            return way, None

    way, items = talk(scenario, talker)
    assert not way.sent
    if items is not None:
        assert messages(items)[0].status == 413


def test_an_upload_that_takes_too_long_is_given_up():
    async def talker(connection):
        connection.writer.transport.pause_reading()
        await connection.reader.read()

    async def scenario(base):
        way = way_to(base, Record(), total=0.05)
        with pytest.raises(NotSent):
            await heard(way, paid(base, 30_000_000))

    talk(scenario, talker)


def test_a_disk_without_a_place_for_the_answer():
    class Full(Record):
        @property
        def spool(self):
            raise OSError(28, "No space left on device")

        @spool.setter
        def spool(self, value):
            pass

    async def scenario():
        way = way_to("http://127.0.0.1:9", Full())
        with pytest.raises(NotSent) as told:
            await heard(way, paid("http://127.0.0.1:9"))
        assert told.value.template == sentences.NO_PLACE
        assert told.value.details == "No space left on device"
        assert not way.sent

    asyncio.run(scenario())

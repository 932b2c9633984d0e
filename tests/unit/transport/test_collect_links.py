"""Pictures behind links: fetched without key or trust, hop by hop."""

import asyncio

import httpx
import pytest

from editor.errors import AnswerUnusable
from editor.transport import addresses, collect, scrub, sentences
from tests.fakes.exchange import (
    Record,
    heard,
    link,
    saying,
    talk,
    way_to,
)

PICTURE = b"\x89PNG picture"


def test_a_link_to_the_provider_itself_is_fetched_without_the_key():
    async def talker(connection):
        await connection.request()
        assert connection.head.startswith(b"GET /a.png?sig=1 HTTP/1.1\r\n")
        assert connection.header("authorization") == ""
        assert connection.header("cookie") == ""
        assert connection.header("referer") == ""
        await connection.answer(PICTURE, "200 OK", "Content-Type: image/png")

    async def scenario(base):
        record = Record()
        (message,) = await heard(way_to(base + "/v1", record), link(base + "/a.png?sig=1"))
        assert record.spool.data == PICTURE
        return message

    message = talk(scenario, talker)
    assert (message.data, message.status, message.last) == (PICTURE, 200, True)
    assert message.call.facts == {"size": "1x1"}


def fetched(talker, where, sentence, **values):
    """Fetch and expect that it cannot be used."""

    async def scenario(base):
        with pytest.raises(AnswerUnusable) as told:
            await heard(way_to(base, Record(), total=5), link(where(base)))
        assert told.value.template == sentence
        assert values.items() <= told.value.values.items()

    talk(scenario, talker)


def test_redirects_on_the_providers_own_host_are_followed_for_five_hops():
    async def talker(connection):
        await connection.request()
        hop = int(connection.head.split()[1][1:])
        if hop:
            await connection.answer(b"", "302 Found", f"Location: /{hop - 1}")
        else:
            await connection.answer(PICTURE)

    async def scenario(base):
        (message,) = await heard(way_to(base, Record()), link(base + "/5"))
        return message.data

    assert talk(scenario, talker) == PICTURE
    fetched(talker, lambda base: base + "/6", collect.TOO_MANY_HOPS)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("file:///etc/passwd", addresses.ODD_LINK),
        ("http://elsewhere.example/", addresses.ODD_LINK),
        ("https://127.0.0.1/", addresses.PRIVATE_LINK),
    ],
)
def test_every_hop_is_checked(place, sentence):
    async def talker(connection):
        await connection.request()
        await connection.answer(b"", "307 Go", f"Location: {place}")

    fetched(talker, lambda base: base, sentence)


def test_a_link_that_breaks_stalls_or_is_not_there(monkeypatch):
    cut = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")
    fetched(cut, lambda base: base, sentences.NOT_FETCHED, host="127.0.0.1")
    monkeypatch.setattr(collect, "PICTURE_MEGABYTES", 0)
    fetched(saying(b"HTTP/1.1 200 OK\r\n\r\nx"), lambda base: base, sentences.TOO_LARGE)


def test_a_link_that_is_gone_is_told_by_its_status():
    async def scenario(base):
        (message,) = await heard(way_to(base, Record()), link(base))
        return message.status

    assert talk(scenario, saying(b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n")) == 410


def test_a_foreign_host_is_asked_at_the_address_that_was_checked(monkeypatch):
    asked = []

    async def answered(request):
        asked.append(request)
        return httpx.Response(200, stream=Piece())

    class Piece(httpx.AsyncByteStream):
        async def __aiter__(self):
            yield PICTURE

    async def client(url):
        asked.append(url)
        return httpx.AsyncClient(transport=httpx.MockTransport(answered))

    async def checked(url, home):
        return "203.0.113.7"

    monkeypatch.setattr(collect, "client_for", client)
    monkeypatch.setattr(collect, "allowed_address", checked)

    async def run():
        way = way_to("https://api.example/v1", Record())
        return await heard(way, link("https://cdn.example/a.png?sig=1"))

    (message,) = asyncio.run(run())
    assert message.data == PICTURE
    assert asked[0] == "https://cdn.example/a.png?sig=1"
    assert str(asked[1].url) == "https://203.0.113.7/a.png?sig=1"
    assert asked[1].headers["host"] == "cdn.example"
    assert asked[1].extensions["sni_hostname"] == "cdn.example"
    assert "authorization" not in asked[1].headers


def test_the_key_is_masked_from_now_on(monkeypatch):
    monkeypatch.setattr(scrub, "_secrets", set())
    way_to("https://api.example", Record(), key="very-secret-key")
    assert scrub.scrubbed("<very-secret-key>") == "<***>"

"""A question that costs nothing: the key goes to its provider alone, and nobody is followed."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from editor.capability.catalog import load
from editor.errors import NotSent
from editor.preferences.secrets import Secret
from editor.providers.dialect import Call
from editor.transport import free, sentences
from tests.fakes.exchange import KEY, talk

PLACE = load().provider("openai")


def asked(base, key=KEY, url=""):
    call = Call("GET", url or f"{base}/models", purpose="poll")
    place = replace(PLACE, base_url=base)
    return free.asked(call, place, Secret(key) if key else None)


def test_the_key_goes_along_and_the_answer_comes_back_whole():
    heads = []

    async def talker(connection):
        await connection.request()
        heads.append(connection.head)
        assert connection.header("authorization") == f"Bearer {KEY}"
        await connection.answer(b'{"data": []}', "200 OK", "Content-Type: application/json; a=b")

    message = talk(asked, talker)
    assert heads[0].startswith(b"GET /models HTTP/1.1\r\n")
    assert (message.status, message.data) == (200, b'{"data": []}')
    assert message.media_type == "application/json"


def test_nobody_is_followed():
    asks = []

    async def talker(connection):
        await connection.request()
        asks.append(connection.head)
        await connection.answer(b"", "302 Found", "Location: http://127.0.0.1:1/evil")

    assert talk(asked, talker).status == 302
    assert len(asks) == 1


def test_no_key_goes_to_another_address():
    seen = []

    async def talker(connection):
        await connection.request()
        seen.append(connection.header("authorization"))
        await connection.answer(b"{}", "200 OK")

    talk(lambda base: asked("https://api.example/v1", url=f"{base}/models"), talker)
    assert seen == [""]


def test_only_the_beginning_of_an_endless_answer_is_read(monkeypatch):
    monkeypatch.setattr(free, "LARGEST", 1000)

    async def talker(connection):
        await connection.request()
        await connection.answer(b"x" * 100_000, "200 OK")

    assert talk(asked, talker).data == b"x" * 1000


def test_a_silent_provider_is_not_waited_for_long(monkeypatch):
    monkeypatch.setattr(free, "PATIENCE", 0.1)

    async def talker(connection):
        await connection.request()
        await asyncio.sleep(1)

    with pytest.raises(NotSent) as caught:
        talk(asked, talker)
    assert caught.value.template == sentences.UNREACHABLE


def test_who_is_not_there_is_told_without_the_key():
    with pytest.raises(NotSent) as caught:
        asyncio.run(asked("http://127.0.0.1:1/v1"))
    assert caught.value.values["host"] == "127.0.0.1"
    assert KEY not in repr(vars(caught.value))
    assert caught.value.__cause__ is None


def test_without_a_key_none_is_sent():
    seen = []

    async def talker(connection):
        await connection.request()
        seen.append(connection.header("authorization"))
        await connection.answer(b"{}", "200 OK")

    talk(lambda base: asked(base, key=""), talker)
    assert seen == [""]

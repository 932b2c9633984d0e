"""The transport against a raw server: a ledger's entry that only notes, calls, and a scenario."""

from __future__ import annotations

import asyncio
import io
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import aclosing
from typing import BinaryIO, TypeVar

import pytest

from editor.capability.provider import Auth, Provider
from editor.edits.events import Progress, Sent
from editor.engine.runner import spawn
from editor.errors import OutcomeUnknown
from editor.preferences.secrets import Secret
from editor.providers.dialect import Call, Message, Part
from editor.transport.http import HttpTransport
from editor.transport.intake import Deadlines
from tests.fakes.raw import Connection, Talk, raw

T = TypeVar("T")

NONE: Mapping[str, str] = {}

KEY = "sk-test-key-0123456789"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"

Heard = Message | Progress | Sent


class Spool:
    """Keeps everything in memory and notes when it was asked to be durable."""

    def __init__(self, log: list[object]) -> None:
        self.log = log
        self.data = b""

    def write(self, chunk: bytes) -> None:
        self.data += chunk

    @property
    def size(self) -> int:
        return len(self.data)

    def cut_back(self, size: int) -> None:
        self.data = self.data[:size]

    def sync(self) -> None:
        self.log.append(("sync", len(self.data)))

    def close(self) -> None:
        self.log.append("closed")


class Record:
    """A ledger entry that notes what it was told, in order with what the socket saw."""

    id = "record-1"

    def __init__(self) -> None:
        self.log: list[object] = []
        self.spool = Spool(self.log)

    def scratch(self, blocks: Iterable[bytes]) -> BinaryIO:
        return io.BytesIO(b"".join(blocks))

    def sending(self, count: int) -> None:
        self.log.append(("sending", count))

    def sent(self) -> None:
        self.log.append("sent")


def paid(base: str, size: int = 10) -> Call:
    """A paid call whose picture has that many bytes."""
    form = [
        Part("model", "m"),
        Part("prompt", 'a "red"\r\njacket ü'),
        Part("image", b"x" * size, "image-1.png", "image/png"),
    ]
    return Call("POST", base + "/images/edits", form=form)


def link(url: str) -> Call:
    """The call that fetches a picture."""
    return Call("GET", url, purpose="fetch", facts={"size": "1x1"})


def place(base: str, auth: Auth = "bearer", headers: Mapping[str, str] = NONE) -> Provider:
    """A provider at an address, without models."""
    return Provider(
        id="p",
        label="P",
        engine="remote",
        models=(),
        base_url=base,
        auth=auth,
        headers=headers,
    )


def way_to(base: str, record: Record, key: str = KEY, **deadlines: float) -> HttpTransport:
    """A transport for one job; an empty key means none."""
    secret = Secret(key) if key else None
    return HttpTransport(place(base), secret, record, spawn, Deadlines(**deadlines))


async def heard(way: HttpTransport, call: Call) -> list[Heard]:
    """Everything that a call brings."""
    async with aclosing(way.send(call)) as items:
        return [item async for item in items]


def talk(
    scenario: Callable[[str], Awaitable[T]], talker: Talk, context: ssl.SSLContext | None = None
) -> T:
    """Run a scenario against a server that talks like this; gives what the scenario gives."""

    async def run() -> T:
        async with raw(talker, context) as base:
            return await scenario(base)

    return asyncio.run(run())


def messages(items: list[Heard]) -> list[Message]:
    """Only what the server said."""
    return [item for item in items if isinstance(item, Message)]


def saying(*chunks: bytes) -> Talk:
    """Read the request, say this, hang up."""

    async def talker(connection: Connection) -> None:
        await connection.request()
        await connection.say(*chunks)

    return talker


def silent_after(*chunks: bytes) -> Talk:
    """Read the request, say this, and then nothing until the client is gone."""

    async def talker(connection: Connection) -> None:
        await connection.request()
        await connection.say(*chunks)
        await connection.reader.read()

    return talker


def unknown(talker: Talk, sentence: str, **deadlines: float) -> Record:
    """Send and expect OutcomeUnknown; gives the record."""

    async def scenario(base: str) -> Record:
        record = Record()
        way = way_to(base, record, KEY, **deadlines)
        with pytest.raises(OutcomeUnknown) as told:
            await heard(way, paid(base))
        assert told.value.template == sentence
        assert told.value.__suppress_context__
        assert way.sent
        assert "sent" in record.log
        return record

    return talk(scenario, talker)


def answer_to(talker: Talk, **deadlines: float) -> tuple[list[Message], Record]:
    """Send; gives what was heard and the record."""

    async def scenario(base: str) -> tuple[list[Heard], Record]:
        record = Record()
        return await heard(way_to(base, record, KEY, **deadlines), paid(base)), record

    items, record = talk(scenario, talker)
    return messages(items), record

"""A provider that does one thing wrong, on a raw socket, and counts what it was asked."""

from __future__ import annotations

import ssl
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.fakes.faults.carriers import Carrier, Reply, Stage, good
from tests.fakes.raw import Connection, raw


@dataclass
class Turn:
    """One request at the stage where the fault is. reply: the right answer. number: from 1.

    base: address of the server.
    """

    connection: Connection
    carrier: Carrier
    reply: Reply
    number: int
    base: str

    async def say(self, *chunks: bytes) -> None:
        await self.connection.say(*chunks)

    async def answer(self, reply: Reply | None = None) -> None:
        """Give the right answer, or another one."""
        await self.connection.say((reply or self.reply).wire())

    async def silence(self) -> None:
        """Say nothing until the client is gone."""
        await self.connection.reader.read()


Act = Callable[[Turn], Awaitable[None]]
"""What happens instead of the right answer."""


@dataclass
class Faulty:
    """The server of one run. asked: requests by stage, whole or not; charges: of paid ones.

    act: at this stage, the first times times; elsewhere and later all is right. whole: read
    the request before acting. charge: the request is charged although it goes wrong. context:
    proves who it is, and makes the address one of https.
    """

    carrier: Carrier
    stage: Stage
    act: Act
    times: int = 1_000_000
    whole: bool = True
    charge: bool = True
    asked: Counter[Stage] = field(default_factory=Counter)
    charges: int = 0
    heads: list[bytes] = field(default_factory=list)
    context: ssl.SSLContext | None = None

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve on loopback while the block runs; gives the base address."""
        base: list[str] = []

        async def talk(connection: Connection) -> None:
            await self._talk(connection, base[0])

        async with raw(talk, self.context) as address:
            base.append(address)
            yield address

    async def _talk(self, connection: Connection, base: str) -> None:
        connection.head = await connection.reader.readuntil(b"\r\n\r\n")
        stage = _stage(connection.head)
        self.asked[stage] += 1
        self.heads.append(connection.head)
        replies: Mapping[Stage, Reply] = good(base, self.carrier)
        wrong = stage == self.stage and self.asked[stage] <= self.times
        if self.whole or not wrong:
            length = int(connection.header("content-length") or 0)
            connection.body = await connection.reader.readexactly(length)
            if stage == "submit" and (self.charge or not wrong):
                self.charges += 1
        if wrong:
            await self.act(Turn(connection, self.carrier, replies[stage], self.asked[stage], base))
        else:
            await connection.say(replies[stage].wire())


def _stage(head: bytes) -> Stage:
    line = head.split(b"\r\n", 1)[0]
    if b"/tasks" in line:
        return "poll"
    return "submit" if line.startswith(b"POST") else "fetch"

"""A server of a few lines that says exactly the bytes it is told, for what no real server does."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Talk = Callable[["Connection"], Awaitable[None]]


class Connection:
    """One accepted connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.head = b""
        self.body = b""

    async def request(self) -> None:
        """Read one whole request into head and body."""
        self.head = await self.reader.readuntil(b"\r\n\r\n")
        if length := self.header("content-length"):
            self.body = await self.reader.readexactly(int(length))

    def header(self, name: str) -> str:
        """The value of a header of the request, "" when it is not there."""
        for line in self.head.decode().split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name:
                return value.strip()
        return ""

    async def say(self, *chunks: bytes) -> None:
        """Send bytes as they are."""
        for chunk in chunks:
            self.writer.write(chunk)
            await self.writer.drain()

    async def answer(self, body: bytes, status: str = "200 OK", *headers: str) -> None:
        """Send a whole answer with its length."""
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
        await self.say("\r\n".join(lines).encode() + body)


@asynccontextmanager
async def raw(talk: Talk, context: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """Serve on loopback while the block runs; gives "http://127.0.0.1:PORT".

    What goes wrong in talk comes out at the end of the block, but for the client's leaving.
    """
    talking: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(Connection(reader, writer))
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task that is cancelled before its first step never comes to close its connection.
        talking[asyncio.get_running_loop().create_task(serve(reader, writer))] = writer

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context, limit=1 << 26)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"{'https' if context else 'http'}://127.0.0.1:{port}"
    finally:
        server.close()
        for task in talking:
            task.cancel()
        ends = await asyncio.gather(*talking, return_exceptions=True)
        for writer in talking.values():
            writer.transport.abort()  # what nobody read any more would keep it open
        await server.wait_closed()  # also for the connections, from Python 3.12 on
    for end in ends:
        if end is not None and not isinstance(end, asyncio.CancelledError):
            raise end

"""The body of the one paid request: written to a file once, counted on its way out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import httpx

from editor.edits.events import Progress, Sent
from editor.providers.dialect import Call
from editor.transport.durable import Record, settled

PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Body:
    """What a paid call carries, in a file, so that it is never held and may go out again.

    headers: its type and length. total: bytes.
    """

    headers: dict[str, str]
    total: int
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Loaded:
    """A paid call that is ready to go out; call: without what its body holds."""

    call: Call
    body: Body


def request_for(call: Call, headers: Mapping[str, str]) -> httpx.Request:
    """Encode a call: a multipart form, a JSON body, or nothing."""
    form = [
        (part.name, (part.filename or None, part.content, part.media_type or None))
        for part in call.form
    ]
    return httpx.Request(
        call.method, call.url, headers={**call.headers, **headers}, files=form, json=call.json
    )


def body_of(call: Call, record: Record) -> Body:
    """Encode a call as a multipart form or as JSON; blocks. Raises CannotWrite."""
    request = request_for(call, {})
    assert isinstance(request.stream, httpx.SyncByteStream)
    headers = {name: request.headers[name] for name in ("content-type", "content-length")}
    return Body(headers, int(headers["content-length"]), record.scratch(request.stream))


class Upload(httpx.AsyncByteStream):
    """Hands out the body piece by piece; the last one only when the record says "sent".

    total: bytes of the body. sent: the last piece may be out, so the edit may be charged.
    count: bytes handed to the socket. heard: Progress for each hundredth, then Sent.
    """

    def __init__(self, body: Body, record: Record) -> None:
        self._file = body.file
        self._record = record
        self.total = body.total
        self.count = 0
        self.sent = False
        self.heard: asyncio.Queue[Progress | Sent | None] = asyncio.Queue()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await settled(lambda: self._record.sending(self.total))
        self._file.seek(0)
        for _ in range((self.total - 1) // PIECE):
            piece = self._file.read(PIECE)
            yield piece
            self._tell(len(piece))
        await settled(self._record.sent)
        self.sent = True
        piece = self._file.read()
        yield piece
        self._tell(len(piece))
        self.heard.put_nowait(Sent())

    def _tell(self, size: int) -> None:
        before, self.count = self.count, self.count + size
        if 100 * before // self.total < 100 * self.count // self.total:
            self.heard.put_nowait(Progress(self.count / self.total, self.total))

"""The body of the one paid request, counted on its way out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator

import httpx

from editor.edits.events import Progress, Sent
from editor.providers.dialect import Call
from editor.transport.durable import Record, settled

PIECE = 64 * 1024


def request_for(call: Call, headers: dict[str, str]) -> httpx.Request:
    """Encode a call: a multipart form, a JSON body, or nothing."""
    form = [
        (part.name, (part.filename or None, part.content, part.media_type or None))
        for part in call.form
    ]
    return httpx.Request(
        call.method, call.url, headers={**call.headers, **headers}, files=form, json=call.json
    )


class Upload(httpx.AsyncByteStream):
    """Hands out the body piece by piece; the last one only when the record says "sent".

    total: bytes of the body. sent: the last piece may be out, so the edit may be charged.
    count: bytes handed to the socket. heard: Progress for each hundredth, then Sent.
    """

    def __init__(self, request: httpx.Request, record: Record) -> None:
        assert isinstance(request.stream, httpx.SyncByteStream)
        self._body = request.stream
        self._record = record
        self.total = int(request.headers["content-length"])
        self.count = 0
        self.sent = False
        self.heard: asyncio.Queue[Progress | Sent | None] = asyncio.Queue()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await settled(lambda: self._record.sending(self.total))
        held = b""
        for piece in _pieces(self._body):
            if held:
                yield held
                self._tell(len(held))
            held = piece
        await settled(self._record.sent)
        self.sent = True
        yield held
        self._tell(len(held))
        self.heard.put_nowait(Sent())

    def _tell(self, size: int) -> None:
        before, self.count = self.count, self.count + size
        if 100 * before // self.total < 100 * self.count // self.total:
            self.heard.put_nowait(Progress(self.count / self.total))


def _pieces(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut and gather: a form comes as headers of a few bytes and pictures of many millions."""
    held = bytearray()
    for block in blocks:
        for start in range(0, len(block), PIECE):
            held += block[start : start + PIECE]
            if len(held) >= PIECE:
                yield bytes(held)
                held.clear()
    if held:
        yield bytes(held)

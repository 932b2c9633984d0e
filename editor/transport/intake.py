"""The body of an answer as it arrives: on the disk first, within its size and its time."""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import cast

import httpx

from editor.errors import AnswerUnusable, CannotWrite
from editor.transport.durable import Spool, settled
from editor.transport.sentences import ENCODED, TOO_LARGE

log = logging.getLogger(__name__)

MEGABYTE = 1 << 20
_PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""Encodings that are read although identity was asked for, as zlib's window bits."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds, on the monotonic clock of the loop.

    answer: between two chunks, and until the first. alive: the same, once a stream has shown
    that it says when nothing happens. tail: after the picture is in. total: the whole exchange.
    poll: one question after a task. upload: for a body of no size, and upload_rate, bytes a
    second, for the rest of it. slow_rate, bytes a second, must be reached over each slow_span
    once a body has begun.
    """

    answer: float = 300.0
    alive: float = 90.0
    tail: float = 5.0
    total: float = 900.0
    poll: float = 60.0
    upload: float = 60.0
    upload_rate: float = 65536.0
    slow_rate: float = 1024.0
    slow_span: float = 60.0


USUAL = Deadlines()


class Intake:
    """One body. stall: seconds of silence that are borne; may be changed while reading.

    first: what of it came before, and is in the spool already.
    """

    def __init__(
        self,
        response: httpx.Response,
        spool: Spool,
        host: str,
        *,
        megabytes: int,
        stall: float,
        first: bytes = b"",
    ) -> None:
        self.stall = stall
        self._response = response
        self._spool = spool
        self._host = host
        self._megabytes = megabytes
        self._parts = [first] if first else []
        self._unpack = self._unpacker()

    @property
    def came(self) -> bytes:
        """What `whole` has read so far, unpacked."""
        return b"".join(self._parts)

    async def chunks(self, until: float, *, spooled: bool = True) -> AsyncGenerator[bytes, None]:
        """Yield each chunk, unpacked, after it went to the spool; until: time of the loop.

        spooled: False for what must not be kept as it comes. Raises AnswerUnusable over the cap,
        TimeoutError, and the errors of httpx.
        """
        clock, size = asyncio.get_running_loop().time, len(self.came)
        arriving = cast("AsyncGenerator[bytes, None]", self._response.aiter_raw())
        async with aclosing(arriving) as raw:
            while True:
                async with asyncio.timeout_at(min(until, clock() + self.stall)):
                    chunk = await anext(raw, None)
                if chunk is None:
                    return
                if spooled:
                    self._spool.write(chunk)
                plain = self._plain(chunk)
                size += len(plain)
                if size > self._megabytes * MEGABYTE:
                    raise self._unusable(TOO_LARGE)
                yield plain

    async def whole(self, until: float, deadlines: Deadlines) -> bytes:
        """Read to the end. Raises TimeoutError also when it only dribbles."""
        pace = _Pace(deadlines)
        async with aclosing(self.chunks(until)) as chunks:
            async for chunk in chunks:
                self._parts.append(chunk)
                pace.count(chunk)
        return self.came

    async def kept(self) -> None:
        """Return when everything that came is on the disk, or the spool holds it in memory.

        A full disk must not cost a picture that has been paid for.
        """
        try:
            await settled(self._spool.sync)
        except CannotWrite:
            log.warning("an answer is held in memory: the disk refuses it")

    def _unpacker(self) -> zlib._Decompress | None:
        encoding = self._response.headers.get("content-encoding", "identity").strip().lower()
        if encoding in {"", "identity"}:
            return None
        if encoding not in _PACKED:
            raise self._unusable(ENCODED)
        return zlib.decompressobj(_PACKED[encoding])

    def _plain(self, chunk: bytes) -> bytes:
        if self._unpack is None:
            return chunk
        try:
            plain = self._unpack.decompress(chunk, self._megabytes * MEGABYTE)
        except zlib.error:
            raise self._unusable(ENCODED) from None
        if self._unpack.unconsumed_tail:
            raise self._unusable(TOO_LARGE)
        return plain

    def _unusable(self, sentence: str) -> AnswerUnusable:
        return AnswerUnusable(sentence, host=self._host, megabytes=self._megabytes)


class _Pace:
    """Notices a body that never stalls and never gets anywhere."""

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines
        self._began: float | None = None
        self._size = 0

    def count(self, chunk: bytes) -> None:
        """Raise TimeoutError when a span has passed with too little in it.

        Blanks ahead of the body are how some gateways keep a connection open while they wait.
        """
        now = asyncio.get_running_loop().time()
        if self._began is None:
            self._began = now if chunk.strip() else None
            return
        self._size += len(chunk)
        span = now - self._began
        if span >= self._deadlines.slow_span:
            if self._size < self._deadlines.slow_rate * span:
                raise TimeoutError
            self._began, self._size = now, 0

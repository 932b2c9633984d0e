"""A provider and the network before it, as chance has them: what is lost, refused, late or cut.

Nothing here knows what the program does about it. The provider charges once it has a request
whole and takes it, whether or not anybody hears of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

import httpx
import numpy as np

from tests.fakes.faults.carriers import Carrier, Reply, Stage, drawn, good

T = TypeVar("T")

Fate = Literal[
    "answered", "limited", "refused", "failed", "failed-charged", "lost", "lost-charged", "moved"
]
FATES: dict[Fate, float] = {
    "answered": 0.60,
    "limited": 0.13,
    "refused": 0.04,
    "failed": 0.05,
    "failed-charged": 0.05,
    "lost": 0.04,
    "lost-charged": 0.06,
    "moved": 0.03,
}
"""What becomes of a whole request, and how often."""

CHARGED: frozenset[Fate] = frozenset({"answered", "failed-charged", "lost-charged"})

BASE = "http://127.0.0.1:8"
PICTURE = drawn(12)


@dataclass
class Post:
    """One paid request. whole: every byte of it arrived. fate: what became of it then."""

    whole: bool = False
    fate: Fate | None = None


@dataclass
class World(httpx.AsyncBaseTransport):
    """One click's provider; it is given to every client of that click."""

    chance: np.random.Generator
    carrier: Carrier
    posts: list[Post] = field(default_factory=list)

    @property
    def charges(self) -> int:
        return sum(post.fate in CHARGED for post in self.posts)

    @property
    def sent_again(self) -> int:
        """Requests that went out although one before them may have been taken."""
        return sum(post.whole and post.fate != "limited" for post in self.posts[:-1])

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._reached()
        if request.method == "POST" and "tasks" not in request.url.path:
            return await self._paid(request)
        await request.aread()
        await asyncio.sleep(self._some(3.0))
        kind: Stage = "poll" if "tasks" in request.url.path else "fetch"
        if self._happens(0.15):
            return self._told(Reply(b"{}", status=self._one_of(("500 X", "503 X", "404 X"))))
        return self._told(good(BASE, self.carrier)[kind])

    async def _reached(self) -> None:
        if self._happens(0.08):
            await asyncio.sleep(self._some(3.0))
            raise httpx.ConnectError("refused")
        if self._happens(0.03):
            await asyncio.sleep(10.0)
            raise httpx.ConnectTimeout("silent")

    async def _paid(self, request: httpx.Request) -> httpx.Response:
        post = Post()
        self.posts.append(post)
        assert isinstance(request.stream, httpx.AsyncByteStream)
        left = int(request.headers["content-length"])
        breaks = self._some(left) if self._happens(0.15) else -1.0
        async for piece in request.stream:
            await asyncio.sleep(self._some(2.0))
            left -= len(piece)
            if breaks >= 0 and left <= breaks:
                await self._broken_upload(post, left)
        post.whole, post.fate = True, self._fate()
        await asyncio.sleep(float(self.chance.exponential(60.0)))
        return await self._answered(post.fate)

    async def _broken_upload(self, post: Post, left: int) -> None:
        """The connection breaks; when it was the last piece, it may have arrived all the same."""
        if not left:
            post.whole, post.fate = True, self._fate()
        if self._happens(0.3):
            await asyncio.sleep(60.0)
            raise httpx.WriteTimeout("stalled")
        errors: list[httpx.TransportError] = [httpx.WriteError("broken"), httpx.ReadError("reset")]
        raise self._one_of(errors)

    async def _answered(self, fate: Fate) -> httpx.Response:
        match fate:
            case "answered":
                return self._told(good(BASE, self.carrier)["submit"])
            case "limited":
                waits = ("1", "20", "100", "500", "soon", "-3")
                header = f"Retry-After: {self._one_of(waits)}"
                return self._told(Reply(b"{}", status="429 X", headers=(header,)), cut=False)
            case "refused":
                status = self._one_of(("400 X", "401 X", "403 X", "413 X", "422 X"))
                return self._told(Reply(b"{}", status=status))
            case "moved":
                there = ("Location: http://127.0.0.1:8/there",)
                return self._told(Reply(b"", status="307 X", headers=there))
            case "failed" | "failed-charged":
                status = self._one_of(("500 X", "502 X", "503 X", "504 X", "408 X", "409 X"))
                return self._told(Reply(b"{}", status=status))
        if self._happens(0.5):
            await asyncio.get_running_loop().create_future()  # silence, for ever
        errors: list[httpx.TransportError] = [
            httpx.ReadError("reset"),
            httpx.RemoteProtocolError("closed"),
        ]
        raise self._one_of(errors)

    def _told(self, reply: Reply, *, cut: bool = True) -> httpx.Response:
        pairs = [line.split(": ", 1) for line in reply.headers]
        headers = {"content-type": reply.media_type, **dict(pairs)}
        body = reply.body
        ends = "well"
        if cut and self._happens(0.2):
            ends = self._one_of(("cut", "silent"))
            body = body[: int(self._some(len(body)))]
        status = int(reply.status[:3])
        return httpx.Response(status, headers=headers, stream=_Body(self, body, ends))

    def _fate(self) -> Fate:
        index = self.chance.choice(len(FATES), p=list(FATES.values()))
        return list(FATES)[index]

    def _happens(self, share: float) -> bool:
        return bool(self.chance.random() < share)

    def _some(self, most: float) -> float:
        return float(self.chance.random() * most)

    def _one_of(self, those: Sequence[T]) -> T:
        return those[int(self.chance.integers(len(those)))]


class _Body(httpx.AsyncByteStream):
    """An answer in pieces that takes its time and may not come to its end."""

    def __init__(self, world: World, data: bytes, ends: str) -> None:
        self._world, self._data, self._ends = world, data, ends

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self._data), 1500):
            await asyncio.sleep(self._world._some(30.0))
            yield self._data[at : at + 1500]
        if self._ends == "cut":
            raise httpx.RemoteProtocolError("cut")
        if self._ends == "silent":
            await asyncio.get_running_loop().create_future()

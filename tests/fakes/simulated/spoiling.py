"""One spoilt answer through the whole stack in virtual time: did it pass for a picture?"""

from __future__ import annotations

import asyncio
import io
import ssl
from dataclasses import dataclass
from unittest import mock

import httpcore
import httpx
import numpy as np
from PIL import Image

from editor.edits.events import End, Event, Finished, Limited, Picture
from editor.engine import runner as engine_runner
from editor.engine.runner import JobRunner
from editor.errors import Problem
from editor.imaging import codec
from tests.fakes.clocks import VirtualLoop
from tests.fakes.faults.bench import ENDS
from tests.fakes.faults.carriers import CARRIERS, CARRYING, Carrier, Stage
from tests.fakes.faults.catalogue import complaints
from tests.fakes.simulated.line import Line
from tests.fakes.simulated.mutations import LEVELS, PICTURE, right, spoilt
from tests.fakes.simulated.schedule import engine_with, wish_for

LONGEST = 3 * 3600.0
CRASHES = {engine_runner.BROKEN_BEFORE, engine_runner.BROKEN_AFTER}


class _Spoken(httpcore.AsyncNetworkBackend):
    """Connections that say what is written down, a few bytes at a time."""

    def __init__(self, says: dict[Stage, bytes], asked: list[Stage], step: int) -> None:
        self._says, self._asked, self._step = says, asked, step

    async def connect_tcp(self, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        return _Stream(self)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def answer(self, head: bytes) -> list[bytes]:
        line = head.split(b"\r\n", 1)[0]
        stage: Stage = "submit" if line.startswith(b"POST") else "fetch"
        stage = "poll" if b"/tasks" in line else stage
        self._asked.append(stage)
        said = self._says.get(stage, b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n")
        return [said[at : at + self._step] for at in range(0, len(said), self._step)]


class _Stream(httpcore.AsyncNetworkStream):
    def __init__(self, spoken: _Spoken) -> None:
        self._spoken, self._head = spoken, b""
        self._left: list[bytes] | None = None

    async def read(self, max_bytes: int, *_: object, **__: object) -> bytes:
        if self._left is None:
            self._left = self._spoken.answer(self._head)[::-1]
        return self._left.pop() if self._left else b""

    async def write(self, buffer: bytes, *_: object, **__: object) -> None:
        self._head = self._head or buffer

    async def aclose(self) -> None:
        pass


@dataclass
class Outcome:
    """What came of one spoilt answer. limited: it said that the request was not accepted."""

    end: End | None
    pictures: list[bytes]
    posts: int
    seconds: float
    limited: bool

    def complaints(self) -> list[str]:
        """What is wrong: a crash, a hang, a false success, a second request."""
        wrong: list[str] = []
        if self.end is None or self.seconds > LONGEST:
            return ["a hang"]
        problem = getattr(self.end, "problem", None)
        if problem is not None and problem.template in CRASHES:
            wrong.append(f"a crash: {problem.details}")
        elif problem is not None:
            wrong += complaints(problem)
        if isinstance(self.end, Finished) and not self.pictures:
            wrong.append("a success without a picture")
        wrong += ["a false success" for data in self.pictures if taken(data) and not whole(data)]
        if self.posts != 1 and not self.limited:
            wrong.append(f"{self.posts} requests")
        return wrong


def taken(data: bytes) -> bool:
    """Whether the program takes these bytes for a picture."""
    try:
        codec.decode(data, codec.read_facts(data, "answer"))
    except Problem:
        return False
    except Exception:  # noqa: BLE001 - the decoding child answers whatever comes, so does this
        return False
    return True


def whole(data: bytes) -> bool:
    """Whether an independent reader finds nothing wrong with them."""
    if data == PICTURE:
        return True
    try:
        Image.open(io.BytesIO(data)).verify()
        Image.open(io.BytesIO(data)).load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def answered(seed: int) -> Outcome:
    """One edit whose answer this seed spoils."""
    chance = np.random.default_rng(seed)
    carrier = CARRIERS[int(chance.integers(len(CARRIERS)))]
    level = LEVELS[int(chance.integers(len(LEVELS)))]
    replies = right(carrier)
    hit = list(replies)[int(chance.integers(len(replies)))] if level != "picture" else None
    says = {
        stage: spoilt(reply, carrier, level, chance)
        if stage == (hit or CARRYING[carrier])
        else reply.wire()
        for stage, reply in replies.items()
    }
    asked: list[Stage] = []
    backend = _Spoken(says, asked, int(chance.integers(1, 4000)))

    def transport(verify: ssl.SSLContext, **_: object) -> httpx.AsyncBaseTransport:
        made = _TRANSPORT(verify=verify, trust_env=False)
        made._pool = httpcore.AsyncConnectionPool(network_backend=backend)
        return made

    with (
        mock.patch.object(httpx, "AsyncHTTPTransport", transport),
        asyncio.Runner(loop_factory=VirtualLoop) as runner,
    ):
        return runner.run(_answered(carrier, asked))


_TRANSPORT = httpx.AsyncHTTPTransport


async def _answered(carrier: Carrier, asked: list[Stage]) -> Outcome:
    events, ended = list[Event](), asyncio.Event()

    def hear(_job: str, event: Event) -> None:
        events.append(event)
        if isinstance(event, ENDS):
            ended.set()

    provider, model, edit = wish_for(carrier)
    runner = JobRunner(hear, lambda _provider, _problem: None)
    runner.submit("a", engine_with(provider, model, lambda job, _: Line(job)), lambda: edit)
    try:
        async with asyncio.timeout(LONGEST + 1):
            await ended.wait()
    except TimeoutError:
        await runner.close()
    end = next((event for event in events if isinstance(event, ENDS)), None)
    pictures = [event.data for event in events if isinstance(event, Picture)]
    limited = any(isinstance(event, Limited) for event in events)
    posts, seconds = asked.count("submit"), asyncio.get_running_loop().time()
    return Outcome(end, pictures, posts, seconds, limited)

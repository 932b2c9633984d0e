"""A provider on loopback: a real HTTP server that reads forms strictly and answers in pictures.

In a test of the same process::

    # conftest.py of the folder
    from tests.fakes.provider import provider as provider, served as served

    # the test
    from tests.fakes.provider import KEY, Play

    def test_something(provider, monkeypatch):
        monkeypatch.setenv("FRISKET_KEY_OPENAI", KEY)
        provider.play(Play(refuse="moderation"))  # the next request; more arguments, more
        ... send to provider.base_url ("http://127.0.0.1:PORT/v1") + "/images/edits" ...
        assert provider.log[0].charged is False

Where there is no conftest, `with serving() as provider:` does the same.

As a process: `python -m tests.fakes.provider [--port 0] [--key KEY]` prints the base URL as its
first line and serves until it is killed. It is then steered over HTTP, without a key:
`POST /control/play` (a list of Play objects as JSON), `POST /control/release`,
`POST /control/reset`, `GET /control/log` (what `Seen` holds, as JSON).

A Play may also be written into the prompt, which needs no control at all:
`a red jacket [[hold head]] [[refuse rate]] [[cut 5000]] [[link]]`; see Play for the words.

What a request must keep is in rules.py; what breaks a rule is answered with 400, is not
charged, and its code is in the log. An answer is the picture that was sent, a little off all
over, with stripes painted where the mask is clear (redraw.py); the colour changes from answer
to answer to the same request, otherwise everything is deterministic. An edit is charged when
its form is whole and right and it is not refused, whether or not anybody waits for the answer.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import dataclasses
import hashlib
import socket
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import anyio
import pytest
import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from tests.fakes.acting import Answer, Play, with_words
from tests.fakes.answers import body, events
from tests.fakes.redraw import encoded, redrawn
from tests.fakes.refusals import REFUSALS, openai
from tests.fakes.rules import Broken, Sent, Wish, parts_of, understood

KEY = "sk-fake-0123456789abcdef"
PATH = "/v1/images/edits"


@dataclass
class Seen:
    """One request in the log.

    digest: of model, prompt, settings and files, so that equal wishes have the same. error:
    the code of the rule that was broken, or the refusal played. left: the client went away
    before the answer was out. headers: of the request, in lower case.
    """

    method: str
    path: str
    headers: dict[str, str]
    digest: str = ""
    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    files: list[tuple[str, str, str, int]] = dataclasses.field(default_factory=list)
    size: tuple[int, int] = (0, 0)
    error: str = ""
    charged: bool = False
    answered: bool = False
    left: bool = False


class Provider:
    """The server's state and its handle; every public method may be called from any thread."""

    def __init__(self, key: str = KEY) -> None:
        self.key = key
        self.base_url = ""
        self.log: list[Seen] = []
        self._plays: deque[Play] = deque()
        self._always = Play()
        self._files: dict[str, bytes] = {}
        self._changed = threading.Condition()
        self._gate = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    # -- steering -----------------------------------------------------------------

    @property
    def charges(self) -> Counter[str]:
        """How often each wish has been charged, by digest."""
        return Counter(seen.digest for seen in self.log if seen.charged)

    def play(self, *plays: Play) -> None:
        """Answer the next requests like this, one each."""
        self._plays.extend(plays)

    def always(self, play: Play) -> None:
        """Answer like this whenever no play is waiting."""
        self._always = play

    def release(self) -> None:
        """Let every held answer go on, now and from now on; reset() holds again."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._gate.set)

    def reset(self) -> None:
        """Forget plays and log; let go of what is held."""
        self._plays.clear()
        self._always = Play()
        self.log = []
        if self._loop is not None:
            gate, self._gate = self._gate, asyncio.Event()
            self._loop.call_soon_threadsafe(gate.set)

    def wait_until(self, condition: Callable[[list[Seen]], bool], timeout: float = 20.0) -> None:
        """Block until the log says so. Raises AssertionError after timeout seconds."""
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self.log), timeout), self.log

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()

    # -- serving ------------------------------------------------------------------

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        self._loop = asyncio.get_running_loop()
        request = Request(scope, receive)
        answer = Answer(send, receive)
        if request.url.path.startswith("/control/"):
            await answer.whole(200, await self._controlled(request))
            return
        seen = Seen(request.method, request.url.path, dict(request.headers))
        self.log.append(seen)
        try:
            if request.method == "GET":
                await self._file(seen, answer)
            else:
                await self._edit(request, seen, answer)
            seen.answered = not answer.broken
        except (ClientDisconnect, ConnectionError):
            seen.left = True
        self._tell()

    async def _controlled(self, request: Request) -> object:
        match request.url.path.removeprefix("/control/"):
            case "play":
                self.play(*(Play(**each) for each in await request.json()))
            case "release":
                self.release()
            case "reset":
                self.reset()
            case "log":
                return [dataclasses.asdict(seen) for seen in self.log]
        return {}

    async def _file(self, seen: Seen, answer: Answer) -> None:
        data = self._files.get(seen.path)
        if data is None:
            await answer.whole(404, "gone", "text/plain")
        else:
            await answer.whole(200, data, "image/png")

    async def _edit(self, request: Request, seen: Seen, answer: Answer) -> None:
        play = self._plays.popleft() if self._plays else self._always
        if play.cut_upload >= 0:
            await answer.hang_up_after(play.cut_upload)
            return
        try:
            wish = await self._wish(request, seen)
        except Broken as broken:
            seen.error = broken.code
            no = openai(400, broken.code, "invalid_request_error", broken.message)
            await answer.whole(401 if broken.code == "invalid_api_key" else 400, no.body)
            return
        play = with_words(play, wish.prompt)
        if play.hold == "head":
            self._tell()
            await self._held(answer)
        if play.refuse:
            no = REFUSALS[play.refuse]
            seen.error = play.refuse
            seen.charged = no.status < 300 or no.status >= 500
            await answer.whole(no.status, no.body, no.media_type, no.headers)
            return
        seen.charged = True
        seed = self.charges[seen.digest] + int(seen.digest[:8], 16)
        picture = await asyncio.to_thread(_drawn, wish, seed)
        await self._answer(wish, play, picture, answer)

    async def _wish(self, request: Request, seen: Seen) -> Wish:
        """Read and check a request. Raises Broken."""
        if seen.headers.get("authorization") != f"Bearer {self.key}":
            async for _ in request.stream():
                pass
            raise Broken("invalid_api_key", f"Incorrect API key provided: {self.key[:7]}***.")
        if seen.path != PATH or request.url.query:
            raise Broken("not_found", f"Invalid URL (POST {seen.path})")
        if not seen.headers.get("content-length", "").isdigit():
            raise Broken("length_required", "Content-Length is missing")
        parts = [part async for part in parts_of(request)]
        seen.texts = {part.name: part.content.decode() for part in parts if not part.filename}
        seen.files = [
            (part.name, part.filename, part.media_type, len(part.content))
            for part in parts
            if part.filename
        ]
        seen.digest = _digest(parts)
        self._tell()
        wish = understood(parts)
        seen.size = wish.size
        return wish

    async def _answer(self, wish: Wish, play: Play, picture: bytes, answer: Answer) -> None:
        streams = wish.texts.get("stream") == "true" and not play.plain
        carried = self._carried(play, picture)
        pieces = events(wish, play, carried) if streams else body(wish, carried)
        media_type = "text/event-stream" if streams else "application/json"
        await answer.begin(200, media_type, {"x-request-id": f"req_{len(self.log)}"})
        await answer.pieces(pieces, play, lambda: self._held(answer))

    def _carried(self, play: Play, picture: bytes) -> dict[str, object]:
        if play.href:
            return {"url": play.href}
        if not play.link:
            return {"b64_json": base64.b64encode(picture).decode()}
        path = f"/files/{hashlib.sha256(picture).hexdigest()[:16]}.png"
        self._files[path] = picture
        return {"url": self.base_url.removesuffix("/v1") + path + "?sig=signed-secret"}

    async def _held(self, answer: Answer) -> None:
        """Wait for release(), or until the client is gone."""
        gone = False
        async with anyio.create_task_group() as group:

            async def leave() -> None:
                nonlocal gone
                await answer.disconnected()
                gone = True
                group.cancel_scope.cancel()

            group.start_soon(leave)
            await self._gate.wait()
            group.cancel_scope.cancel()
        if gone:
            raise ClientDisconnect


def _drawn(wish: Wish, seed: int) -> bytes:
    drawn = redrawn(wish.pictures[0], wish.mask, seed)
    if drawn.size != wish.size:
        drawn = drawn.resize(wish.size)
    quality = int(wish.texts.get("output_compression", "100"))
    return encoded(drawn, wish.texts.get("output_format", "png"), quality)


def _digest(parts: Sequence[Sent]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{part.name} {len(part.content)} ".encode() + part.content)
    return digest.hexdigest()


class Server(uvicorn.Server):
    """A server that says when it is up."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(
            uvicorn.Config(
                provider,
                http="h11",
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_level="critical",
            )
        )
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


def bound(provider: Provider, port: int = 0) -> socket.socket:
    """A listening socket on loopback, its address noted in the provider."""
    listening = socket.create_server(("127.0.0.1", port))
    provider.base_url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
    return listening


@contextlib.contextmanager
def serving() -> Iterator[Provider]:
    """Serve from a thread while the block runs."""
    provider = Provider()
    server = Server(provider)
    with bound(provider) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        assert server.up.wait(20)
        yield provider
        server.should_exit = server.force_exit = True
        thread.join(20)


@pytest.fixture(scope="session")
def served() -> Iterator[Provider]:
    """One server for the whole run."""
    with serving() as provider:
        yield provider


@pytest.fixture
def provider(served: Provider) -> Iterator[Provider]:
    """A provider without a past; `served` must be imported beside it."""
    served.reset()
    yield served
    served.reset()


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description="A provider on loopback for tests.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", default=KEY)
    asked = parser.parse_args()
    provider = Provider(asked.key)
    with bound(provider, asked.port) as listening:
        print(provider.base_url, flush=True)
        Server(provider).run(sockets=[listening])


if __name__ == "__main__":
    main()

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

It plays every provider of speaking/, each under a folder of its own: give a program
provider.base_for(profile) as its base address. What a request must keep is in rules.py and
with each of them; what breaks a rule is refused, is not charged, and its code is in the log.
GET .../models proves a key and costs nothing.

An answer is the picture that was sent, a little off all over, with stripes painted where the
mask is clear (redraw.py); the colour changes from answer to answer to the same request,
otherwise everything is deterministic. An edit is charged when its form is whole and right and
it is not refused, whether or not anybody waits for the answer.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import dataclasses
import hashlib
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import anyio
import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from editor.capability.provider import Provider as Place
from tests.fakes.acting import Answer, Play, with_words
from tests.fakes.admission import Seen, admitted, authorized, wrong_key
from tests.fakes.answers import body, drawn, events, inline
from tests.fakes.reading import json_object
from tests.fakes.refusals import REFUSALS
from tests.fakes.rules import Broken, Wish
from tests.fakes.serving import Server, bound
from tests.fakes.speaking.mounts import base_for, speaker_at
from tests.fakes.speaking.speaker import Carried, Speaker

KEY = "sk-fake-0123456789abcdef"


@dataclass
class Task:
    """An answer that is asked for by name. left: queries before it is there."""

    told: object
    left: int
    lost: bool


class Provider:
    """The server's state and its handle; every public method may be called from any thread."""

    def __init__(self, key: str = KEY) -> None:
        self.key = key
        self.root = ""
        self.log: list[Seen] = []
        self._plays: deque[Play] = deque()
        self._always = Play()
        self._files: dict[str, bytes] = {}
        self._tasks: dict[str, Task] = {}
        self._changed = threading.Condition()
        self._gate = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    # -- steering -----------------------------------------------------------------

    @property
    def base_url(self) -> str:
        """The base address where OpenAI is played."""
        return self.root + "/v1"

    def base_for(self, place: Place) -> str:
        """The base address of a profile here; see mounts.py for who is played where."""
        return base_for(self.root, place)

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

    def lives_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Know the loop of the server."""
        self._loop = loop

    def settle(self) -> None:
        """Block until what has come from clients that are gone is heard, and in the log."""
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(_rounds(), self._loop).result(20.0)

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
        self.lives_on(asyncio.get_running_loop())
        request = Request(scope, receive)
        answer = Answer(send, receive)
        if request.url.path.startswith("/control/"):
            await answer.whole(200, await self._controlled(request))
            return
        seen = Seen(request.method, request.url.path, dict(request.headers))
        self.log.append(seen)
        try:
            if request.method == "GET":
                await self._got(seen, answer)
            else:
                await self._posted(request, seen, answer)
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

    async def _got(self, seen: Seen, answer: Answer) -> None:
        """Answer what costs nothing: a file, the list of models, a task by its address."""
        speaker, path = speaker_at(seen.path)
        if path in self._files:
            await answer.whole(200, self._files[path], "image/png")
        elif not authorized(seen, speaker, self.key):
            await self._refused(seen, answer, speaker, wrong_key(self.key))
        elif path.endswith("/models"):
            models = [{"id": id, "object": "model"} for id in sorted(speaker.rules.models)]
            await answer.whole(200, {"object": "list", "data": models})
        elif speaker.polls and path.startswith(speaker.polls):
            await self._polled(speaker.asked(path, {}), speaker, answer)
        else:
            await answer.whole(404, "gone", "text/plain")

    async def _posted(self, request: Request, seen: Seen, answer: Answer) -> None:
        speaker, path = speaker_at(seen.path)
        if speaker.polls and path == speaker.polls:
            body = json_object(await request.body())
            if authorized(seen, speaker, self.key):
                await self._polled(speaker.asked(path, body), speaker, answer)
            else:
                await self._refused(seen, answer, speaker, wrong_key(self.key))
            return
        play = self._plays.popleft() if self._plays else self._always
        if play.cut_upload >= 0:
            await answer.hang_up_after(play.cut_upload)
            return
        try:
            wish = await admitted(request, seen, self.key, self._behind, self._tell)
        except Broken as broken:
            await self._refused(seen, answer, speaker, broken)
            return
        await self._acted(wish, with_words(play, wish.prompt), speaker, seen, answer)

    async def _acted(
        self, wish: Wish, play: Play, speaker: Speaker, seen: Seen, answer: Answer
    ) -> None:
        if play.hold == "head":
            self._tell()
            await self._held(answer)
        if play.refuse:
            no = REFUSALS[play.refuse]
            seen.error = play.refuse
            seen.charged = no.status < 300 or no.status >= 500
            await answer.whole(no.status, no.body, no.media_type, no.headers)
            return
        wish = wish.drawn_at(play.size)
        seen.charged = True
        self._tell()
        seed = self.charges[seen.digest] + int(seen.digest[:8], 16)
        linked = play.href or speaker.links_for(wish, play)
        carried = []
        for each in range(speaker.count(wish)):
            picture = await asyncio.to_thread(drawn, wish, seed + 7 * each, speaker)
            carried.append(self._linked(play, picture) if linked else inline(picture))
        await self._answer(wish, play, carried, speaker, answer)

    async def _answer(
        self, wish: Wish, play: Play, carried: list[Carried], speaker: Speaker, answer: Answer
    ) -> None:
        task = f"task-{len(self.log)}"
        told = speaker.body(wish, carried, task)
        if play.pending >= 0 or (speaker.polls and speaker.by_task(wish)):
            self._tasks[task] = Task(told, max(play.pending, 0), play.lost)
            told = speaker.accepted(task)
        streams = speaker.streams and wish.texts.get("stream") == "true" and not play.plain
        pieces = events(wish, play, carried[0]) if streams else body(told)
        media_type = "text/event-stream" if streams else "application/json"
        await answer.begin(200, media_type, {"x-request-id": f"req_{len(self.log)}"})
        await answer.pieces(pieces, play, lambda: self._held(answer))

    async def _polled(self, id: str, speaker: Speaker, answer: Answer) -> None:
        task = self._tasks.get(id)
        if task is None or task.lost:
            await answer.whole(speaker.lost.status, speaker.lost.body)
            return
        done = task.left <= 0
        task.left -= 1
        await answer.whole(200, speaker.polled(id, task.told if done else None))

    async def _refused(self, seen: Seen, answer: Answer, speaker: Speaker, broken: Broken) -> None:
        seen.error = broken.code
        no = speaker.refused(broken)
        await answer.whole(no.status, no.body, no.media_type, no.headers)

    def put(self, picture: bytes) -> str:
        """Serve a picture and return its address."""
        path = f"/files/{hashlib.sha256(picture).hexdigest()[:16]}.png"
        self._files[path] = picture
        return self.root + path

    def _behind(self, address: str) -> bytes | None:
        return self._files.get(address.removeprefix(self.root).partition("?")[0])

    def _linked(self, play: Play, picture: bytes) -> Carried:
        return {"url": play.href or self.put(picture) + "?sig=signed-secret"}

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


async def _rounds() -> None:
    """Let the loop look at its sockets: accept, watch, read and begin take a round each."""
    for _ in range(10):
        await asyncio.sleep(0)


@contextlib.contextmanager
def serving() -> Iterator[Provider]:
    """Serve from a thread while the block runs."""
    provider = Provider()
    server = Server(provider)
    listening, provider.root = bound()
    with listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        assert server.up.wait(20)
        provider.lives_on(server.loop)
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
    """A provider without a past."""
    served.reset()
    yield served
    served.settle()
    served.reset()


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description="A provider on loopback for tests.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", default=KEY)
    asked = parser.parse_args()
    provider = Provider(asked.key)
    listening, provider.root = bound(asked.port)
    with listening:
        print(provider.base_url, flush=True)
        Server(provider).run(sockets=[listening])


if __name__ == "__main__":
    main()

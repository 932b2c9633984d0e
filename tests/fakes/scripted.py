"""A remote engine over scripts: a dialect that speaks in outcomes, a way that follows its lines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from editor.edits.events import Event, Progress, Sent
from editor.engine.entry import Entry
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, State
from editor.engine.remote import RemoteEngine
from editor.providers.dialect import Call, Message

POST = Call("POST", "https://api.example/edits")
LINK = Call("GET", "https://cdn.example/a", purpose="fetch")
POLL = Call("GET", "https://api.example/tasks/t", purpose="poll", wait=3.0)
AT_ONCE = replace(POLL, wait=0.0)
FRAMED: Any = SimpleNamespace(request=SimpleNamespace(prompt="a secret wish"))

NOBODY: Any = None
"""Provider and model: the dialect of a script looks at neither."""

Step = object
"""An exception to raise, an event to wait for, "sent", bytes of the answer, or a thing heard."""


class Dialect:
    """Speaks in outcomes: a message's data is the index of what it means."""

    def __init__(self, *meanings: Sequence[object], again: Call | None = AT_ONCE) -> None:
        self.meanings = meanings
        self.again = again
        self.asked: list[str] = []

    def encode(self, edit: object, provider: object, model: object) -> Sequence[Call]:
        assert edit is FRAMED
        return [POST]

    def decode(self, message: Message) -> Iterator[Call | Event]:
        for outcome in self.meanings[int(message.data)]:
            if isinstance(outcome, Exception):
                raise outcome
            yield outcome  # type: ignore[misc]  # whatever a test says it means

    def resume(self, provider: object, task: str) -> Call | None:
        self.asked.append(task)
        return self.again


class Way:
    """A transport that follows a script for each call."""

    def __init__(self, entry: Entry, scripts: list[list[Step]]) -> None:
        self.entry, self.scripts = entry, scripts
        self.sent, self.plenty, self.closed = False, 0, 0
        self.calls: list[Call] = []
        self.loaded: list[Call] = []
        self.at = asyncio.Event()

    def enough(self) -> None:
        self.plenty += 1

    def not_taken(self) -> None:
        self.sent = False
        self.entry.spool.cut_back(0)

    def close(self) -> None:
        self.closed += 1

    async def load(self, call: Call) -> Call:
        self.loaded.append(call)
        return call

    async def send(self, call: Call) -> AsyncGenerator[Message | Progress | Sent, None]:
        self.calls.append(call)
        for step in self.scripts.pop(0):
            match step:
                case Exception():
                    raise step
                case asyncio.Event():
                    self.at.set()
                    await step.wait()
                case "sent":
                    await asyncio.to_thread(self.entry.sending, 1)
                    await asyncio.to_thread(self.entry.sent)
                    self.sent = True
                    yield Sent()
                case bytes():
                    self.entry.spool.write(step)
                case Message() | Progress():
                    yield step


def heard_as(number: int, *, last: bool = True, status: int = 200, call: Call = POST) -> Message:
    """A message that means what the dialect has at this place."""
    return Message(call, str(number).encode(), status=status, last=last)


class Bench:
    """A remote engine over scripts, with a real ledger; chance is always in the middle."""

    def __init__(self, ledger: Ledger, dialect: Dialect, *scripts: list[Step]) -> None:
        self.ledger = ledger
        self.ways: list[Way] = []
        self.scripts = list(scripts)
        self.engine = RemoteEngine(
            NOBODY,
            NOBODY,
            dialect,
            self.opened,
            self.connect,
            lambda: 0.5,
        )

    def opened(self, job: str, edit: object) -> Entry:
        return self.ledger.open(Asked(job, "p", "m", "api.example", "digest"))

    def connect(self, entry: Entry) -> Way:
        self.ways.append(Way(entry, self.scripts))
        return self.ways[-1]

    async def events(self, found: list[Event] | None = None) -> list[Event]:
        found = [] if found is None else found
        async with aclosing(self.engine.run(FRAMED, "a")) as events:
            async for event in events:
                found.append(event)
        return found

    @property
    def state(self) -> State:
        (note,) = self.ledger.notes()
        return note.state

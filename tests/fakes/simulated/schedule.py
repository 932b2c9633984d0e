"""One click in virtual time against a provider as chance has it, and what must hold of it."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from unittest import mock

import httpx
import numpy as np

from editor.capability.provider import Model, Provider
from editor.edits.events import End, Event, Failed, Finished, Picture, Unknown
from editor.edits.framing import Framed
from editor.engine.entry import Entry
from editor.engine.note import State
from editor.engine.remote import RemoteEngine
from editor.engine.runner import JobRunner, spawn
from editor.errors import NotSent, ProviderRefused
from editor.preferences.secrets import Secret
from editor.providers.table import dialect
from editor.transport import upload
from editor.transport.http import HttpTransport
from editor.transport.intake import USUAL, Deadlines
from tests.fakes.clocks import VirtualLoop
from tests.fakes.faults.bench import ENDS, edit_for, place_for
from tests.fakes.faults.carriers import CARRIERS, Carrier
from tests.fakes.simulated.line import Line
from tests.fakes.simulated.world import BASE, World

LONGEST = 4 * 3600.0
"""Seconds after which nothing is waited for: tries, waits, an answer, half an hour of questions."""

LOST = frozenset(
    {State.INTENT, State.LIMITED, State.SENDING, State.REFUSED, State.NOT_SENT, State.ABANDONED}
)
"""States that say that nothing was charged."""


@dataclass
class Outcome:
    """What came of one click."""

    world: World
    line: Line
    end: End | None
    pictures: list[bytes]
    seconds: float

    def complaints(self) -> list[str]:
        """What is wrong with it; nothing for every fate and every program that keeps its word."""
        wrong, state = [], self.line.note.state
        if self.world.charges > 1:
            wrong.append(f"charged {self.world.charges} times")
        if self.world.sent_again:
            wrong.append("sent again after the last byte")
        if self.end is None or self.seconds > LONGEST:
            wrong.append("no end in time")
        if self.world.charges and state in LOST:
            wrong.append(f"charged, and the ledger says {state.value}")
        if self.world.charges and not self._owned_up():
            wrong.append(f"charged, and told {self.end}")
        if isinstance(self.end, Finished) and not self.pictures:
            wrong.append("finished without a picture")
        if self.pictures and state is not State.RECEIVED:
            wrong.append(f"a picture came, and the ledger says {state.value}")
        return wrong

    def _owned_up(self) -> bool:
        """Whether the person is told that it may have been charged."""
        match self.end:
            case Finished() | Unknown():
                return True
            case Failed(problem):
                return not isinstance(problem, NotSent | ProviderRefused)
        return False


def clicked(seed: int, deadlines: Deadlines = USUAL) -> Outcome:
    """One click, with whatever this seed brings."""
    chance = np.random.default_rng(seed)
    carrier = CARRIERS[int(chance.integers(len(CARRIERS)))]
    world = World(chance, carrier)
    with (
        mock.patch.object(httpx, "AsyncHTTPTransport", return_value=world),
        mock.patch.object(upload, "PIECE", 400),
        asyncio.Runner(loop_factory=VirtualLoop) as runner,
    ):
        return runner.run(_clicked(world, carrier, deadlines))


async def _clicked(world: World, carrier: Carrier, deadlines: Deadlines) -> Outcome:
    events, ended = list[Event](), asyncio.Event()
    made: list[Line] = []

    def hear(_job: str, event: Event) -> None:
        events.append(event)
        if isinstance(event, ENDS):
            ended.set()

    def opened(job: str, _edit: Framed) -> Line:
        made.append(Line(job))
        return made[-1]

    runner, clock = (
        JobRunner(hear, lambda _provider, _problem: None),
        asyncio.get_running_loop().time,
    )
    provider, model, edit = wish_for(carrier)
    engine = engine_with(provider, model, opened, deadlines)
    runner.submit("a", engine, lambda: edit)
    try:
        async with asyncio.timeout(LONGEST + 1):
            await _disturbed(world, runner, ended)
            await ended.wait()
    except TimeoutError:
        await runner.close()
    end = next((event for event in events if isinstance(event, ENDS)), None)
    pictures = [event.data for event in events if isinstance(event, Picture)]
    return Outcome(world, made[0], end, pictures, clock())


async def _disturbed(world: World, runner: JobRunner, ended: asyncio.Event) -> None:
    """Now and then the person stops the job, or closes the program."""
    if not world._happens(0.25):
        return
    try:
        async with asyncio.timeout(float(world.chance.exponential(50.0))):
            await ended.wait()
    except TimeoutError:
        if world._happens(0.5):
            runner.stop("a")
        else:
            await runner.close()


@functools.cache
def wish_for(carrier: Carrier) -> tuple[Provider, Model, Framed]:
    """Who is asked, and for what."""
    provider, model = place_for(carrier)
    provider = replace(provider, base_url=BASE)
    return provider, model, edit_for(carrier)


def engine_with(
    provider: Provider,
    model: Model,
    opened: Callable[[str, Framed], Line],
    deadlines: Deadlines = USUAL,
) -> RemoteEngine:
    """The product's engine on a ledger in memory."""

    def connect(line: Entry) -> HttpTransport:
        return HttpTransport(provider, Secret("sk-of-nobody"), line, spawn, deadlines)

    chance = np.random.default_rng(1).random
    return RemoteEngine(provider, model, dialect(provider.dialect), opened, connect, chance)

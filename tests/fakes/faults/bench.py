"""One edit through the real engine, transport and ledger, on a fast clock, to one faulty server."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace

import numpy as np

from editor.capability.catalog import load
from editor.capability.field import Value
from editor.capability.limits import ANYTHING
from editor.capability.provider import Model, Provider
from editor.edits.events import Cancelled, End, Event, Failed, Finished, Limited, Picture, Unknown
from editor.edits.framing import Framed, frame
from editor.edits.request import EditRequest, Frame
from editor.engine.entry import Entry
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, Note
from editor.engine.remote import RemoteEngine
from editor.engine.runner import JobRunner, spawn
from editor.imaging.raster import Raster
from editor.preferences.secrets import Secret
from editor.providers.table import dialect
from editor.transport.http import HttpTransport
from editor.transport.intake import USUAL, Deadlines
from tests.fakes.clocks import FastLoop
from tests.fakes.faults.carriers import Carrier
from tests.fakes.faults.server import Faulty

KEY = "sk-fault-0123456789abcdef"
PROMPT = "a kite over the bay"
SIDE = 64
SPEED = 50.0
"""Seconds of the loop in one real second."""

SETTINGS: Mapping[Carrier, Mapping[str, Value]] = {
    "sse": {"stream": True, "partial_images": 1},
    "task": {"async": True},
}
"""What asks for the carrier."""

CATALOG = load()
ENDS = (Finished, Cancelled, Failed, Unknown)


@dataclass
class Outcome:
    """What came of one edit. seconds: of the loop, from the first event to the end."""

    events: list[Event] = field(default_factory=list)
    note: Note | None = None
    raw: bytes = b""
    seconds: float = 0.0

    @property
    def end(self) -> End:
        """The last event."""
        last = self.events[-1]
        assert isinstance(last, ENDS)
        return last

    @property
    def pictures(self) -> list[bytes]:
        return [event.data for event in self.events if isinstance(event, Picture)]

    @property
    def waits(self) -> list[float]:
        return [event.seconds for event in self.events if isinstance(event, Limited)]

    @property
    def sentence(self) -> str:
        """The template of the problem it ended with, "" when it did not."""
        return getattr(getattr(self.end, "problem", None), "template", "")


@functools.cache
def edit_for(carrier: Carrier, noise: int = 0) -> Framed:
    """An edit of a small picture; noise: side of a picture that cannot be packed instead."""
    provider, model = place_for(carrier)
    side = noise or SIDE
    pixels = np.random.default_rng(3).integers(0, 256, (side, side, 4), np.uint8)
    if not noise:
        pixels[...] = (90, 120, 150, 255)
    pixels[..., 3] = 255
    coverage = np.zeros((side, side), np.uint8)
    coverage[side // 4 : side // 2, side // 4 : side // 2] = 255
    request = EditRequest(
        Raster(pixels),
        coverage,
        PROMPT,
        provider.id,
        model.id,
        frame=Frame.WHOLE,
        settings=SETTINGS.get(carrier, {}),
    )
    return frame(request, model)


def place_for(carrier: Carrier) -> tuple[Provider, Model]:
    """Who is asked: OpenAI's way, or AceData's for tasks; any size is allowed."""
    provider = CATALOG.provider("acedata" if carrier == "task" else "openai")
    model = provider.model("gpt-image-2")
    return provider, replace(model, limits=replace(model.limits, sizes=ANYTHING))


def engine_to(
    provider: Provider,
    model: Model,
    ledger: Ledger,
    lines: list[Entry],
    deadlines: Deadlines = USUAL,
) -> RemoteEngine:
    """The product's engine with deadlines of our own; lines: gathers what it opens."""

    def opened(job: str, _edit: Framed) -> Entry:
        lines.append(ledger.open(Asked(job, provider.id, model.id, "loopback", "0")))
        return lines[-1]

    def connect(entry: Entry) -> HttpTransport:
        return HttpTransport(provider, Secret(KEY), entry, spawn, deadlines)

    chance = np.random.default_rng(1).random
    return RemoteEngine(provider, model, dialect(provider.dialect), opened, connect, chance)


def run(
    faulty: Faulty,
    ledger: Ledger,
    deadlines: Deadlines = USUAL,
    *,
    base: str = "",
    noise: int = 0,
    speed: float = SPEED,
) -> Outcome:
    """Send one edit to the server and hear it to its end."""
    loop = FastLoop(speed)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(_sent(faulty, ledger, deadlines, base, noise))


async def _sent(
    faulty: Faulty, ledger: Ledger, deadlines: Deadlines, base: str, noise: int
) -> Outcome:
    outcome, ended = Outcome(), asyncio.Event()

    def hear(_job: str, event: Event) -> None:
        outcome.events.append(event)
        if isinstance(event, ENDS):
            ended.set()

    provider, model = place_for(faulty.carrier)
    async with AsyncExitStack() as stack:
        served = await stack.enter_async_context(faulty.serving())
        provider = replace(provider, base_url=base or served)
        edit = edit_for(faulty.carrier, noise)
        lines: list[Entry] = []
        engine = engine_to(provider, model, ledger, lines, deadlines)
        runner = JobRunner(hear, lambda _provider, _problem: None)
        began = asyncio.get_running_loop().time()
        runner.submit(faulty.carrier, engine, lambda: edit)
        await ended.wait()
        outcome.seconds = asyncio.get_running_loop().time() - began
        (line,) = lines
        outcome.note = line.note
        outcome.raw = ledger.raw(line.note)
    return outcome

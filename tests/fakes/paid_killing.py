"""A process that makes one paid call and is killed at a named point of it, and what must be left.

The points are where the ledger changes its state, where the raw answer goes to the spool, and
where the picture goes to the project. The oracle is the log of the loopback provider.
"""

from __future__ import annotations

import asyncio
import functools
import multiprocessing
import os
import signal
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from editor.capability.catalog import load
from editor.capability.field import Value
from editor.capability.limits import ANYTHING
from editor.capability.provider import Model, Provider
from editor.edits.events import Event, Picture
from editor.edits.framing import Framed, frame
from editor.edits.request import EditRequest, Frame
from editor.engine.entry import Entry
from editor.engine.ledger import Ledger
from editor.engine.note import AFTER_RESTART, Note, Restart
from editor.engine.remains import links_in, recovered, task_in
from editor.engine.remote import RemoteEngine
from editor.imaging.raster import Raster
from editor.project.store import Store
from editor.providers.table import dialect
from editor.storage.spool import Spool
from editor.transport.upload import Upload
from tests.fakes.faults.bench import engine_to
from tests.fakes.faults.carriers import CARRIERS, Carrier
from tests.fakes.project import add_picture, variant
from tests.fakes.provider import Provider as Loopback

STATES = ("sending", "sent", "accepted", "received", "stored", "shown")
POINTS = (
    *("opened-before", "opened-after", "upload-after"),
    *(f"{state}-{side}" for state in STATES for side in ("before", "after")),
    *("write-before", "write-after", "sync-before", "sync-after"),
    *("variant-before", "variant-after"),
)
"""Where the process can be killed; each name is what is done, and on which side of it."""

RANDOM = "random"
"""Not at a point but at any moment."""

SETTINGS: Mapping[Carrier, Mapping[str, Value]] = {
    "body": {"response_format": "b64_json"},
    "task": {"async": True},
    "url": {},
    "sse": {"stream": True, "partial_images": 1},
}
"""What asks for the carrier."""


def reached(carrier: Carrier, point: str) -> bool:
    """Whether a call on this way comes by this point."""
    return carrier == "task" or not point.startswith("accepted")


@functools.cache
def wish(carrier: Carrier) -> tuple[Provider, Model, Framed]:
    """Who is asked, and for what: small, and by the rules of the provider on loopback."""
    provider = load().provider("openai" if carrier == "sse" else "acedata")
    model = provider.model("gpt-image-2")
    model = replace(model, limits=replace(model.limits, sizes=ANYTHING))
    width, height = (1024, 640) if carrier == "sse" else (64, 64)
    pixels = np.full((height, width, 4), 255, np.uint8)
    coverage = np.zeros((height, width), np.uint8)
    coverage[10:40, 10:40] = 255
    request = EditRequest(
        Raster(pixels),
        coverage,
        "",
        provider.id,
        model.id,
        frame=Frame.WHOLE,
        settings=SETTINGS[carrier],
    )
    return provider, model, frame(request, model)


def _at(point: str, name: str) -> None:
    if point == name:
        os.kill(os.getpid(), signal.SIGKILL)


def _armed(owner: type, method: str, point: str, name: Callable[..., str]) -> None:
    """Let a method pass its two points."""
    real = getattr(owner, method)

    @functools.wraps(real)
    def passed(*values: Any, **more: Any) -> Any:
        _at(point, f"{name(*values)}-before")
        found = real(*values, **more)
        _at(point, f"{name(*values)}-after")
        return found

    setattr(owner, method, passed)


def _main(say: Connection, home: str, root: str, carrier: Carrier, job: str, point: str) -> None:
    os.environ["FRISKET_HOME"] = home
    _armed(Entry, "_become", point, lambda _entry, state, *_: state.value)
    _armed(Ledger, "open", point, lambda *_: "opened")
    _armed(Spool, "write", point, lambda *_: "write")
    _armed(Spool, "sync", point, lambda *_: "sync")
    _armed(Store, "variant", point, lambda *_: "variant")
    _armed(Upload, "_tell", point, lambda *_: "upload")
    say.send("ready")
    asyncio.run(_paid(home, root, carrier, job))
    say.send("done")


async def _paid(home: str, root: str, carrier: Carrier, job: str) -> None:
    provider, model, edit = wish(carrier)
    provider = replace(provider, base_url=base_for(root, provider))
    edit = replace(edit, request=replace(edit.request, prompt=job))
    ledger, lines = Ledger(Path(home) / "ledger"), list[Entry]()
    engine = engine_to(provider, model, ledger, lines)
    pictures = await _pictures(engine.run(edit, job))
    store = Store.open(Path(home) / "killed.frisket")
    store.variant(variant(job, "a", None), "a", pictures[0]).result()
    lines[0].stored()
    lines[0].shown()
    store.close()


async def _pictures(stream: AsyncGenerator[Event, None]) -> list[bytes]:
    async with aclosing(stream) as events:
        return [event.data async for event in events if isinstance(event, Picture)]


def base_for(root: str, place: Provider) -> str:
    """Where this profile is played."""
    from tests.fakes.speaking.mounts import base_for as found

    return found(root, place)


@dataclass
class PaidKiller:
    """Makes calls in processes that are killed, and looks at what the next start finds."""

    loopback: Loopback
    home: Path
    complaints: list[str] = field(default_factory=list)
    kills: int = 0
    charged: int = 0

    def __post_init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self.home.mkdir(parents=True, exist_ok=True)
        store = Store.create()
        add_picture(store, "a", b"picture a" * 100)
        store.save_as(self.home / "killed.frisket").result()
        store.close()

    def kill(self, carrier: Carrier, point: str, after: float = 0.0) -> None:
        """One call, one kill, one look. after: seconds, for a kill at random."""
        self.kills += 1
        job = f"job-{self.kills}-{carrier}-{point}"
        hear, say = self._context.Pipe(duplex=False)
        values = (say, str(self.home), self.loopback.root, carrier, job, point)
        process = self._context.Process(target=_main, args=values)
        process.start()
        say.close()
        said = self._heard(hear, process, after if point == RANDOM else 60.0)
        process.join(60)
        hear.close()
        if point != RANDOM and (process.exitcode != -signal.SIGKILL or said[-1:] == ["done"]):
            self.complaints.append(f"{job} was not killed but ended with {process.exitcode}")
        process.close()
        self._look(carrier, job)

    @staticmethod
    def _heard(hear: Connection, process: Any, patience: float) -> list[str]:
        said: list[str] = []
        try:
            said.append(hear.recv())
            if hear.poll(patience):
                said.append(hear.recv())
            process.kill()
        except EOFError:
            pass
        return said

    def _look(self, carrier: Carrier, job: str) -> None:
        """Start again, as the program does, and compare with what the provider knows."""
        ledger = Ledger(self.home / "ledger")
        ledger.adopt()
        notes = ledger.of_job(job)
        seen = [seen for seen in self.loopback.log if seen.texts.get("prompt") == job]
        charges = sum(each.charged for each in seen)
        self.charged += charges
        found = self._found(ledger, carrier, notes, charges)
        if charges > 1 or len(seen) > 1:
            found = f"sent {len(seen)} times, charged {charges} times"
        if found:
            self.complaints.append(f"{job}: {found}")
        ledger.close()

    def _found(
        self, ledger: Ledger, carrier: Carrier, notes: tuple[Note, ...], charges: int
    ) -> str:
        """What is wrong with what a kill left, "" when nothing is."""
        if not notes:
            return "charged, and nobody knows" if charges else ""
        (note,) = notes
        match AFTER_RESTART[note.state][1]:
            case Restart.OFFER:
                return "charged, and would be sent again" if charges else ""
            case Restart.POLL:
                return "" if self._asked_on(ledger, carrier, note) else "a task was lost"
            case Restart.FINISH:
                return "" if self._finished(ledger, carrier, note) else "a paid picture was lost"
            case Restart.ASK:
                return "" if note in ledger.unknown() else "unknown, and not listed"
        if charges and not self._in_the_project(note):
            return f"charged, and {note.state.value}"
        return ""

    def _asked_on(self, ledger: Ledger, carrier: Carrier, note: Note) -> bool:
        engine = self._engine(ledger, carrier)
        return bool(asyncio.run(_pictures(engine.resume(ledger.entry(note)))))

    def _finished(self, ledger: Ledger, carrier: Carrier, note: Note) -> bool:
        """Whether the picture is in the project, on the disk, or behind what is on the disk."""
        provider, _, _ = wish(carrier)
        speech = dialect(provider.dialect)
        base, raw = base_for(self.loopback.root, provider), ledger.raw(note)
        if self._in_the_project(note) or recovered(raw, speech, base):
            return True
        task = task_in(raw, speech, base)
        engine, entry = self._engine(ledger, carrier), ledger.entry(replace(note, task=task))
        if task:
            return bool(asyncio.run(_pictures(engine.resume(entry))))
        return bool(asyncio.run(_pictures(engine.fetch(entry, links_in(raw, speech, base)))))

    def _engine(self, ledger: Ledger, carrier: Carrier) -> RemoteEngine:
        provider, model, _ = wish(carrier)
        provider = replace(provider, base_url=base_for(self.loopback.root, provider))
        return engine_to(provider, model, ledger, [])

    def _in_the_project(self, note: Note) -> bool:
        store = Store.open(self.home / "killed.frisket")
        found = any(
            each.job == f"job of {note.asked.job}" for each in store.opened.project.variants
        )
        store.close()
        return found


def every_point() -> list[tuple[Carrier, str]]:
    """Each point of each way."""
    return [(carrier, point) for carrier in CARRIERS for point in POINTS if reached(carrier, point)]

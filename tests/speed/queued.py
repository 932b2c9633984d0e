"""Queued: a hundred edits of 8 MP in one queue, and eight bodies of 50 MB under way at once.

The provider is a process of its own that swallows what it is sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtWidgets import QApplication

from editor.capability.catalog import load
from editor.capability.provider import Provider
from editor.edits.framing import frame, placement_of
from editor.edits.job import Job, State
from editor.edits.request import EditRequest, Frame
from editor.engine.choose import engine_for
from editor.engine.entry import Entry
from editor.engine.lane import pace_of
from editor.engine.ledger import Ledger
from editor.engine.note import Asked
from editor.engine.remote import RemoteEngine
from editor.engine.runner import spawn
from editor.imaging.geometry import whole
from editor.imaging.raster import Raster
from editor.providers.dialect import Call, Part
from editor.providers.form_edits import FormEdits
from editor.session import loop
from editor.session.jobs import Jobs, Work
from editor.session.rounds import shared
from editor.transport.http import HttpTransport
from tests.speed.lag import MOST, P99, Probe, until
from tests.speed.rows import Row, table

EDITS = 100
SIZE = (2160, 3840)
BODIES, BODY = 8, 50 * 2**20
ROUND = 4
WATCHED = 10
# Edits that go out while the loop is watched; the others wait in the queue and are then stopped.


def report() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, sunk() as base:
        os.environ["XDG_DATA_HOME"] = folder
        return [*_bodies(base), *_queue(base)]


@contextlib.contextmanager
def sunk() -> Iterator[str]:
    """The address of a provider that runs as a process of its own."""
    program = Path(__file__).parent / "programs" / "sink.py"
    process = subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _peak() -> float:
    """The most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resident() -> float:
    """The memory that this process has now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _all(jobs: Jobs) -> list[Job]:
    return [job for number in range(EDITS // ROUND) for job in jobs.of_round(str(number))]


def _bodies(base: str) -> list[Row]:
    """Eight requests of 50 MB each, side by side."""
    place = replace(load().provider("openai"), base_url=base, auth="none")
    ledger = Ledger()

    class Large(FormEdits):
        def encode(self, edit: Any, provider: Provider, model: Any) -> Sequence[Call]:
            data = np.random.default_rng(1).bytes(BODY)
            return [Call("POST", base + "/images/edits", form=[Part("image", data, "a", "b/c")])]

    def opened(job: str, edit: object) -> Entry:
        return ledger.open(Asked(job, "p", "m", "h", "0"))

    engine = RemoteEngine(
        place,
        place.models[0],
        Large(),
        opened,
        lambda entry: HttpTransport(place, None, entry, spawn),
        lambda: 0.5,
    )
    wish: Any = type("Wish", (), {"request": type("Asked", (), {"prompt": ""})()})()

    async def one(job: int) -> None:
        async for _ in engine.run(wish, str(job)):
            pass

    async def all_of_them(count: int) -> None:
        await asyncio.gather(*(one(job) for job in range(count)))

    asyncio.run(all_of_them(1))
    before = _peak()
    asyncio.run(all_of_them(BODIES))
    grown = _peak() - before
    ledger.close()
    held = BODIES * BODY / 2**20
    return [
        Row(
            "memory over that of one body, 8 of 50 MB at once",
            f"{grown:.0f} MB",
            f"all of them held {held:.0f} MB",
            grown / held,
            "<= 0.25x",
            grown <= held / 4,
        )
    ]


def _queue(base: str) -> list[Row]:
    app = QApplication.instance() or QApplication(["queued", "-platform", "offscreen"])
    assert isinstance(app, QApplication)
    rows: list[Row] = []

    async def main() -> None:
        rows.extend(await _hundred(base))

    loop.run(app, main)
    return rows


def _scene() -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Something as smooth and as grainy as a photograph."""
    down, across = np.mgrid[0 : SIZE[0], 0 : SIZE[1]].astype(np.float32) / 200
    grain = np.random.default_rng(1).normal(0, 3, SIZE).astype(np.float32)
    waves = [np.sin(down * (1 + k) + across / (1 + k)) * 100 + 128 + grain for k in range(3)]
    return np.dstack([*waves, np.full(SIZE, 255)]).clip(0, 255).astype(np.uint8)


async def _hundred(base: str) -> list[Row]:
    place = replace(load().provider("openai"), base_url=base, auth="none")
    model = place.model("gpt-image-2")
    pixels = _scene()
    coverage = np.zeros(SIZE, np.uint8)
    coverage[200:-200, 200:-200] = 255
    wish = EditRequest(
        Raster(pixels), coverage, "a red jacket", "openai", model.id, frame=Frame.WHOLE
    )
    ledger = await asyncio.to_thread(Ledger)
    ids = iter(range(10**6))
    jobs, probe = Jobs(lambda: str(next(ids))), Probe()
    engine = engine_for(place, model, ledger, {})
    before = _resident()
    probe.start()
    for number in range(EDITS // ROUND):
        announced = jobs.announce(str(number), (wish,) * ROUND)
        placement = placement_of(wish, model, whole(wish.source.size))
        framed = shared(partial(frame, wish, model))
        jobs.run(announced, Work(engine, framed, placement, pace_of(place)))
        await asyncio.sleep(0)
    resident: list[float] = []

    def enough() -> bool:
        resident.append(_resident())
        return EDITS - jobs.running >= WATCHED

    await until(enough)
    lag, grown = probe.stop(), max(resident) - before
    done = sum(job.state is State.DONE for job in _all(jobs))
    jobs.stop_queued()
    await until(lambda: not jobs.running)
    jobs.close()
    await asyncio.to_thread(ledger.close)
    one = wish.source.pixels.nbytes / 2**20
    return [
        Row(
            "window's loop while 100 edits of 8 MP go out",
            f"p99 {lag.p99:.1f} ms, most {lag.most:.1f} ms",
            f"of that its own work {lag.work:.1f} ms",
            0.0,
            f"most <= {MOST:.0f} ms, p99 <= {P99:.0f} ms",
            lag.most <= MOST and lag.p99 <= P99,
            f"{done} of them went out and were answered, the others waited in the queue",
        ),
        Row(
            "memory over that of an open picture, 100 edits of 8 MP",
            f"{grown:.0f} MB",
            f"all of them framed {EDITS * one:.0f} MB",
            grown / (EDITS * one),
            "<= 0.1x",
            grown <= EDITS * one / 10,
        ),
    ]


if __name__ == "__main__":
    print(table(report()))

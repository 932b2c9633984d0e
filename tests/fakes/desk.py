"""A desk to send edits from: the network thread, a ledger, the table, and all that is heard."""

from __future__ import annotations

import queue
from dataclasses import replace

import numpy as np

from editor.capability.catalog import load
from editor.edits.events import Cancelled, Event, Failed, Finished, Unknown
from editor.edits.framing import frame
from editor.edits.request import EditRequest, Frame
from editor.engine.choose import engine_for
from editor.engine.lane import ANYBODY, Pace
from editor.engine.ledger import Ledger
from editor.engine.network import Network
from editor.engine.note import Note
from editor.errors import Problem
from editor.imaging.raster import Raster
from tests.fakes.provider import KEY

PLACE = load().provider("openai")
ENDS = (Finished, Cancelled, Failed, Unknown)


def noise(seed: int = 1, side: int = 1024, grain: int = 16) -> Raster:
    """A square picture of random tiles, always the same for a seed."""
    small = (side // grain, side // grain, 4)
    pixels = np.random.default_rng(seed).integers(0, 256, small, np.uint8)
    pixels = np.kron(pixels, np.ones((grain, grain, 1), np.uint8))
    pixels[..., 3] = 255
    return Raster(pixels)


SOURCE = noise()
COVERAGE = np.zeros((1024, 1024), np.uint8)
COVERAGE[300:500, 200:600] = 255


class Desk:
    """Sends to a provider at this base URL; at most four jobs work at once.

    environ: where the key is looked for, whenever a job begins.
    """

    def __init__(self, base_url: str) -> None:
        self.place = replace(PLACE, base_url=base_url)
        self.environ = {"FRISKET_KEY_OPENAI": KEY}
        self.ledger = Ledger()
        self.heard: queue.SimpleQueue[tuple[str, Event]] = queue.SimpleQueue()
        self.paused: queue.SimpleQueue[tuple[str, Problem]] = queue.SimpleQueue()
        self.network = Network(
            lambda job, event: self.heard.put((job, event)),
            lambda provider, problem: self.paused.put((provider, problem)),
        )
        self.network.start()

    def send(
        self, job: str = "a", model: str = "gpt-image-2", pace: Pace = ANYBODY, **changes: object
    ) -> None:
        """Submit one edit; changes: of the EditRequest."""
        known = self.place.model(model)
        engine = engine_for(self.place, known, self.ledger, self.environ)
        wish = EditRequest(SOURCE, COVERAGE, "a red jacket", "openai", model, frame=Frame.WHOLE)
        wish = replace(wish, **changes)  # type: ignore[arg-type]  # by name
        self.network.submit(job, engine, lambda: frame(wish, known), pace)

    def until(self, *kinds: type[Event]) -> list[Event]:
        """Everything heard until one of these has come."""
        found: list[Event] = []
        while not found or not isinstance(found[-1], kinds):
            found.append(self.heard.get(timeout=20)[1])
        return found

    def end(self) -> list[Event]:
        """Everything heard until a job has ended."""
        return self.until(*ENDS)

    def end_of(self, job: str) -> Event:
        """How this job has ended; what is heard of others until then is passed over."""
        while True:
            heard, event = self.heard.get(timeout=20)
            if heard == job and isinstance(event, ENDS):
                return event

    @property
    def note(self) -> Note:
        """The only line of the ledger."""
        (note,) = self.ledger.notes()
        return note

    def close(self) -> None:
        self.network.close(patience=20.0)  # on a busy machine
        self.ledger.close()

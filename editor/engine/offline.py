"""Offline: removes what is painted on this computer, without a network, a key or words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from editor.capability.provider import Model
from editor.edits.events import Event, Picture, Progress, Started
from editor.edits.framing import Framed
from editor.edits.opaque import opaque
from editor.errors import InputProblem
from editor.imaging import codec, cv
from editor.imaging.geometry import Rect
from editor.imaging.raster import Raster
from editor.imaging.removal.field import Hole
from editor.imaging.removal.fill import PATCH, QUICK, TEXTURE, Filler, Heard, fill
from editor.imaging.removal.levels import window
from editor.mask.plane import Coverage

FILLERS = {"quick": QUICK, "texture": TEXTURE, "patch": PATCH}
"""By model id of the table."""

NOTHING_PAINTED = "Nothing is painted; paint what is to be removed, then remove it."
ALL_PAINTED = "Everything around is painted too, so there is nothing to continue; paint less."

GROW = 3
"""Pixels by which the hole is wider than the paint: rims of things are never quite sharp."""

_AT_ONCE = 2
# Each fill keeps one core busy; more at once only come later.


class _Stopped(Exception):
    """The job was stopped; nobody waits for the result."""


@dataclass
class _Watch:
    """Whether anybody still waits for a fill."""

    stopped: bool = False


class OfflineEngine:
    """Fills what is painted, by the filler of its model, each in one of a few threads.

    It looks at the whole picture, however small the window is: what is sent nowhere may be as
    large as it helps.
    """

    def __init__(self, model: Model) -> None:
        self._filler = FILLERS[model.id]
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="offline")

    async def run(self, edit: Framed, job: str) -> AsyncGenerator[Event, None]:
        """Started, Progress, and one Picture of the window's size.

        Raises InputProblem when nothing or everything is painted.
        """
        yield Started()
        loop = asyncio.get_running_loop()
        heard: asyncio.Queue[float | None] = asyncio.Queue()
        watch = _Watch()

        def hear(fraction: float) -> None:
            if watch.stopped:
                raise _Stopped
            loop.call_soon_threadsafe(heard.put_nowait, fraction)

        filler = self._filler.full_size if edit.settings.get("full_size") else self._filler
        done = loop.run_in_executor(self._threads, removed, edit, filler, hear)
        done.add_done_callback(lambda _: heard.put_nowait(None))
        try:
            while (fraction := await heard.get()) is not None:
                yield Progress(fraction)
            yield Picture(0, await done, {"price": 0.0})
        finally:
            watch.stopped = True
            done.cancel()


def removed(edit: Framed, filler: Filler, heard: Heard) -> bytes:
    """The window of an edit with what is painted removed, as PNG; blocks for a while."""
    request, coverage = edit.request, edit.request.coverage
    if coverage is None or not coverage.any():
        raise InputProblem(NOTHING_PAINTED)
    place = edit.placement.window
    view = window(coverage > 0, filler.context).joined(place)
    hole = _hole(coverage, view)
    if hole.all():
        raise InputProblem(ALL_PAINTED)
    seen = opaque(Raster(np.ascontiguousarray(request.source.pixels[view.rows_cols])))
    filled = fill(cv.reordered(seen.pixels, "bgra bgr"), hole, filler, heard)
    part = np.ascontiguousarray(filled[place.seen_from(view).rows_cols])
    return codec.encode_png(Raster(cv.reordered(part, "bgr bgra")))


def _hole(coverage: Coverage, view: Rect) -> Hole:
    """What is painted in a part of the picture, and a little more."""
    painted = np.greater(coverage[view.rows_cols], 0).view(np.uint8)
    return cv.dilate(painted, cv.disc(GROW)) > 0

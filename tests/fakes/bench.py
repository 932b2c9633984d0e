"""Bench: the tools of the mask over one picture, without a window and without threads."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from editor.imaging.geometry import Point, Size
from editor.imaging.raster import Raster
from editor.mask.deed import Laying
from editor.session import masking, reshaping, selecting, shaping, wanding
from editor.session.document import Document
from editor.session.linting import Linting
from editor.session.masking import Masking
from editor.session.painting import Painting, painted
from editor.session.timeline import Timeline
from tests.fakes.objects import cup, scene

SIZE = Size(320, 240)


async def _here(work: Any, *values: object) -> object:
    return work(*values)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine that waits for nobody."""
    with pytest.raises(StopIteration):
        work.send(None)


@pytest.fixture(autouse=True)
def inline(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is done where it is asked for; that threads do it too is told elsewhere."""
    for module in (masking, reshaping, selecting, shaping, wanding):
        monkeypatch.setattr(module, "in_thread", _here)


class OnePicture(QObject):
    """One open picture."""

    based = Signal(object)
    turned = Signal()

    def __init__(self, base: Raster) -> None:
        super().__init__()
        self.base = base


class Bench:
    """The tools of the mask over one picture, without a window."""

    def __init__(self, size: Size = SIZE, *, waits: bool = False) -> None:
        self.painting = Painting()
        self.painting.turn_to("a", size)
        self.painting.set_brush(diameter=30, hardness=0.7)
        self.asked: list[str] = []
        self._work: list[Coroutine[Any, Any, None]] = []
        self.document = cast("Document", OnePicture(scene(cup(size), grain=2)))
        self.timeline = Timeline()
        self.painting.sealed.connect(
            lambda slot, patch: self.timeline.push(painted(self.painting, slot, patch.deed))
        )
        self.masking = Masking(self.document, self.painting, self.timeline, self._spawn)
        self.linting = Linting(self.document, self.painting, self.masking.shaping, self._spawn)
        self.linting.close()
        if not waits:
            self.masking.close()

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self.asked.append(name)
        self._work.append(work)

    def draw(self, name: str, *places: tuple[float, float], how: Laying = "new") -> None:
        run(self.masking.draw(name, [Point(*at) for at in places], how))
        self.settle()

    def settle(self) -> None:
        while self._work:
            run(self._work.pop(0))

    @property
    def pixels(self) -> np.ndarray:
        assert self.painting.plane is not None
        return self.painting.plane.pixels

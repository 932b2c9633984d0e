"""A picture on the disk is drawn at once from its smaller copies, and sharp once it is read."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.session import loop
from editor.ui import near, picture
from editor.ui.canvas.canvas import Canvas
from editor.ui.picture import prepare
from tests.widget.canvas.conftest import noise, rgb

LARGE = Size(1500, 1100)
# Three by three parts, the last ones cut by the edge.

TURNS = 1000
"""Of the loop: far more than all cells take, since nothing is read in another thread."""


def far(usual: Raster) -> Raster:
    """The same picture, as if it lay on the disk."""
    return Raster(usual.pixels.copy(), lambda shape, dtype: np.empty(shape, dtype))


def clear(usual: Raster) -> Raster:
    """A picture that is seen through."""
    pixels = usual.pixels.copy()
    pixels[..., 3] = np.arange(pixels.shape[1]) % 256
    return Raster(pixels)


class Reading:
    """What is read, and when: the test lets each batch through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[Rect] = []
        self.gate = asyncio.Semaphore(0)

        async def held(work: object, pixels: np.ndarray, cells: list[Rect]) -> None:
            await self.gate.acquire()
            near._look_at(pixels, cells)
            self.read += cells

        monkeypatch.setattr(near, "in_thread", held)

    async def until(self, count: int) -> None:
        """Let batches through until so many cells are read; fail when no more of them come."""
        for _ in range(TURNS):
            if len(self.read) >= count:
                break
            self.gate.release()
            await asyncio.sleep(0)
        else:
            pytest.fail(f"{len(self.read)} of {count} cells were read, and no more came")
        await asyncio.sleep(0)


def canvas_of(qtbot: QtBot, raster: Raster, zoom: float) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show_hint(shown=False)
    prepare(raster)
    canvas.show_base(raster)
    canvas.viewport.set_zoom(zoom)
    return canvas


def shot(canvas: Canvas) -> np.ndarray:
    return rgb(canvas.grab().toImage())


@pytest.mark.parametrize("zoom", [0.51, 0.77, 1.0, 1.7, 3.0])
@pytest.mark.parametrize("through", [False, True])
def test_what_has_been_read_is_drawn_as_ever(
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    zoom: float,
    through: bool,
) -> None:
    usual = clear(noise(LARGE)) if through else noise(LARGE)

    async def main() -> None:
        reading = Reading(monkeypatch)
        expected = shot(canvas_of(qtbot, usual, zoom))
        canvas = canvas_of(qtbot, far(usual), zoom)
        heard: list[bool] = []
        near.on_read(lambda: heard.append(True))
        before = shot(canvas)
        assert np.abs(before.astype(int) - expected).mean() > 3, "the smaller copy"
        seen = canvas.viewport.rect_to_picture(Rect(0, 0, 400, 300))
        await reading.until(len(list(near.tiles_over(seen, near.CELL))))
        assert heard
        assert np.array_equal(shot(canvas), expected)

    loop.run(qapp, main)


def test_only_what_is_looked_at_is_read(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "BATCH", 1)

    async def main() -> None:
        reading = Reading(monkeypatch)
        canvas = canvas_of(qtbot, far(noise(LARGE)), 0.25)
        shot(canvas)
        assert reading.read == [], "from afar the smaller copy is enough"
        canvas.viewport.set_zoom(1.0)
        canvas.viewport.pan(5000, 5000)
        shot(canvas)
        canvas.viewport.pan(-400, 0)
        shot(canvas)
        await reading.until(2)
        shot(canvas)
        assert set(reading.read) == {Rect(0, 0, 512, 512), Rect(512, 0, 1024, 512)}
        assert len(reading.read) == 2, "nothing twice"

    loop.run(qapp, main)


def test_colours_are_judged_by_a_copy_in_memory() -> None:
    usual = noise(LARGE)
    assert picture.picture_of(usual).rough is usual
    rough = picture.picture_of(far(usual)).rough
    assert rough.size == Size(188, 138)
    assert np.abs(rough.pixels.mean() - usual.pixels.mean()) < 2

import asyncio
from contextlib import aclosing
from dataclasses import replace

import numpy as np
import pytest

from editor.capability.catalog import Catalog, load
from editor.edits.events import Event, Picture, Progress, Started
from editor.edits.framing import Framed, frame
from editor.edits.request import EditRequest
from editor.engine import offline
from editor.engine.offline import GROW, OfflineEngine
from editor.errors import InputProblem
from editor.imaging import codec
from editor.imaging.raster import Raster
from editor.imaging.removal.fill import Filler, Heard, Hole, fill
from tests.fakes.holes import Colours, disc, holed, stripes

MODELS = ["quick", "texture", "patch"]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


def raster(colours: Colours, alpha: int = 255) -> Raster:
    pixels = np.full((*colours.shape[:2], 4), alpha, np.uint8)
    pixels[..., :3] = colours
    return Raster(pixels)


def framed(catalog: Catalog, model: str, hole: Hole, coverage: np.ndarray | None) -> Framed:
    source = raster(holed(stripes(*hole.shape), hole))
    request = EditRequest(source, coverage, "", "offline", model)
    return frame(request, catalog.model("offline", model))


async def events(engine: OfflineEngine, edit: Framed) -> list[Event]:
    async with aclosing(engine.run(edit, "j1")) as stream:
        return [event async for event in stream]


def picture(told: list[Event]) -> np.ndarray:
    last = told[-1]
    assert isinstance(last, Picture)
    return codec.decode(last.data, codec.read_facts(last.data, "answer")).pixels


@pytest.mark.parametrize("model", MODELS)
def test_what_is_painted_is_gone(catalog: Catalog, model: str) -> None:
    hole = disc(240, 300, 25)
    edit = framed(catalog, model, hole, disc(240, 300, 27).astype(np.uint8) * 255)
    told = asyncio.run(events(OfflineEngine(catalog.model("offline", model)), edit))
    assert isinstance(told[0], Started)
    assert all(isinstance(event, Progress) for event in told[1:-1])
    fractions = [event.fraction for event in told[1:-1] if isinstance(event, Progress)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    answer, window = picture(told), edit.placement.window
    assert answer.shape[:2] == (window.size.height, window.size.width)
    truth = stripes(240, 300)[window.rows_cols]
    assert np.abs(answer[..., :3].astype(int) - truth).mean() < 3
    assert (answer[..., 3] == 255).all()


def test_a_little_more_than_the_paint_is_filled(catalog: Catalog) -> None:
    hole = disc(240, 300, 27 + GROW - 1)
    edit = framed(catalog, "quick", hole, disc(240, 300, 27).astype(np.uint8))
    answer = picture(asyncio.run(events(OfflineEngine(catalog.model("offline", "quick")), edit)))
    assert int(answer[..., 2].max()) < 200  # nothing is left of the red thing


def test_what_surrounds_the_window_is_looked_at_too(catalog: Catalog) -> None:
    """A window that is all mask still gets a fill."""
    hole = disc(240, 300, 25)
    edit = framed(catalog, "quick", hole, disc(240, 300, 40).astype(np.uint8) * 255)
    inner = edit.placement.window.grown(-20)
    edit = replace(edit, placement=replace(edit.placement, window=inner, sent=inner.size))
    answer = picture(asyncio.run(events(OfflineEngine(catalog.model("offline", "quick")), edit)))
    assert answer.shape[:2] == (inner.size.height, inner.size.width)
    assert int(answer[..., 2].max()) < 200


def test_full_size_is_searched_on_request(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    fillers: list[Filler] = []

    def note(picture: Colours, hole: Hole, filler: Filler, heard: Heard) -> Colours:
        fillers.append(filler)
        return fill(picture, hole, filler, heard)

    monkeypatch.setattr(offline, "fill", note)
    hole = disc(120, 150, 10)
    edit = framed(catalog, "texture", hole, hole.astype(np.uint8))
    engine = OfflineEngine(catalog.model("offline", "texture"))
    asyncio.run(events(engine, edit))
    asyncio.run(events(engine, replace(edit, settings={"full_size": True})))
    usual, full = fillers
    assert full == usual.full_size
    assert full.targets > usual.targets


@pytest.mark.parametrize("coverage", [None, np.zeros((120, 150), np.uint8)])
def test_nothing_painted_is_told(catalog: Catalog, coverage: np.ndarray | None) -> None:
    edit = framed(catalog, "quick", disc(), coverage)
    with pytest.raises(InputProblem, match="Nothing is painted"):
        asyncio.run(events(OfflineEngine(catalog.model("offline", "quick")), edit))


def test_everything_painted_is_told(catalog: Catalog) -> None:
    edit = framed(catalog, "quick", disc(), np.full((120, 150), 255, np.uint8))
    with pytest.raises(InputProblem, match="Everything around"):
        asyncio.run(events(OfflineEngine(catalog.model("offline", "quick")), edit))


def test_a_stopped_fill_ends_at_its_next_step(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[BaseException] = []

    async def stopped() -> None:
        loop, going, over = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

        def endless(picture: Colours, hole: Hole, filler: Filler, heard: Heard) -> Colours:
            try:
                while True:
                    heard(0.5)
                    loop.call_soon_threadsafe(going.set)
            except Exception as end:
                ended.append(end)
                loop.call_soon_threadsafe(over.set)
                raise

        monkeypatch.setattr(offline, "fill", endless)
        hole = disc(120, 150, 10)
        edit = framed(catalog, "quick", hole, hole.astype(np.uint8))
        engine = OfflineEngine(catalog.model("offline", "quick"))
        async with aclosing(engine.run(edit, "j1")) as stream:
            await anext(stream)
            await anext(stream)
            await going.wait()
        await over.wait()

    asyncio.run(stopped())
    assert [type(end).__name__ for end in ended] == ["_Stopped"]

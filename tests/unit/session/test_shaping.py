"""Shapes and refined rims come out of a thread as one step, whatever was painted meanwhile."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import numpy as np
import pytest

from editor.imaging.geometry import Point, Size
from editor.mask.deed import Deed
from editor.mask.draft import Draft
from editor.mask.patch import Patch
from editor.mask.shapes import rectangle
from editor.session.painting import Painting
from editor.session.shaping import Shaping
from tests.fakes.drawn import opaque
from tests.fakes.objects import hairy, overlap, scene

SIZE = Size(600, 400)
BOX = partial(rectangle, Point(50, 50), Point(300, 200))


def opened() -> Painting:
    painting = Painting()
    painting.turn_to("a", SIZE)
    painting.set_brush(diameter=40, hardness=1.0)
    return painting


def pixels(painting: Painting) -> np.ndarray:
    assert painting.plane is not None
    return painting.plane.pixels


def stroke(painting: Painting, x: float, y: float) -> None:
    painting.begin(x, y)
    painting.end()


def test_a_shape_is_one_step_of_undo() -> None:
    painting = opened()
    stroke(painting, 500, 300)
    before = pixels(painting).copy()
    sealed: list[str] = []
    painting.sealed.connect(lambda slot, _: sealed.append(slot))
    shaping = Shaping(painting)
    told: list[bool] = []
    shaping.working.connect(told.append)
    asyncio.run(shaping.lay(BOX, Deed("rectangle", "add")))
    assert pixels(painting)[100, 100] == 255
    assert pixels(painting)[300, 500] == 255
    assert sealed == ["a"]
    assert told == [True, False]
    painting.undo("a")
    assert np.array_equal(pixels(painting), before)


@pytest.mark.parametrize(("how", "there", "before"), [("new", 255, 0), ("subtract", 0, 255)])
def test_a_shape_is_new_or_taken_out(how, there: int, before: int) -> None:
    painting = opened()
    stroke(painting, 100, 100)
    stroke(painting, 500, 300)
    asyncio.run(Shaping(painting).lay(BOX, Deed("rectangle", how)))
    assert pixels(painting)[100, 100] == there
    assert pixels(painting)[300, 500] == before


class Held:
    """Work that waits in its thread until it may go on; runs is how often it was done."""

    def __init__(self) -> None:
        self.runs = 0
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, draft: Draft) -> Patch:
        self.runs += 1
        self.begun.set()
        assert self.go.wait(20)
        return draft.laid(BOX(draft.size), "add")


async def during(painting: Painting, work: Held) -> asyncio.Task[None]:
    task = asyncio.get_running_loop().create_task(Shaping(painting).change(work, Deed("refine")))
    await asyncio.to_thread(work.begun.wait, 20)
    return task


def test_what_was_painted_meanwhile_stays() -> None:
    painting, work = opened(), Held()

    async def script() -> None:
        task = await during(painting, work)
        stroke(painting, 500, 300)
        work.go.set()
        await task

    asyncio.run(script())
    assert work.runs == 2
    assert pixels(painting)[300, 500] == pixels(painting)[100, 100] == 255
    painting.undo("a")
    assert pixels(painting)[100, 100] == 0
    assert pixels(painting)[300, 500] == 255


def test_what_is_dropped_comes_to_nothing() -> None:
    painting, work, told = opened(), Held(), list[bool]()

    async def script() -> None:
        shaping = Shaping(painting)
        assert not shaping.drop()
        shaping.working.connect(told.append)
        task = asyncio.get_running_loop().create_task(shaping.change(work, Deed("refine")))
        await asyncio.to_thread(work.begun.wait, 20)
        assert shaping.drop()
        assert told == [True, False]
        work.go.set()
        assert await task is False
        assert await shaping.change(work, Deed("refine"))

    asyncio.run(script())
    assert told == [True, False] * 2
    painting.undo("a")
    assert not pixels(painting).any()


def test_a_stroke_under_way_comes_first() -> None:
    painting, work = opened(), Held()

    async def script() -> None:
        painting.begin(500, 300)
        task = await during(painting, work)
        work.go.set()
        await asyncio.sleep(0.05)
        assert not task.done()
        painting.end()
        await task

    asyncio.run(script())
    assert pixels(painting)[300, 500] == pixels(painting)[100, 100] == 255


def test_nothing_comes_of_it_when_another_picture_is_the_target() -> None:
    painting, work = opened(), Held()

    async def script() -> None:
        task = await during(painting, work)
        painting.turn_to("b", SIZE)
        work.go.set()
        await task

    asyncio.run(script())
    assert not pixels(painting).any()
    painting.turn_to("a", SIZE)
    assert not pixels(painting).any()


def test_without_a_picture_nothing_is_done() -> None:
    work = Held()
    asyncio.run(Shaping(Painting()).change(work, Deed("refine")))
    assert work.runs == 0


def test_an_error_is_told_and_the_work_is_over() -> None:
    shaping = Shaping(opened())
    told: list[bool] = []
    shaping.working.connect(told.append)

    def fail(draft: Draft) -> Patch:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(shaping.change(fail, Deed("refine")))
    assert told == [True, False]


def test_a_brushed_rim_is_refined() -> None:
    true, core = hairy(SIZE, seed=1)
    painting = opened()
    painting.load(core)
    line = [Point(200, 95), Point(400, 95)]
    assert asyncio.run(Shaping(painting).refine(scene(true), line, 70))
    found = pixels(painting).astype(int)
    strip = np.zeros(true.shape, bool)
    strip[62:128, 200:400] = True
    assert np.abs(found - true)[strip].mean() < np.abs(core.astype(int) - true)[strip].mean() / 2
    assert np.array_equal(found[135:], core[135:])


def test_a_rim_beyond_the_picture_changes_nothing() -> None:
    true, core = hairy(SIZE, seed=1)
    painting = opened()
    painting.load(core)
    assert not asyncio.run(Shaping(painting).refine(scene(true), [Point(-300, -300)], 40))
    assert np.array_equal(pixels(painting), core)


@pytest.mark.parametrize("contiguous", [False, True])
def test_the_wand_takes_what_has_the_colour_of_a_place(contiguous: bool) -> None:
    true = np.zeros((SIZE.height, SIZE.width), np.uint8)
    true[100:200, 100:300] = true[100:200, 400:500] = 255
    picture = opaque(np.repeat(true[..., None], 3, axis=2))
    painting = opened()
    wand = partial(Shaping(painting).wand, picture, tolerance=10, contiguous=contiguous)
    asyncio.run(wand(Point(150.5, 150.5), "new"))
    if contiguous:
        true[:, 350:] = 0
    assert overlap(pixels(painting), true) > 0.99
    before = pixels(painting).copy()
    asyncio.run(wand(Point(-1, 50), "new"))
    asyncio.run(wand(Point(50, 400), "new"))
    assert np.array_equal(pixels(painting), before)

"""An object is found step by step, seen at once, and one step of undo in the end."""

from __future__ import annotations

import asyncio

import cv2
import numpy as np
import pytest

from editor.imaging.geometry import Rect, Size
from editor.mask.object import STEPS
from editor.session import selecting
from editor.session.selecting import Selecting
from tests.fakes.at_the_mask import AtTheMask, run
from tests.fakes.drawn import opaque
from tests.fakes.objects import box_around, cup, overlap, scene, scribble_on

SIZE = Size(480, 360)
TRUE = cup(SIZE)
PICTURE = scene(TRUE)


class Scene(AtTheMask):
    """A picture with a cup, nothing painted on it, and everything that is told."""

    def __init__(self) -> None:
        super().__init__(SIZE)
        self.painting.set_brush(diameter=30, hardness=1.0)
        self.told: list[bool] = []
        self.selecting = Selecting(self.painting, self.spawn)
        self.selecting.working.connect(self.told.append)


def test_a_box_and_a_scribble_find_the_object() -> None:
    async def script(here: Scene) -> None:
        here.selecting.box(PICTURE, box_around(TRUE), "new")
        await here.settled()
        assert overlap(here.pixels, TRUE) > 0.97
        here.painting.undo("a")
        assert not here.pixels.any()
        here.selecting.scribble(PICTURE, scribble_on(TRUE), "add")

    here = run(Scene(), script)
    assert overlap(here.pixels, TRUE) > 0.97
    assert here.sealed == ["a", "a"]
    assert here.told == [True, False, True, False]


def test_it_is_taken_out_of_what_is_painted() -> None:
    async def script(here: Scene) -> None:
        here.painting.fill_all()
        here.selecting.box(PICTURE, box_around(TRUE), "subtract")

    here = run(Scene(), script)
    assert overlap(255 - here.pixels, TRUE) > 0.97


def test_stopped_it_keeps_what_is_seen(monkeypatch) -> None:
    steps: list[int] = []
    step = selecting.improved

    async def script(here: Scene) -> None:
        def counted(cut):
            steps.append(1)
            return step(cut)

        monkeypatch.setattr(selecting, "improved", counted)
        soon = asyncio.get_running_loop().call_soon
        here.painting.mask_changed.connect(lambda _: soon(here.selecting.stop))
        here.selecting.box(PICTURE, box_around(TRUE), "new")

    here = run(Scene(), script)
    assert len(steps) < STEPS
    assert here.sealed == ["a"]
    assert overlap(here.pixels, TRUE) > 0.9
    assert here.told == [True, False]


def test_dropped_it_leaves_the_mask_as_it_was() -> None:
    async def script(here: Scene) -> None:
        assert not here.selecting.drop()
        soon = asyncio.get_running_loop().call_soon
        here.painting.mask_changed.connect(lambda _: soon(here.selecting.drop))
        here.selecting.box(PICTURE, box_around(TRUE), "new")

    here = run(Scene(), script)
    assert not here.pixels.any()
    assert here.sealed == []
    assert here.told == [True, False]


def test_a_stroke_ends_it_and_comes_after_it() -> None:
    async def script(here: Scene) -> None:
        here.selecting.box(PICTURE, box_around(TRUE), "new")
        here.painting.begin(20, 20)
        here.painting.end()

    here = run(Scene(), script)
    assert here.sealed == ["a"]
    assert here.told == [True, False]
    assert here.pixels[20, 20] == 255
    assert not here.pixels[180, 240]


def test_a_second_wish_takes_the_place_of_the_first() -> None:
    async def script(here: Scene) -> None:
        here.selecting.box(PICTURE, box_around(TRUE), "new")
        here.selecting.scribble(PICTURE, scribble_on(TRUE), "new")

    here = run(Scene(), script)
    assert here.sealed == ["a"]
    assert overlap(here.pixels, TRUE) > 0.97


def two() -> tuple[np.ndarray, list[Rect]]:
    """Two discs, and a box around each."""
    true = np.zeros((SIZE.height, SIZE.width), np.uint8)
    for x in (120, 360):
        cv2.circle(true, (x, 180), 60, 255, -1)
    return true, [Rect(x - 75, 105, x + 75, 255) for x in (120, 360)]


def test_objects_that_are_added_one_right_after_the_other_are_all_found() -> None:
    true, (left, right) = two()

    async def script(here: Scene) -> None:
        here.selecting.box(scene(true), left, "new")
        here.selecting.box(scene(true), right, "add")

    here = run(Scene(), script)
    assert overlap(here.pixels, true) > 0.95
    assert here.sealed == ["a", "a"]
    assert here.told == [True, False, True, False]


@pytest.mark.parametrize("how", ["drop", "stroke", "new"])
def test_what_waits_for_another_object_ends_with_it(how: str) -> None:
    true, (left, right) = two()

    async def script(here: Scene) -> None:
        here.selecting.box(scene(true), left, "new")
        here.selecting.box(scene(true), left, "add")
        if how == "drop":
            assert here.selecting.drop()
        elif how == "stroke":
            here.painting.begin(20, 20)
            here.painting.end()
        else:
            here.selecting.box(scene(true), right, "new")

    here = run(Scene(), script)
    assert not here.pixels[180, 120]
    assert (here.pixels[180, 360] == 255) == (how == "new")


def test_a_box_beyond_the_picture_finds_nothing() -> None:
    async def script(here: Scene) -> None:
        here.selecting.box(PICTURE, Rect(-90, 40, -1, 90), "new")
        here.selecting.box(PICTURE, Rect(50, 40, 50, 90), "new")

    assert run(Scene(), script).told == []


def test_where_there_is_no_object_the_mask_stays_and_it_is_told() -> None:
    plain = opaque(np.full((*TRUE.shape, 3), 90))
    missed: list[int] = []

    async def script(here: Scene) -> None:
        here.painting.begin(20, 20)
        here.painting.end()
        here.selecting.missed.connect(lambda: missed.append(1))
        here.selecting.box(PICTURE, Rect(20, 300, 60, 340), "new")
        await here.settled()
        here.selecting.box(PICTURE, Rect(0, 0, *SIZE), "new")
        await here.settled()
        here.selecting.scribble(plain, scribble_on(TRUE), "new")

    here = run(Scene(), script)
    assert here.pixels[20, 20] == 255
    assert here.sealed == ["a"]
    assert len(missed) == 3


def test_without_a_mask_of_the_pictures_size_nothing_is_begun() -> None:
    async def script(here: Scene) -> None:
        here.painting.turn_to("b", Size(30, 30))
        here.selecting.box(PICTURE, box_around(TRUE), "new")
        here.painting.begin(5, 5)
        here.selecting.box(scene(cup(Size(30, 30))), box_around(TRUE), "new")
        here.painting.abandon()

    assert run(Scene(), script).told == []

"""A change of the whole mask is seen while its number is chosen, and one step when it is kept."""

from __future__ import annotations

import asyncio
from typing import get_args

import numpy as np
import pytest

from editor.imaging.geometry import Size
from editor.mask.reshape import reshaped
from editor.mask.way import MOST, Way
from editor.session import reshaping
from editor.session.painting import Painting
from editor.session.reshaping import FIRST, Reshaping, Trying
from tests.fakes.at_the_mask import AtTheMask, run

SIZE = Size(600, 400)


class Scene(AtTheMask):
    """A mask with a blob, a hole and a speck, and everything that is told of it."""

    def __init__(self) -> None:
        super().__init__(SIZE)
        coverage = np.zeros((SIZE.height, SIZE.width), np.uint8)
        coverage[100:300, 150:450] = 255
        coverage[180:190, 200:210] = 0
        coverage[20:26, 20:26] = 200
        self.painting.load(coverage)
        self.sealed.clear()
        self.before = coverage
        self.told: list[Trying | None] = []
        self.reshaping = Reshaping(self.painting, self.spawn)
        self.reshaping.changed.connect(self.told.append)


@pytest.mark.parametrize("way", get_args(Way))
def test_a_trial_is_seen_kept_and_undone(way: Way) -> None:
    async def script(scene: Scene) -> None:
        scene.reshaping.begin(way)
        await scene.settled()
        assert np.array_equal(scene.pixels, reshaped(scene.before, way, FIRST[way]))
        assert scene.sealed == []
        scene.reshaping.keep()
        assert scene.reshaping.trying is None

    scene = run(Scene(), script)
    assert np.array_equal(scene.pixels, reshaped(scene.before, way, FIRST[way]))
    assert scene.sealed == ["a"]
    assert scene.told == [Trying(way, FIRST[way]), None]
    scene.painting.undo("a")
    assert np.array_equal(scene.pixels, scene.before)


def test_dropped_it_is_as_if_it_had_never_been() -> None:
    async def script(scene: Scene) -> None:
        scene.reshaping.begin("grow")
        await scene.settled()
        scene.reshaping.set_by(30)
        await scene.settled()
        scene.reshaping.drop()

    scene = run(Scene(), script)
    assert np.array_equal(scene.pixels, scene.before)
    assert scene.sealed == []


def test_each_number_starts_from_the_mask_as_it_was() -> None:
    async def script(scene: Scene) -> None:
        scene.reshaping.begin("grow")
        for by in (40, 3, 999, 12):
            scene.reshaping.set_by(by)
            await scene.settled()
        assert np.array_equal(scene.pixels, reshaped(scene.before, "grow", 12))
        scene.reshaping.set_by(10_000)
        assert scene.reshaping.trying == Trying("grow", MOST["grow"])
        scene.reshaping.set_by(5)
        scene.reshaping.keep()

    scene = run(Scene(), script)
    assert np.array_equal(scene.pixels, reshaped(scene.before, "grow", 5))
    assert scene.sealed == ["a"]


def test_what_came_and_went_meanwhile_is_not_worked_out(monkeypatch) -> None:
    done: list[int] = []
    work = reshaping._worked_out
    monkeypatch.setattr(
        reshaping,
        "_worked_out",
        lambda draft, trying: done.append(trying.by) or work(draft, trying),
    )

    async def script(scene: Scene) -> None:
        scene.reshaping.begin("feather")
        await asyncio.sleep(0)
        for by in range(1, 30):
            scene.reshaping.set_by(by)
        await scene.settled()

    scene = run(Scene(), script)
    assert done == [FIRST["feather"], 29]
    assert np.array_equal(scene.pixels, reshaped(scene.before, "feather", 29))


def test_the_number_is_remembered() -> None:
    async def script(scene: Scene) -> None:
        scene.reshaping.begin("grow")
        scene.reshaping.set_by(3)
        scene.reshaping.keep()
        await scene.settled()
        scene.reshaping.begin("grow")
        assert scene.reshaping.trying == Trying("grow", 3)
        scene.reshaping.begin("shrink")
        assert scene.reshaping.trying == Trying("shrink", FIRST["shrink"])

    run(Scene(), script)


def test_a_stroke_keeps_what_is_seen_and_comes_after_it() -> None:
    async def script(scene: Scene) -> None:
        scene.reshaping.begin("grow")
        await scene.settled()
        scene.painting.begin(550, 380)
        scene.painting.end()
        assert scene.reshaping.trying is None

    scene = run(Scene(), script)
    assert scene.sealed == ["a", "a"]
    scene.painting.undo("a")
    assert np.array_equal(scene.pixels, reshaped(scene.before, "grow", FIRST["grow"]))


def test_turning_to_another_picture_keeps_what_is_seen_there() -> None:
    async def script(scene: Scene) -> None:
        scene.reshaping.begin("grow")
        await scene.settled()
        scene.reshaping.set_by(50)
        scene.painting.turn_to("b", SIZE)
        await scene.settled()
        assert not scene.pixels.any()

    scene = run(Scene(), script)
    scene.painting.turn_to("a", SIZE)
    assert np.array_equal(scene.pixels, reshaped(scene.before, "grow", FIRST["grow"]))


def test_nothing_is_tried_on_nothing_or_during_a_stroke() -> None:
    async def script(scene: Scene) -> None:
        scene.painting.begin(10, 10)
        scene.reshaping.begin("grow")
        scene.painting.end()
        scene.painting.clear()
        scene.reshaping.begin("grow")
        scene.reshaping.set_by(4)
        scene.reshaping.keep()
        Reshaping(Painting(), scene.spawn).begin("grow")

    assert run(Scene(), script).told == []


def test_what_changes_nothing_is_no_step() -> None:
    async def script(scene: Scene) -> None:
        scene.reshaping.begin("fill-holes")
        scene.reshaping.set_by(1)
        await scene.settled()
        scene.reshaping.keep()

    assert run(Scene(), script).sealed == []

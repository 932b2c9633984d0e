"""The wand's last pick follows how the wand is set, as one step of undo, until something else."""

from __future__ import annotations

import weakref

import numpy as np
import pytest

from editor.imaging.geometry import Point, Size
from editor.imaging.raster import Raster
from editor.mask.deed import Laying
from editor.mask.wand import alike, distances
from editor.session import wanding
from editor.session.painting import painted
from editor.session.shaping import Shaping
from editor.session.timeline import Timeline
from editor.session.toolbox import Toolbox
from editor.session.wanding import Wanding
from tests.fakes.at_the_mask import AtTheMask, run

SIZE = Size(400, 300)
AT = Point(200, 150)


def steps() -> Raster:
    """Grey that grows brighter to the right, and once more at the left edge."""
    pixels = np.full((SIZE.height, SIZE.width, 4), 255, np.uint8)
    pixels[..., :3] = (np.arange(SIZE.width) // 2)[None, :, None]
    pixels[:, :20, :3] = 100
    return Raster(pixels)


class Scene(AtTheMask):
    """A picture of steps, with undo as the session has it."""

    def __init__(self) -> None:
        super().__init__(SIZE)
        self.timeline, self.toolbox = Timeline(), Toolbox()
        self.painting.sealed.connect(
            lambda slot, patch: self.timeline.push(painted(self.painting, slot, patch.deed))
        )
        self.shaping = Shaping(self.painting)
        self.wanding = Wanding(self.painting, self.shaping, self.toolbox, self.timeline, self.spawn)
        self.told: list[bool] = []
        self.wanding.working.connect(self.told.append)
        self.painting.begin(390, 290)
        self.painting.end()

    async def take(self, how: Laying = "add") -> None:
        setup = self.toolbox.setup
        await self.shaping.wand(
            steps(), AT, how, tolerance=setup.tolerance, contiguous=setup.contiguous
        )

    async def set(self, **changes: object) -> None:
        self.toolbox.set(**changes)
        await self.settled()

    def found(self, tolerance: float, *, contiguous: bool = True) -> np.ndarray:
        x, y = int(AT.x), int(AT.y)
        part = alike(distances(steps(), x, y), x, y, tolerance, contiguous=contiguous)
        whole = np.zeros((SIZE.height, SIZE.width), np.uint8)
        whole[part.rect.rows_cols] = part.coverage
        return whole

    @property
    def done(self) -> list[bool]:
        return [step.done for step in self.timeline.steps]


@pytest.mark.parametrize("how", ["new", "add", "subtract"])
def test_the_pick_follows_the_tolerance_as_one_step(how: Laying) -> None:
    async def script(here: Scene) -> None:
        if how == "subtract":
            here.painting.fill_all()
        before = here.pixels.copy()
        await here.take(how)
        steps_then = len(here.done)
        for tolerance in (30, 8, 22):
            await here.set(tolerance=tolerance)
        await here.set(contiguous=False)
        found = here.found(22, contiguous=False)
        expected = {
            "new": found,
            "add": np.maximum(before, found),
            "subtract": np.minimum(before, 255 - found),
        }
        assert np.array_equal(here.pixels, expected[how])
        assert here.done == [True] * steps_then
        assert here.told == [True, False] * 4
        here.timeline.undo("a")
        assert np.array_equal(here.pixels, before)
        await here.set(tolerance=40)
        assert np.array_equal(here.pixels, before)
        here.timeline.redo("a")
        assert np.array_equal(here.pixels, expected[how])

    run(Scene(), script)


def test_how_far_colours_are_is_worked_out_once_and_let_go_with_the_pick(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[weakref.ref[object]] = []

    def counted(*values: object) -> object:
        far = distances(*values)  # type: ignore[arg-type]  # as they were given
        made.append(weakref.ref(far))
        return far

    monkeypatch.setattr("editor.session.shaping.distances", counted)

    async def script(here: Scene) -> None:
        await here.take()
        for tolerance in (30, 8):
            await here.set(tolerance=tolerance)
        assert [far() is not None for far in made] == [True]
        here.painting.begin(20, 20)
        here.painting.end()
        assert made[0]() is None

    run(Scene(), script)


def test_wishes_that_came_and_went_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    anew = wanding._anew

    def counted(pick, wish):
        asked.append(wish[0])
        return anew(pick, wish)

    monkeypatch.setattr(wanding, "_anew", counted)

    async def script(here: Scene) -> None:
        await here.take()
        for tolerance in range(17, 40):
            here.toolbox.set(tolerance=tolerance)
        await here.settled()
        assert asked == [39]
        assert (here.pixels >= here.found(39)).all()

    run(Scene(), script)


def test_what_else_changes_the_mask_leaves_the_pick_as_it_is() -> None:
    async def script(here: Scene) -> None:
        await here.take()
        here.painting.begin(20, 20)
        here.painting.end()
        after = here.pixels.copy()
        await here.set(tolerance=40)
        assert np.array_equal(here.pixels, after)

        await here.take()
        after = here.pixels.copy()
        here.toolbox.set(tolerance=60)
        here.painting.begin(20, 250)  # while a thread is at it
        here.painting.end()
        await here.settled()
        assert here.pixels[250, 20] == 255
        assert (here.pixels[:200] == after[:200]).all()

    run(Scene(), script)


def test_dropped_it_stays_as_it_lies() -> None:
    async def script(here: Scene) -> None:
        assert not here.wanding.drop()
        await here.take()
        after = here.pixels.copy()
        assert not here.wanding.drop()
        here.toolbox.set(tolerance=60)
        assert here.wanding.drop()
        await here.settled()
        assert np.array_equal(here.pixels, after)
        assert here.told == [True, False]

    run(Scene(), script)


def test_other_settings_take_nothing_anew() -> None:
    async def script(here: Scene) -> None:
        await here.set(tolerance=20)
        await here.take()
        await here.set(round=True)
        assert here.told == []

    run(Scene(), script)


def test_a_pick_that_comes_to_nothing_is_no_step() -> None:
    async def script(here: Scene) -> None:
        here.painting.load(here.found(30))
        here.toolbox.set(tolerance=40)
        await here.take()
        count = len(here.done)
        await here.set(tolerance=30)
        assert np.array_equal(here.pixels, here.found(30))
        assert here.done.count(True) == count - 1
        await here.set(tolerance=50)
        assert np.array_equal(here.pixels, here.found(30))

    run(Scene(), script)

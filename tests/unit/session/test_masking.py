"""What each shape does to the mask, how each step is called, and the nibs made ready."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from editor.imaging.geometry import Size
from editor.mask.brush import nib
from editor.session import masking
from editor.session.deeds import title_of
from tests.fakes.bench import SIZE, Bench, inline
from tests.fakes.objects import box_around, cup, overlap, scribble_on

__all__ = ["inline"]

SMALL = Size(160, 120)
TRUE = cup(SIZE)


def test_a_stroke_finds_the_nibs_of_the_chosen_brush_built() -> None:
    bench = Bench()
    for diameter in (41, 42, 43):
        bench.painting.set_brush(diameter=diameter, pressure="both")
    bench.painting.pen_near.emit(bench.painting.brush)
    bench.settle()
    misses = nib.cache_info().misses
    for erase in (False, True):
        bench.painting.begin(20, 20, 0.1, erase=erase)
        bench.painting.extend(90, 90, 1.0)
        bench.painting.end()
    assert nib.cache_info().misses == misses


def test_work_that_takes_a_while_is_told_until_it_is_done(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(masking, "WAITED", 0)
    bench = Bench(waits=True)
    told: list[bool] = []
    bench.masking.working.connect(told.append)
    bench.draw("wand", (5, 5))
    with qtbot.waitSignal(bench.masking.working):
        bench.masking.selecting.box(bench.document.base, box_around(cup(SIZE)), "new")
    bench.settle()
    assert told == [True, False]


def test_the_nibs_of_a_brush_are_built_once_it_stays_as_it_is(qtbot: QtBot) -> None:
    bench = Bench(waits=True)
    for diameter in range(30, 60):
        bench.painting.set_brush(diameter=diameter)
    qtbot.waitUntil(lambda: bool(bench.asked))
    assert bench.asked == ["build the nibs of a brush"]
    bench.painting.turn_to("b", SMALL)
    qtbot.waitUntil(lambda: len(bench.asked) == 2)
    bench.settle()
    bench.painting.set_brush(diameter=30)
    bench.masking.close()
    qtbot.wait(2 * masking.STILL)
    assert len(bench.asked) == 2


def test_brushes_that_are_passed_by_are_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench()
    built: list[float] = []

    def choose(*diameters: float) -> None:
        for diameter in diameters:
            bench.painting.set_brush(diameter=diameter)
            bench.painting.pen_near.emit(bench.painting.brush)
        bench.settle()

    async def meanwhile(build: Any) -> None:
        built.append(build.__self__.diameter)
        if len(built) == 1:
            choose(42, 43)

    monkeypatch.setattr(masking, "in_thread", meanwhile)
    choose(41)
    choose(43)
    assert built == [41, 43]


@pytest.mark.parametrize("name", ["box", "scribble"])
def test_an_object_is_found(name: str) -> None:
    bench = Bench()
    box = box_around(TRUE)
    corners = [(box.left + 0.5, box.top + 0.5), (box.right - 0.5, box.bottom - 0.5)]
    bench.draw(name, *(corners if name == "box" else scribble_on(TRUE)))
    assert overlap(bench.pixels, TRUE) > 0.95


def test_an_object_that_is_not_found_is_told() -> None:
    bench = Bench()
    told: list[str] = []
    bench.masking.told.connect(lambda notice: told.append(notice.mood))
    bench.draw("box", (2, 2), (30, 30))
    assert told == ["info"]
    assert not bench.pixels.any()


def test_each_step_knows_what_was_done() -> None:
    bench = Bench()
    told: list[str] = []
    bench.painting.sealed.connect(lambda slot, patch: told.append(title_of(patch.deed)))
    for erase in (False, True):
        bench.painting.begin(300, 20, erase=erase)
        bench.painting.end()
    bench.draw("rectangle", (20, 30), (180, 190))
    bench.draw("ellipse", (20, 30), (200, 210), how="add")
    bench.draw("lasso", (20, 30), (180, 190), (90, 190), how="subtract")
    bench.draw("wand", (3, 3), how="add")
    bench.draw("scribble", *scribble_on(TRUE), how="subtract")
    bench.masking.reshaping.begin("grow")
    bench.settle()
    bench.masking.reshaping.set_by(4)
    bench.settle()
    bench.painting.invert()
    bench.painting.fill_all()
    bench.painting.clear()
    shapes = ["Rectangle", "Ellipse, add", "Lasso, subtract", "Wand, add"]
    rest = ["Object select, subtract", "Grow 4 px", "Invert", "Mask all", "Clear mask"]
    assert told == ["Brush", "Erase", *shapes, *rest]
    for _ in told:
        bench.painting.undo("a")
    back = [patch.deed for patch in bench.painting.mask_of("a").history.redo_steps]
    assert [title_of(deed) for deed in reversed(back)] == told


def test_shapes_cover_what_they_are() -> None:
    bench = Bench()
    bench.draw("rectangle", (20, 30), (80, 90))
    assert (bench.pixels == 255).sum() == 60 * 60
    bench.draw("ellipse", (100, 30), (160, 90), how="add")
    assert bench.pixels[60, 130] == bench.pixels[60, 50] == 255
    assert bench.pixels[32, 102] == 0
    bench.draw("lasso", (20, 30), (80, 30), (20, 90), how="subtract")
    assert bench.pixels[35, 25] == 0
    assert bench.pixels[85, 75] == 255


def test_the_wand_is_set_by_the_toolbox() -> None:
    bench = Bench()
    bench.masking.toolbox.set(tolerance=40)
    bench.draw("wand", (SIZE.width // 2, SIZE.height // 2))
    assert overlap(bench.pixels, TRUE) > 0.8
    bench.masking.toolbox.set(tolerance=0)
    bench.draw("wand", (SIZE.width // 2, SIZE.height // 2))
    assert (bench.pixels > 0).sum() < 100


def test_the_rim_is_refined_with_the_brush() -> None:
    bench = Bench()
    bench.painting.load(TRUE)
    before = bench.pixels.copy()
    bench.draw("refine", *((x, 120) for x in range(100, 220, 5)))
    changed = np.argwhere(bench.pixels != before)
    assert not len(changed) or (np.abs(changed[:, 0] - 120) <= 17).all()


def test_nothing_is_drawn_without_a_picture_and_a_strange_name_is_a_bug() -> None:
    bench = Bench()
    bench.draw("rectangle")
    assert bench.painting.plane is not None
    assert bench.painting.plane.is_empty
    with pytest.raises(ValueError, match="star"):
        bench.draw("star", (1, 1))

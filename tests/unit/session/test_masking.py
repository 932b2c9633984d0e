"""What each shape does to the mask, and that nothing done with all the tools is ever lost."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, get_args

import cv2
import numpy as np
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from editor.imaging.geometry import Point, Size
from editor.imaging.raster import Raster
from editor.mask.brush import nib
from editor.mask.deed import Laying
from editor.mask.exchange import Manner, MaskExporter
from editor.mask.reshape import reshaped
from editor.mask.way import Way
from editor.session import masking, reshaping, selecting, shaping
from editor.session.deeds import title_of
from editor.session.masking import Masking
from editor.session.painting import Painting
from editor.session.timeline import Timeline
from tests.fakes.objects import box_around, cup, overlap, scene, scribble_on

SIZE = Size(320, 240)
SMALL = Size(160, 120)
TRUE = cup(SIZE)


async def _here(work: Any, *values: object) -> object:
    return work(*values)


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine that waits for nobody."""
    with pytest.raises(StopIteration):
        work.send(None)


@pytest.fixture(autouse=True)
def inline(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is done where it is asked for; that threads do it too is told elsewhere."""
    for module in (masking, reshaping, selecting, shaping):
        monkeypatch.setattr(module, "in_thread", _here)


class Document(QObject):
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
        self.document = Document(scene(cup(size), grain=2))
        self.masking = Masking(self.document, self.painting, Timeline(), self._spawn)
        if not waits:
            self.masking.close()

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self.asked.append(name)
        self._work.append(work)

    def draw(self, name: str, *places: tuple[float, float], how: Laying = "new") -> None:
        _run(self.masking.draw(name, [Point(*at) for at in places], how))
        self.settle()

    def settle(self) -> None:
        while self._work:
            _run(self._work.pop(0))

    @property
    def pixels(self) -> np.ndarray:
        assert self.painting.plane is not None
        return self.painting.plane.pixels


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


PLACES = st.tuples(st.floats(-30, 190), st.floats(-30, 150))
HOWS = st.sampled_from(get_args(Laying))


class Everything(RuleBasedStateMachine):
    """All tools in any order: undo and redo return every byte, and exports tell the mask."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench(SMALL)
        self.exporter = MaskExporter(SMALL, Manner())
        self.bench.painting.mask_changed.connect(self.exporter.changed)
        self.states = [self.bench.pixels.copy()]
        self.at = 0
        self.bench.painting.sealed.connect(lambda *_: self._done())

    def _done(self) -> None:
        del self.states[self.at + 1 :]
        self.states.append(self.bench.pixels.copy())
        self.at += 1

    @rule(line=st.lists(PLACES, min_size=1, max_size=4), erase=st.booleans(), far=st.booleans())
    def paint(self, line, erase, far) -> None:
        painting = self.bench.painting
        painting.begin(*line[0], erase=erase, line=far)
        for at in line[1:]:
            painting.extend(*at)
        painting.end()

    @rule(line=st.lists(PLACES, min_size=1, max_size=3))
    def paint_and_think_better_of_it(self, line) -> None:
        before = self.bench.pixels.copy()
        self.bench.painting.begin(*line[0])
        for at in line[1:]:
            self.bench.painting.extend(*at)
        self.bench.painting.abandon()
        assert np.array_equal(self.bench.pixels, before)

    @rule(name=st.sampled_from(["rectangle", "ellipse", "box"]), one=PLACES, other=PLACES, how=HOWS)
    def draw_a_box(self, name, one, other, how) -> None:
        self.bench.draw(name, one, other, how=how)

    @rule(
        name=st.sampled_from(["lasso", "scribble", "refine"]),
        line=st.lists(PLACES, min_size=3, max_size=6),
        how=HOWS,
    )
    def draw_a_line(self, name, line, how) -> None:
        self.bench.draw(name, *line, how=how)

    @rule(at=PLACES, how=HOWS, contiguous=st.booleans())
    def wand(self, at, how, contiguous) -> None:
        self.bench.masking.toolbox.set(contiguous=contiguous)
        self.bench.draw("wand", at, how=how)

    @rule(change=st.sampled_from(["fill_all", "clear", "invert"]))
    def the_whole(self, change) -> None:
        getattr(self.bench.painting, change)()

    @rule(way=st.sampled_from(get_args(Way)), by=st.integers(0, 30), kept=st.booleans())
    def reshape(self, way, by, kept) -> None:
        before = self.bench.pixels.copy()
        self.bench.masking.reshaping.begin(way)
        self.bench.settle()
        self.bench.masking.reshaping.set_by(by)
        self.bench.settle()
        (self.bench.masking.reshaping.keep if kept else self.bench.masking.reshaping.drop)()
        expected = reshaped(before, way, by if way != "harden" else min(by, 1)) if kept else before
        assert np.array_equal(self.bench.pixels, expected)

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        self.bench.painting.undo("a")
        self.at -= 1

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        self.bench.painting.redo("a")
        self.at += 1

    @invariant()
    def every_byte_is_as_it_was(self) -> None:
        assert np.array_equal(self.bench.pixels, self.states[self.at])

    @invariant()
    def the_export_tells_the_mask(self) -> None:
        data = np.frombuffer(self.exporter.to_png(self.bench.pixels), np.uint8)
        read = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
        assert read is not None
        edited = self.bench.pixels >= 128
        assert np.array_equal(read[..., 3], np.where(edited, 0, 255))
        assert np.array_equal(read[..., 0], np.where(edited, 255, 0))


Everything.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    report_multiple_bugs=False,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
TestEverything = Everything.TestCase

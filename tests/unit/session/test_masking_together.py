"""All that changes a mask in any order: nothing done is ever lost, and files tell the mask."""

from __future__ import annotations

from itertools import product
from typing import get_args

import cv2
import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from editor.imaging.geometry import Size, whole
from editor.mask.deed import Deed, Laying, Name
from editor.mask.exchange import Manner, MaskExporter
from editor.mask.feel import Pressure
from editor.mask.lint import findings
from editor.mask.reshape import reshaped
from editor.mask.way import Way
from tests.fakes.bench import Bench, inline, run
from tests.fakes.objects import box_around, cup

__all__ = ["inline"]

SMALL = Size(160, 120)
ALL = whole(SMALL)
PLACES = st.tuples(st.floats(-30, 190), st.floats(-30, 150))
HOWS = st.sampled_from(get_args(Laying))


class Everything(RuleBasedStateMachine):
    """All tools in any order: undo and redo return every byte, and exports tell the mask."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench(SMALL)
        painting = self.bench.painting
        self.files: dict[Manner, MaskExporter] = {}
        for soft, grey in product((False, True), repeat=2):
            manner = Manner(soft, grey)
            self.files[manner] = MaskExporter(SMALL, manner)
            painting.mask_changed.connect(self.files[manner].changed)
        self.states = [self.bench.pixels.copy()]
        self.at = 0
        painting.sealed.connect(lambda *_: self._done())
        painting.moved.connect(lambda _slot, _patch, done: self._went(1 if done else -1))

    @initialize(empty=st.booleans())
    def begin(self, empty) -> None:
        if not empty:
            self.bench.painting.load(marked())

    def _done(self) -> None:
        del self.states[self.at + 1 :]
        self.states.append(self.bench.pixels.copy())
        self.at += 1

    def _went(self, by: int) -> None:
        self.at += by

    @rule(
        line=st.lists(st.tuples(*[PLACES, st.floats(0, 1)]), min_size=1, max_size=4),
        erase=st.booleans(),
        far=st.booleans(),
        pressure=st.sampled_from(get_args(Pressure)),
    )
    def paint(self, line, erase, far, pressure) -> None:
        painting = self.bench.painting
        painting.set_brush(pressure=pressure)
        painting.begin(*line[0][0], line[0][1], erase=erase, line=far)
        for at, firm in line[1:]:
            painting.extend(*at, firm)
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

    @rule(at=PLACES, how=HOWS, tolerances=st.lists(st.integers(0, 40), max_size=2))
    def wand(self, at, how, tolerances) -> None:
        self.bench.draw("wand", at, how=how)
        for tolerance in tolerances:
            self._set_wand(tolerance=tolerance)

    @rule(contiguous=st.booleans())
    def set_the_wand(self, contiguous) -> None:
        self._set_wand(contiguous=contiguous)

    def _set_wand(self, **setup: object) -> None:
        self.bench.masking.toolbox.set(**setup)
        self.bench.settle()

    @rule(change=st.sampled_from(["fill_all", "clear", "invert"]))
    def the_whole(self, change) -> None:
        getattr(self.bench.painting, change)()

    @rule(name=st.sampled_from(["last", "import"]), by=st.integers(-30, 30))
    def load(self, name, by) -> None:
        other = np.roll(self.bench.pixels, by, axis=1)
        if name == "last":
            self.bench.painting.load(other, Deed(name))
        else:
            change = self.bench.masking.shaping.change
            run(change(lambda draft: draft.becoming(ALL, other), Deed(name)))
        assert np.array_equal(self.bench.pixels, other)

    @rule()
    def mend(self) -> None:
        for finding in findings(self.bench.pixels)[:1]:
            self.bench.linting.fix(finding)
            self.bench.settle()

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

    @rule()
    def undo(self) -> None:
        self.bench.timeline.undo("a")

    @rule()
    def redo(self) -> None:
        self.bench.timeline.redo("a")

    @invariant()
    def every_byte_is_as_it_was(self) -> None:
        assert np.array_equal(self.bench.pixels, self.states[self.at])

    @invariant()
    def the_exports_tell_the_mask(self) -> None:
        pixels = self.bench.pixels
        for manner, file in self.files.items():
            read = cv2.imdecode(np.frombuffer(file.to_png(pixels), np.uint8), cv2.IMREAD_UNCHANGED)
            assert read is not None
            level = pixels if manner.soft else np.where(pixels >= 128, 255, 0)
            channels = [level] if manner.grey else [level, level, level, 255 - level]
            assert np.array_equal(read.reshape(*level.shape, -1), np.dstack(channels))


def marked() -> np.ndarray:
    """A mask over the cup of the picture that every change makes another of."""
    mask = np.where(cup(SMALL) > 0, 255, 0).astype(np.uint8)
    mask[56:60, 78:82] = 0
    mask[6:10, 140:144] = 255
    return cv2.GaussianBlur(mask, (0, 0), 0.7)


def do(bench: Bench, name: Name) -> None:
    """Change the mask in one of the ways there are, as tools, menus and other programs do."""
    painting, masks = bench.painting, bench.masking
    other = np.roll(marked(), 9, axis=1)
    match name:
        case "brush" | "erase":
            painting.begin(20, 20, erase=name == "erase")
            painting.extend(80, 60)
            painting.end()
        case "lasso" | "rectangle" | "ellipse" | "wand":
            bench.draw(name, (12, 9), (70, 20), (40, 90))
        case "object":
            box = box_around(cup(SMALL))
            bench.draw("box", (box.left, box.top), (box.right, box.bottom))
        case "refine":
            bench.draw(name, *[(40 + step, 60) for step in range(0, 80, 4)])
        case "all" | "none" | "invert":
            getattr(painting, {"all": "fill_all", "none": "clear"}.get(name, name))()
        case "last" | "transparent":
            painting.load(other, Deed(name))
        case "import" | "paste":
            run(masks.shaping.change(lambda draft: draft.becoming(ALL, other), Deed(name)))
        case "mend":
            bench.linting.fix(next(one for one in findings(bench.pixels) if one.fix))
            bench.settle()
        case _:
            masks.reshaping.begin(name)
            bench.settle()
            masks.reshaping.keep()


@settings(max_examples=4, deadline=None)
@given(order=st.permutations(sorted(set(get_args(Name)) - {"", "extend"})))
def test_each_change_there_is_comes_back(order) -> None:
    """In any order, but for those nobody knows any more and for a larger canvas."""
    bench = Bench(SMALL)
    states, done = [bench.pixels.copy()], []
    for name in order:
        bench.painting.load(marked())
        states.append(bench.pixels.copy())
        do(bench, name)
        states.append(bench.pixels.copy())
        done += [Deed().name, name]
    assert [step.deed.name for step in bench.painting.mask_of("a").history.undo_steps] == done
    for state in reversed(states[:-1]):
        bench.timeline.undo("a")
        assert np.array_equal(bench.pixels, state)
    for state in states[1:]:
        bench.timeline.redo("a")
        assert np.array_equal(bench.pixels, state)


Everything.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    report_multiple_bugs=False,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
TestEverything = Everything.TestCase

"""Strokes, whole-mask changes and their undo, as the window sees them."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from editor.imaging.geometry import Rect, Size
from editor.mask.history import History
from editor.mask.plane import MaskPlane
from editor.session.painting import Painting

WIDE = Size(600, 400)


def opened(size: Size = WIDE) -> Painting:
    painting = Painting()
    painting.turn_to("a", size)
    painting.set_brush(diameter=40, hardness=1.0)
    return painting


def stroke(painting: Painting, *points: tuple[float, float], erase: bool = False) -> None:
    painting.begin(*points[0], erase=erase)
    for point in points[1:]:
        painting.extend(*point)
    painting.end()


def test_a_stroke_paints_tells_where_and_seals_one_patch() -> None:
    painting = opened()
    dirty: list[Rect] = []
    sealed: list[str] = []
    painting.mask_changed.connect(dirty.append)
    painting.sealed.connect(lambda slot, patch: sealed.append(slot))
    stroke(painting, (100, 100), (200, 100))
    assert painting.plane is not None
    assert painting.plane.pixels[100, 150] == 255
    assert painting.plane.pixels[150, 150] == 0
    assert sealed == ["a"]
    assert all(not rect.empty for rect in dirty)


def test_undo_and_redo_return_every_byte() -> None:
    painting = opened()
    assert painting.plane is not None
    states = [painting.plane.snapshot()]
    for y in (50, 120, 300):
        stroke(painting, (20, y), (580, y))
        states.append(painting.plane.snapshot())
    for expected in reversed(states[:-1]):
        painting.undo("a")
        assert np.array_equal(painting.plane.pixels, expected)
    for expected in states[1:]:
        painting.redo("a")
        assert np.array_equal(painting.plane.pixels, expected)


def test_erasing_flips_with_the_brush() -> None:
    painting = opened()
    painting.fill_all()
    stroke(painting, (100, 100), erase=True)
    assert painting.plane is not None
    assert painting.plane.pixels[100, 100] == 0
    painting.set_brush(erase=True)
    stroke(painting, (100, 100), erase=True)
    assert painting.plane.pixels[100, 100] == 255


def test_a_line_starts_where_the_last_stroke_ended() -> None:
    painting = opened()
    stroke(painting, (50, 50))
    painting.begin(550, 350, line=True)
    painting.end()
    assert painting.plane is not None
    assert painting.plane.pixels[200, 300] == 255


def test_an_abandoned_stroke_leaves_nothing() -> None:
    painting = opened()
    sealed: list[object] = []
    painting.sealed.connect(lambda slot, patch: sealed.append(patch))
    painting.begin(100, 100)
    painting.extend(300, 300)
    painting.abandon()
    assert painting.plane is not None
    assert painting.plane.is_empty
    assert not sealed


def test_each_picture_has_its_own_mask() -> None:
    painting = opened()
    stroke(painting, (100, 100))
    painting.turn_to("b", Size(50, 50))
    assert painting.plane is not None
    assert painting.plane.is_empty
    painting.turn_to("a", Size(600, 400))
    assert not painting.plane.is_empty


def test_a_stroke_that_another_picture_cuts_off_is_kept() -> None:
    painting = opened()
    sealed: list[str] = []
    painting.sealed.connect(lambda slot, patch: sealed.append(slot))
    painting.begin(100, 100)
    painting.extend(300, 300)
    painting.turn_to("b", Size(600, 400))
    painting.extend(400, 300)
    painting.end()
    assert sealed == ["a"]
    assert painting.plane is not None
    assert painting.plane.is_empty
    painting.turn_to("a", Size(600, 400))
    assert painting.plane.pixels[200, 200] == 255
    painting.undo("a")
    assert painting.plane.is_empty


def test_the_first_brush_is_a_share_of_the_picture_and_stays_within_bounds() -> None:
    painting = Painting()
    painting.turn_to("a", Size(6000, 4000))
    assert painting.brush.diameter == 160
    painting.set_brush(diameter=1e9, hardness=-1)
    assert (painting.brush.diameter, painting.brush.hardness) == (4096, 0)


def test_a_mask_from_a_project_and_a_chosen_brush_change_nothing_about_that() -> None:
    painting = Painting()
    plane = MaskPlane(Size(6000, 4000))
    painting.adopt("a", plane, History(plane))
    painting.turn_to("a", plane.size)
    assert painting.brush.diameter == 160
    chosen = Painting()
    chosen.set_brush(diameter=30)
    chosen.turn_to("a", Size(600, 400))
    assert chosen.brush.diameter == 30


def test_inverting_and_clearing_are_steps() -> None:
    painting = opened()
    stroke(painting, (100, 100))
    painting.invert()
    assert painting.plane is not None
    assert painting.plane.pixels[300, 500] == 255
    painting.clear()
    assert painting.plane.is_empty
    painting.undo("a")
    painting.undo("a")
    assert painting.plane.pixels[100, 100] == 255
    assert painting.plane.pixels[300, 500] == 0


def test_an_imported_mask_takes_the_place_of_the_painted_one() -> None:
    painting = opened(Size(4, 3))
    coverage = np.arange(12, dtype=np.uint8).reshape(3, 4)
    painting.load(coverage)
    assert painting.plane is not None
    assert np.array_equal(painting.plane.pixels, coverage)
    painting.undo("a")
    assert painting.plane.is_empty


def huge(painting: Painting) -> None:
    """A stroke over far more than one slice, its pen lifted."""
    painting.set_brush(diameter=4000, hardness=1.0)
    painting.begin(1000, 1000)
    painting.extend(4000, 3000)
    painting.end()


def test_a_huge_stroke_is_settled_in_slices(qapp: QCoreApplication) -> None:
    painting = opened(Size(5000, 4000))
    sealed: list[str] = []
    painting.sealed.connect(lambda slot, _: sealed.append(slot))
    huge(painting)
    assert painting.painting
    assert sealed == []
    while painting.painting:
        qapp.processEvents()
    assert sealed == ["a"]
    painting.undo("a")
    assert painting.plane is not None
    assert painting.plane.is_empty


@pytest.mark.parametrize("after", ["begin", "undo", "abandon", "clear", "turn"])
def test_what_comes_next_finds_a_huge_stroke_done(after: str) -> None:
    painting = opened(Size(5000, 4000))
    sealed: list[str] = []
    painting.sealed.connect(lambda slot, _: sealed.append(slot))
    huge(painting)
    plane = painting.plane
    assert plane is not None
    match after:
        case "begin":
            painting.set_brush(diameter=10)
            painting.begin(4990, 10)
            painting.end()
            assert sealed == ["a", "a"]
        case "undo":
            painting.undo("a")
            assert plane.is_empty
        case "abandon":
            painting.abandon()
            assert not plane.is_empty
        case "clear":
            painting.clear()
            assert plane.is_empty
        case _:
            painting.turn_to("b", Size(10, 10))
    assert sealed[0] == "a"
    assert not painting.painting

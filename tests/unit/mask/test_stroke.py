import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.imaging.geometry import Rect, Size
from editor.mask import region
from editor.mask.brush import PRESSES, Brush, nib
from editor.mask.plane import MaskPlane
from editor.mask.stroke import Stroke
from tests.fakes.filling import fill_rect

SIZE = Size(400, 300)


def paint(brush: Brush, *points: tuple[float, ...], size: Size = SIZE) -> np.ndarray:
    plane = MaskPlane(size)
    edit = plane.edit()
    stroke = Stroke(edit, brush)
    for point in points:
        dirty = stroke.to(*point)
        assert dirty.clipped(size) == dirty or dirty.empty
    edit.commit()
    return plane.snapshot()


def capsule(diameter: float, a: tuple[float, float], b: tuple[float, float]) -> np.ndarray:
    """The exact swept circle, rim one pixel wide, by distance to the line."""
    ys, xs = np.mgrid[: SIZE.height, : SIZE.width] + 0.5
    way = np.subtract(b, a)
    far2 = max(1e-9, way @ way)
    at = np.clip(((xs - a[0]) * way[0] + (ys - a[1]) * way[1]) / far2, 0, 1)
    far = np.hypot(xs - a[0] - at * way[0], ys - a[1] - at * way[1])
    return np.clip(diameter / 2 + 0.5 - far, 0, 1) * 255


@pytest.mark.parametrize("diameter", [2, 3, 8, 12, 20, 64, 90, 150])
@pytest.mark.parametrize(
    "end", [(300.0, 150.0), (250.3, 211.7), (100.2, 220.9), (101.3, 150.4), (60.5, 90.1)]
)
def test_a_stroke_is_the_swept_brush(diameter: float, end: tuple[float, float]) -> None:
    start = (100.2, 150.4)
    painted = paint(Brush(diameter, 1.0), start, end).astype(float)
    exact = capsule(diameter, start, end)
    assert painted.sum() == pytest.approx(exact.sum(), rel=0.03, abs=255)
    assert np.abs(painted - exact).max() < (150 if diameter > 64 else 110)
    assert np.abs(painted - exact).mean() < 1


@pytest.mark.parametrize("diameter", [8, 64, 700])
def test_the_number_of_events_does_not_matter(diameter: float) -> None:
    brush = Brush(diameter, 1.0)
    a, b = (60.0, 50.0), (340.0, 210.0)
    way = [(a[0] + (b[0] - a[0]) * at / 40, a[1] + (b[1] - a[1]) * at / 40) for at in range(41)]
    once, often = paint(brush, a, b).astype(int), paint(brush, *way).astype(int)
    assert np.abs(once - often).mean() < 0.6
    assert abs(once.sum() - often.sum()) / once.sum() < 0.02


def test_the_last_dab_is_under_the_pointer() -> None:
    painted = paint(Brush(6, 1.0), (20.5, 20.5), (121.5, 77.5))
    assert painted[77, 121] == 255
    assert painted[77, 124] > 0
    assert painted[77, 126] == 0


def test_coverage_only_grows_and_an_eraser_only_takes() -> None:
    plane = MaskPlane(SIZE)
    fill_rect(plane, Rect(0, 0, 400, 300), 100)
    edit = plane.edit()
    Stroke(edit, Brush(50, 0.0)).to(200, 150)
    assert plane.pixels.min() == 100
    assert plane.pixels[150, 200] > 250
    edit.abandon()
    Stroke(edit, Brush(50, 0.0, erase=True)).to(200, 150)
    assert plane.pixels.max() == 100
    assert plane.pixels[150, 200] < 5


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.floats(-90, 500), st.floats(-90, 400)), min_size=1, max_size=4),
    st.sampled_from([3.0, 8.0, 40.0, 70.0]),
    st.booleans(),
)
def test_a_border_only_cuts(
    points: list[tuple[float, float]], diameter: float, erase: bool
) -> None:
    """What leaves the plane leaves it; what stays is the same as on a plane with room."""
    room = 100
    large = MaskPlane(Size(SIZE.width + 2 * room, SIZE.height + 2 * room))
    small = MaskPlane(SIZE)
    brush = Brush(diameter, 1.0, erase)
    for plane, shift in ((large, room), (small, 0)):
        if erase:
            region.fill(plane)
        edit = plane.edit()
        stroke = Stroke(edit, brush)
        for x, y in points:
            # Halves of a power of two: a shift must not change the phase by rounding.
            stroke.to(math.floor(x * 64) / 64 + shift, math.floor(y * 64) / 64 + shift)
        edit.commit()
    inner = large.pixels[room:-room, room:-room].astype(int)
    # Evenly set dabs may round to another phase when the whole way is moved.
    assert (np.abs(inner - small.pixels) > 150).mean() == 0
    assert (np.abs(inner - small.pixels) > 70).mean() < 1e-3


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-300, 700), st.floats(-300, 600)), min_size=1, max_size=5),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.booleans(),
    st.sampled_from([SIZE, Size(1800, 1700)]),
)
def test_painting_only_ahead_is_painting_all(
    points: list[tuple[float, float]], hardness: float, erase: bool, size: Size
) -> None:
    """On a plane with room all dabs lie on it as a whole."""
    room = 0 if size is SIZE else 660
    brush = Brush(700, hardness, erase)
    plane, other = MaskPlane(size), MaskPlane(size)
    plain = Brush(700, hardness, erase)
    all_of_it = nib.__wrapped__(700, hardness, erase)
    all_of_it.bands = ()
    object.__setattr__(plain, "nib", all_of_it)
    for surface, tool in ((plane, brush), (other, plain)):
        if erase:
            region.fill(surface)
        edit = surface.edit()
        stroke = Stroke(edit, tool)
        for x, y in points:
            stroke.to(x + room, y + room)
        edit.commit()
    assert np.array_equal(plane.pixels, other.pixels)


def test_a_wide_stroke_that_left_the_picture_comes_back_whole() -> None:
    there = paint(Brush(700, 1.0), (200, 150), (200, 5000), (200, 900), (200, 640))
    assert there.any()
    assert np.array_equal(there, np.maximum(there, paint(Brush(700, 1.0), (200, 640))))


def test_far_outside_nothing_is_touched() -> None:
    plane = MaskPlane(SIZE)
    stroke = Stroke(plane.edit(), Brush(20, 1.0))
    assert stroke.to(-500, -500).empty
    assert stroke.to(-480, -500).empty


def test_pressure_narrows_the_stroke_step_by_step() -> None:
    painted = paint(Brush(60, 1.0), (50, 150, 0.05), (350, 150, 1.0))
    widths = (painted >= 128).sum(axis=0)
    assert widths[60] < 12
    assert 20 < widths[200] < 40
    assert 55 < widths[345] <= 61
    assert (np.diff(widths[60:340].astype(int)) >= -2).all()


def test_equal_pressure_is_one_nib() -> None:
    half = paint(Brush(60, 1.0), (50, 150, 0.5), (350, 150, 0.5))
    assert np.array_equal(half, paint(Brush(30, 1.0), (50, 150), (350, 150)))


def test_the_smallest_brush_is_a_pencil() -> None:
    painted = paint(Brush(1, 0.5), (10.9, 20.1), (60.3, 41.6))
    assert np.unique(painted).tolist() == [0, 255]
    assert 50 <= (painted > 0).sum() <= 56


def test_no_pressure_still_paints() -> None:
    assert paint(Brush(PRESSES, 1.0), (50, 50, 0.0)).any()


def test_the_dirty_rectangle_holds_every_change() -> None:
    plane = MaskPlane(SIZE)
    stroke = Stroke(plane.edit(), Brush(9, 0.4))
    chance = np.random.default_rng(5)
    for x, y in chance.uniform((-20, -20), (420, 320), (40, 2)):
        before = plane.snapshot()
        dirty = stroke.to(float(x), float(y))
        changed = before != plane.pixels
        changed[dirty.rows_cols] = False
        assert not changed.any()

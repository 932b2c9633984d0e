"""A frame pulled outward: it holds the picture, keeps its limits, and stops at useful shapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.outward import RATIOS, Bounds, Hold, pulled, shape_of, stopped

PICTURE = Size(400, 300)
BOUNDS = Bounds(PICTURE, 1000, 10**9)
WHOLE = whole(PICTURE)

holds = st.builds(
    Hold, st.sampled_from((-1, 1)), st.sampled_from((-1, 0, 1)), st.booleans(), st.booleans()
) | st.builds(Hold, st.just(0), st.sampled_from((-1, 1)), st.booleans(), st.booleans())
steps = st.tuples(st.integers(-3000, 3000), st.integers(-3000, 3000))


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Bounds, Rect]:
    size = Size(draw(st.integers(1, 900)), draw(st.integers(1, 900)))
    reach = draw(st.integers(0, 1200))
    bounds = Bounds(size, reach, draw(st.integers(size.area, 3_000_000)))
    sides = [draw(st.integers(0, reach)) for _ in range(4)]
    frame = Rect(-sides[0], -sides[1], size.width + sides[2], size.height + sides[3])
    return bounds, frame if bounds.holds(frame) else whole(size)


@given(scenes(), holds, steps)
def test_a_pulled_frame_holds_the_picture_and_keeps_its_limits(
    scene: tuple[Bounds, Rect], hold: Hold, by: tuple[int, int]
) -> None:
    bounds, frame = scene
    assert bounds.holds(pulled(frame, hold, by, bounds))


@given(scenes(), holds, steps, st.floats(0, 300))
def test_a_frame_that_stops_is_allowed_and_near_to_where_it_was(
    scene: tuple[Bounds, Rect], hold: Hold, by: tuple[int, int], near: float
) -> None:
    bounds, frame = scene
    before = pulled(frame, hold, by, bounds)
    after = stopped(before, hold, bounds, near)
    assert bounds.holds(after)
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) <= near
    assert after == before or shape_of(after.size) in RATIOS
    if hold.shaped:
        assert after == before


@given(scenes(), holds, steps)
def test_what_is_not_held_stays(
    scene: tuple[Bounds, Rect], hold: Hold, by: tuple[int, int]
) -> None:
    bounds, frame = scene
    after = pulled(frame, hold, by, bounds)
    if not hold.both and hold.across >= 0 and (hold.across or not hold.shaped):
        assert after.left == frame.left
    if not hold.both and hold.down >= 0 and (hold.down or not hold.shaped):
        assert after.top == frame.top


@given(scenes(), holds, steps)
def test_a_frame_kept_in_shape_is_so_to_the_pixel(
    scene: tuple[Bounds, Rect], hold: Hold, by: tuple[int, int]
) -> None:
    bounds, frame = scene
    after = pulled(frame, Hold(hold.across, hold.down, hold.both, shaped=True), by, bounds)
    scale = after.size.width / frame.size.width
    wide, high = frame.size
    assert abs(after.size.height - scale * high) <= 2 + 2 * max(1, high / wide)


@pytest.mark.parametrize(
    ("hold", "by", "expected"),
    [
        (Hold(1, 0), (60, 999), (0, 0, 460, 300)),
        (Hold(-1, 0), (-60, 0), (-60, 0, 400, 300)),
        (Hold(-1, -1), (-60, -30), (-60, -30, 400, 300)),
        (Hold(0, 1), (9, 80), (0, 0, 400, 380)),
        (Hold(1, 0), (-60, 0), (0, 0, 400, 300)),
        (Hold(1, 0), (5000, 0), (0, 0, 1400, 300)),
        (Hold(1, 0, both=True), (60, 0), (-60, 0, 460, 300)),
        (Hold(1, 1, both=True), (60, 30), (-60, -30, 460, 330)),
        (Hold(1, 1, shaped=True), (40, 0), (0, 0, 440, 330)),
        (Hold(1, 1, shaped=True), (0, 60), (0, 0, 480, 360)),
        (Hold(-1, -1, shaped=True), (-40, -10), (-40, -30, 400, 300)),
        (Hold(1, 1, both=True, shaped=True), (40, 0), (-40, -30, 440, 330)),
        (Hold(1, 0, shaped=True), (80, 0), (0, -30, 480, 330)),
        (Hold(0, -1, shaped=True), (0, -60), (-40, -60, 440, 300)),
    ],
)
def test_each_hold_moves_its_own_sides(
    hold: Hold, by: tuple[int, int], expected: tuple[int, ...]
) -> None:
    assert pulled(WHOLE, hold, by, BOUNDS) == expected


def test_a_frame_goes_back_to_the_picture_and_no_further() -> None:
    frame = Rect(-80, -60, 480, 360)
    assert pulled(frame, Hold(1, 1), (-500, -500), BOUNDS) == (-80, -60, 400, 300)
    assert pulled(frame, Hold(1, 1, both=True), (-500, -500), BOUNDS) == WHOLE
    assert pulled(frame, Hold(1, 1, both=True, shaped=True), (-500, -500), BOUNDS) == WHOLE


@pytest.mark.parametrize(
    ("frame", "limit"),
    [
        (WHOLE, ""),
        (Rect(-1000, 0, 400, 300), "reach"),
        (Rect(0, 0, 400, 1300), "reach"),
        (Rect(-400, -300, 800, 600), "area"),
        (Rect(-300, -300, 699, 699), "area"),
        (Rect(-300, -300, 698, 698), ""),
    ],
)
def test_what_keeps_a_frame_small_has_a_name(frame: Rect, limit: str) -> None:
    assert Bounds(PICTURE, 1000, 998_500).limit(frame) == limit


def test_the_area_stops_a_side_where_it_is_reached() -> None:
    bounds = Bounds(PICTURE, 1000, 500 * 300)
    assert pulled(WHOLE, Hold(1, 0), (400, 0), bounds) == (0, 0, 500, 300)
    assert pulled(WHOLE, Hold(1, 1, shaped=True), (400, 300), bounds).size.area <= bounds.area


@pytest.mark.parametrize(
    ("hold", "frame", "expected", "name"),
    [
        (Hold(1, 0), Rect(0, 0, 446, 300), (0, 0, 450, 300), "3:2"),
        (Hold(-1, 0), Rect(-53, 0, 400, 300), (-50, 0, 400, 300), "3:2"),
        (Hold(0, 1), Rect(0, 0, 400, 396), (0, 0, 400, 400), "1:1"),
        (Hold(1, 1), Rect(0, 0, 531, 300), (0, 0, 533, 300), "16:9"),
        (Hold(1, 0, both=True), Rect(-23, 0, 422, 300), (-25, 0, 425, 300), "3:2"),
        (Hold(1, 0), Rect(0, 0, 475, 300), (0, 0, 475, 300), ""),
    ],
)
def test_a_side_stops_at_a_useful_shape(
    hold: Hold, frame: Rect, expected: tuple[int, ...], name: str
) -> None:
    found = stopped(frame, hold, BOUNDS, 6)
    assert found == expected
    assert shape_of(found.size) == name


@pytest.mark.parametrize(
    ("size", "name"),
    [
        (Size(400, 300), "4:3"),
        (Size(1920, 1080), "16:9"),
        (Size(999, 667), ""),
        (Size(7, 7), "1:1"),
    ],
)
def test_a_shape_has_a_name(size: Size, name: str) -> None:
    assert shape_of(size) == name

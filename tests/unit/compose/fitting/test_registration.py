import numpy as np
import pytest

from editor.compose.fitting.neighbourhood import Neighbourhood, Sight, neighbourhood, softened
from editor.compose.fitting.registration import Flow, flat, flow, plausible, search, similarity
from editor.imaging.geometry import Rect, Size, whole
from tests.fakes.redrawing import Floats, ellipse, moved, raster, scene

SIZE = Size(240, 180)
PICTURE = scene(SIZE)
NEAR = neighbourhood(raster(PICTURE), ellipse(SIZE), whole(SIZE), 999)
ALL = np.ones((180, 240), np.bool_)


def seen(picture: Floats) -> Sight:
    return Sight(picture, softened(picture, NEAR.outside), ALL)


def test_the_flow_tells_shift_and_scale() -> None:
    found = flow(NEAR, seen(moved(PICTURE, 1.01, 3.0, -2.0)))
    assert found is not None
    assert not found.trusted[NEAR.depth > 0].any()
    agreed = similarity(found, ALL, 1.0)
    assert agreed is not None
    move, share = agreed
    assert move[0, 0] == pytest.approx(1.01, abs=0.002)
    assert move @ (119.5, 89.5, 1) == pytest.approx((122.5, 87.5), abs=0.2)
    assert share > 0.8


def test_a_strip_is_too_narrow_to_tell() -> None:
    near = neighbourhood(raster(PICTURE), ellipse(SIZE), Rect(0, 0, 240, 20), 999)
    strip = Sight(near.colours, near.soft, np.ones((20, 240), np.bool_))
    assert flow(near, strip) is None


def test_too_few_steps_tell_nothing() -> None:
    found = flow(NEAR, seen(PICTURE))
    assert found is not None
    few = np.zeros_like(ALL)
    few[0, :20] = True
    assert similarity(found, few, 1.0) is None


def test_a_flow_that_enlarges_by_half_is_not_believed() -> None:
    down, across = np.mgrid[:180, :240].astype(np.float32)
    steps = np.stack([across / 2, down / 2], axis=-1)
    assert similarity(Flow(steps, ALL), ALL, 1.0) is None


def test_a_quite_other_picture_is_no_redrawing() -> None:
    assert plausible(np.array([[1.0, 0, 500], [0, 1, 0]]))
    assert not plausible(np.array([[1.5, 0, 0], [0, 1.5, 0]]))
    assert not plausible(np.array([[0.9, -0.3, 0], [0.3, 0.9, 0]]))


def test_the_search_finds_what_is_far_off() -> None:
    found = search(NEAR, seen(moved(PICTURE, 1.03, 20.0, -14.0)), 0.12)
    assert found.likeness > 0.8
    assert found.move @ (119.5, 89.5, 1) == pytest.approx((139.5, 75.5), abs=2)
    assert found.move[0, 0] == 1.03


def test_a_search_among_repeated_things_tells_the_rivals() -> None:
    tile = scene(Size(24, 18), 4)
    picture = np.tile(tile, (10, 10, 1))
    near = neighbourhood(raster(picture), ellipse(SIZE), whole(SIZE), 999)
    found = search(near, Sight(picture, near.soft, ALL), 0.12)
    steps = [move @ (119.5, 89.5, 1) - (119.5, 89.5) for move in found.rivals]
    assert len(steps) == 3
    for step in steps:
        assert np.abs(step).max() >= 17
        np.testing.assert_allclose(step % (24, 18), 0, atol=1)
    assert search(NEAR, seen(PICTURE), 0.12).rivals == ()


def test_a_narrow_ring_tells_the_shift() -> None:
    found = search(NEAR, seen(moved(PICTURE, 1.0, 6.0, -4.0)), 0.06, ring=12)
    assert found.likeness > 0.8
    assert found.move @ (119.5, 89.5, 1) == pytest.approx((125.5, 85.5), abs=2)


def test_the_search_finds_no_likeness_in_another_picture() -> None:
    assert search(NEAR, seen(scene(SIZE, 5)), 0.12).likeness < 0.4


def flat_one(level: float, mask: np.ndarray) -> Neighbourhood:
    picture = raster(np.full((180, 240, 3), level, np.float32))
    return neighbourhood(picture, mask, whole(SIZE), 999)


def test_flat_surroundings_are_told() -> None:
    assert not flat(NEAR)
    assert flat(flat_one(0.5, ellipse(SIZE)))
    assert flat(flat_one(0.5, np.full((180, 240), 255, np.uint8)))


def test_of_repeated_things_the_nearest_is_taken() -> None:
    tile = scene(Size(24, 18), 4)
    picture = np.tile(tile, (10, 10, 1))
    near = neighbourhood(raster(picture), ellipse(SIZE), whole(SIZE), 999)
    found = search(near, Sight(picture, near.soft, ALL), 0.12)
    assert found.move @ (119.5, 89.5, 1) == pytest.approx((119.5, 89.5))

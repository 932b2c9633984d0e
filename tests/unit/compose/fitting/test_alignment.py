import numpy as np
import pytest

from editor.compose.fitting import registration
from editor.compose.fitting.alignment import Alignment, Grids, aligned
from editor.compose.fitting.neighbourhood import Neighbourhood, Sight, neighbourhood, reduced
from editor.compose.fitting.placed import matrix
from editor.compose.fitting.registration import Flow
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.placement import Placement
from tests.fakes.redrawing import Floats, ellipse, moved, raster, scene

SIZE = Size(480, 360)
MASK = ellipse(SIZE)
PICTURE = scene(SIZE)
START = matrix(Placement(whole(SIZE), SIZE), SIZE)


def found(picture: Floats, answer: Floats, mask: np.ndarray = MASK) -> Alignment | None:
    base, part = raster(picture), Rect(40, 20, 440, 340)
    frame = neighbourhood(base, mask, whole(SIZE), 160)
    near, small, wide = (neighbourhood(base, mask, part, longest) for longest in (300, 160, 768))
    return aligned(Grids(frame, near, small, wide), reduced(raster(answer), START, wide), START)


def test_an_answer_in_its_place_is_not_moved() -> None:
    alignment = found(PICTURE, PICTURE)
    assert alignment is not None
    assert alignment.to_answer is START
    assert alignment.bend is None


def test_a_frame_that_moved_as_one_is_followed_exactly() -> None:
    alignment = found(PICTURE, moved(PICTURE, 1.02, 11.0, -7.0))
    assert alignment is not None
    assert alignment.bend is None
    assert alignment.to_answer @ (239.5, 179.5, 1) == pytest.approx((250.5, 172.5), abs=0.3)
    assert alignment.to_answer[0, 0] == pytest.approx(1.02, abs=0.002)


def test_what_lies_between_the_steps_of_the_search_is_reached_by_the_flow() -> None:
    alignment = found(PICTURE, moved(PICTURE, 1.067, 29.0, -21.0))
    assert alignment is not None
    assert alignment.to_answer[0, 0] == pytest.approx(1.067, abs=0.002)


def test_what_moved_on_its_own_is_bent_at_the_rim() -> None:
    down = np.linspace(0, 2 * np.pi, 360, dtype=np.float32)[:, None]
    across = np.linspace(0, 2 * np.pi, 480, dtype=np.float32)[None]
    xs = np.arange(480, dtype=np.float32)[None] + 7 * np.sin(2 * down + across)
    ys = np.arange(360, dtype=np.float32)[:, None] + 7 * np.cos(down - 2 * across)
    answer = cv.remap(PICTURE, xs, ys, "linear")
    alignment = found(PICTURE, answer)
    assert alignment is not None
    assert alignment.bend is not None
    steps = np.abs(alignment.bend).max(axis=2)
    near = neighbourhood(raster(PICTURE), MASK, Rect(40, 20, 440, 340), 300)
    assert steps[near.depth > 0.8 * near.depth.max()].max() < 0.1 * steps.max()


def moved_at_the_rim_only() -> Floats:
    """Everything in its place but what lies within 36 pixels of the rim."""
    distance = cv.distance((MASK == 0).view(np.uint8))
    close = np.clip((np.float32(42) - distance) / np.float32(6), 0, 1)[..., None]
    return PICTURE + close * (moved(PICTURE, 1.0, 9.0, -7.0) - PICTURE)


def test_a_way_that_suits_the_rim_alone_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = moved_at_the_rim_only()
    alignment = found(PICTURE, answer)
    assert alignment is not None
    assert alignment.to_answer is START
    monkeypatch.setattr("editor.compose.fitting.alignment._Judge._holds", lambda *_: True)
    led = found(PICTURE, answer)
    assert led is not None
    assert led.to_answer is not START


def test_another_picture_is_none() -> None:
    assert found(PICTURE, scene(SIZE, 7)) is None


def test_flat_surroundings_of_the_same_colour_stay_where_they_are() -> None:
    flat = np.full_like(PICTURE, 0.4)
    alignment = found(flat, flat + np.float32(0.03))
    assert alignment is not None
    assert alignment.to_answer is START
    assert found(flat, flat + np.float32(0.4)) is None


def test_a_mask_over_everything_leaves_nothing_to_compare() -> None:
    assert found(PICTURE, PICTURE, np.full_like(MASK, 255)) is None


def test_where_the_flow_knows_too_little_nothing_is_bent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def doubtful(near: Neighbourhood, seen: Sight) -> Flow:
        steps = np.full((*near.outside.shape, 2), 3, np.float32)
        return Flow(steps, np.zeros_like(near.outside))

    monkeypatch.setattr(registration, "flow", doubtful)
    alignment = found(PICTURE, moved(PICTURE, 1.0, 9.0, 0.0))
    assert alignment is not None
    assert alignment.bend is None


def test_a_bend_that_does_not_help_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def astray(near: Neighbourhood, seen: Sight) -> Flow:
        steps = np.random.default_rng(0).uniform(-9, 9, (*near.outside.shape, 2))
        return Flow(steps.astype(np.float32), near.outside)

    monkeypatch.setattr(registration, "flow", astray)
    alignment = found(PICTURE, moved(PICTURE, 1.0, 9.0, 0.0))
    assert alignment is not None
    assert alignment.bend is None


def test_a_strip_too_narrow_for_the_flow_is_only_searched() -> None:
    base = raster(PICTURE)
    strip = Rect(0, 170, 480, 190)
    grids = (neighbourhood(base, MASK, strip, longest) for longest in (300, 160, 768))
    near, small, wide = grids
    frame = neighbourhood(base, MASK, whole(SIZE), 160)
    answer = reduced(raster(moved(PICTURE, 1.0, 9.0, 0.0)), START, wide)
    alignment = aligned(Grids(frame, near, small, wide), answer, START)
    assert alignment is not None
    assert alignment.to_answer[0, 2] == pytest.approx(9, abs=2)


def test_a_new_thing_at_a_part_of_the_rim_does_not_lead_astray() -> None:
    answer = moved(PICTURE, 1.02, 11.0, -7.0)
    answer[60:150, 330:420] = (0.1, 0.1, 0.95)
    alignment = found(PICTURE, answer)
    assert alignment is not None
    assert alignment.at_rim
    assert alignment.to_answer @ (239.5, 179.5, 1) == pytest.approx((250.5, 172.5), abs=0.5)
    assert not alignment.near.outside.all()


def within_a_new_thing() -> Floats:
    """An answer in which what is painted is only a part of what was drawn anew."""
    answer = moved(PICTURE, 1.02, 11.0, -7.0)
    thing = ellipse(SIZE, 0.34) > 0
    answer[thing] = answer[thing] * 0.2 + np.array([0.0, 0.1, 0.7], np.float32)
    return answer


def test_a_rim_within_a_new_thing_tells_nothing_and_the_rest_leads() -> None:
    alignment = found(PICTURE, within_a_new_thing())
    assert alignment is not None
    assert not alignment.at_rim
    assert alignment.bend is None
    assert alignment.to_answer @ (239.5, 179.5, 1) == pytest.approx((250.5, 172.5), abs=1.0)


def test_without_a_flow_the_way_of_the_frame_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registration, "flow", lambda *_: None)
    alignment = found(PICTURE, within_a_new_thing())
    assert alignment is not None
    assert not alignment.at_rim
    assert alignment.to_answer @ (239.5, 179.5, 1) == pytest.approx((250.5, 172.5), abs=4.0)

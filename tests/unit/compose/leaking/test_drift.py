"""Drift: what models do to every picture is taken off, what they change is left."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from editor.compose.fitting.placed import matrix
from editor.compose.leaking import drift
from editor.compose.leaking.drift import framed, settled
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from tests.fakes.drawn import answered, drawn, opaque, redrawn, tinted
from tests.fakes.obeying import variant

SIZE = Size(600, 450)


def hole(size: Size = SIZE) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    coverage = np.zeros((size.height, size.width), np.uint8)
    coverage[150:300, 200:400] = 255
    return coverage


def left(base: Raster, answer: Raster, to_answer: object = None) -> float:
    """Mean difference outside after the drift was taken off."""
    made = variant(answer, hole(), SIZE)
    way = matrix(made.placement, answer.size) if to_answer is None else to_answer
    seen = settled(framed(base, made, way))  # type: ignore[arg-type]  # one of two arrays
    away = np.sqrt(((seen.source - seen.answer) ** 2).sum(axis=2))
    return float(away[seen.frame.seen].mean())


def test_a_frame_is_small_and_knows_what_was_painted() -> None:
    base = drawn(SIZE)
    frame = framed(base, variant(base, hole(), SIZE), np.eye(3)[:2])
    assert frame.size == Size(320, 240)
    assert frame.rect == Rect(0, 0, 600, 450)
    np.testing.assert_array_equal(frame.source, frame.answer)
    np.testing.assert_array_equal(frame.seen, ~frame.painted)
    assert frame.painted.mean() == pytest.approx((hole() > 0).mean(), abs=0.01)


def test_a_small_picture_is_not_enlarged() -> None:
    base = drawn(Size(90, 60))
    frame = framed(base, variant(base, None, base.size), np.eye(3)[:2])
    assert frame.size == (90, 60)
    assert frame.painted.all()
    assert not frame.seen.any()


def test_the_window_is_what_is_looked_at() -> None:
    base, window = drawn(SIZE), Rect(100, 50, 500, 400)
    answer = opaque(np.ascontiguousarray(base.pixels[window.rows_cols][..., :3]))
    made = replace(variant(answer, hole(), SIZE), placement=Placement(window, window.size))
    frame = framed(base, made, matrix(made.placement, answer.size))
    assert frame.rect == window
    assert float(np.abs(frame.source - frame.answer).mean()) < 0.01


def test_what_is_clear_or_beyond_the_answer_is_not_seen() -> None:
    base = drawn(SIZE)
    pixels = base.pixels.copy()
    pixels[:100, :, 3] = 0
    answer = base.pixels.copy()
    answer[:, :60, 3] = 0
    far = np.array([[1.0, 0, 60], [0, 1, 0]])
    made = replace(
        variant(Raster(answer), hole(), SIZE), placement=Placement(Rect(0, 0, 600, 450), SIZE)
    )
    frame = framed(Raster(pixels), made, far)
    assert not frame.seen[:50].any()
    shifted = framed(opaque(np.roll(base.pixels[..., :3], -60, 1)), made, far)
    assert not shifted.seen[:, 290:].any()
    assert shifted.seen[:, 5:280].mean() > 0.7


def test_a_fit_that_is_astray_is_not_followed() -> None:
    base = drawn(SIZE)
    assert left(base, base, np.array([[0.9, 0, 80], [0, 0.9, 60]])) < 1.0


@pytest.mark.parametrize("seed", [1, 2])
def test_a_redrawn_frame_is_no_change(seed: int) -> None:
    base = drawn(SIZE, seed)
    answer = redrawn(tinted(base), seed, warp=0.02)
    raw = np.abs(base.pixels[..., :3].astype(int) - answer.pixels[..., :3]).mean()
    assert raw > 12
    assert left(base, answer) < 5.0


def test_a_slow_change_of_light_is_no_change_and_other_things_are() -> None:
    base = drawn(SIZE, 3)
    light = np.linspace(0.88, 1.12, 600)[None, :, None]
    assert left(base, opaque(np.clip(base.pixels[..., :3] * light, 0, 255))) < 2.0
    assert left(base, drawn(SIZE, 4)) > 12


def test_how_far_colours_had_gone_is_told() -> None:
    base = drawn(SIZE, 5)
    made = variant(opaque(base.pixels[..., :3] * 0.75), hole(), SIZE)
    seen = settled(framed(base, made, np.eye(3)[:2]))
    assert seen.tone == pytest.approx(float(base.pixels[..., :3].mean()) / 255 / 4, abs=0.03)


def test_nothing_is_taken_off_where_nothing_is_protected() -> None:
    base = drawn(SIZE)
    seen = settled(framed(base, variant(drawn(SIZE, 1), None, SIZE), np.eye(3)[:2]))
    assert seen.tone == 0.0
    np.testing.assert_allclose(
        seen.frame.answer,
        drift._shares(cv2.resize(drawn(SIZE, 1).pixels, (320, 240), interpolation=cv2.INTER_AREA)),
        atol=1e-6,
    )


def test_a_strip_too_narrow_for_the_flow_is_compared_as_it_lies() -> None:
    base = drawn(Size(400, 20))
    coverage = np.zeros((20, 400), np.uint8)
    coverage[5:15, 100:200] = 255
    seen = settled(framed(base, variant(base, coverage, base.size), np.eye(3)[:2]))
    assert float(np.abs(seen.source - seen.answer).mean()) < 0.3


def test_a_window_beyond_the_picture_is_compared_where_there_is_a_picture() -> None:
    base = drawn(SIZE)
    beyond = Rect(-20, -31, 620, 481)
    answer = answered(base, beyond, beyond.size)
    made = replace(variant(answer, hole(), SIZE), placement=Placement(beyond, beyond.size))
    frame = framed(base, made, matrix(made.placement, answer.size))
    assert frame.rect == Rect(0, 0, 600, 450)
    assert float(np.abs(frame.source - frame.answer)[frame.seen].mean()) < 0.01

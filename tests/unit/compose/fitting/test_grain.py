"""Grain: an answer that came soft, clean or noisy looks like the photograph around it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.compose.fitting import field, grain, residue, sharpness
from editor.imaging import cv
from editor.imaging.codec import decode, read_facts
from editor.imaging.geometry import Rect, Size
from tests.fakes.photographs import scene

Floats = NDArray[np.float32]
Where = NDArray[np.bool_]


def as_bytes(pixels: Floats) -> NDArray[np.uint8]:
    return cv.reordered(cv.as_bytes(np.ascontiguousarray(pixels)), "bgr bgra")


def quantised(pixels: Floats) -> Floats:
    return (cv.as_bytes(np.ascontiguousarray(pixels)) / np.float32(255)).astype(np.float32)


def grained(answer: Floats, source: Floats, outside: Where, inside: Where) -> Floats:
    """The answer with the grain of its surroundings; quantised, and itself where it has it."""
    came, there = as_bytes(answer), as_bytes(source)
    told = residue.measured(came, there, outside)
    if told is None:
        return answer
    plan = grain.planned(told)
    parts = [(grain.Part(came, rect), outside[rect.rows_cols]) for rect in grain.strips(outside)]
    plan = plan._replace(detail=sharpness.measured(plan.detail, parts, there, told))
    if plan.lacks.any():
        plan = plan._replace(field=field.laid(there, told.flat))
    if plan.idle:
        return answer
    result = grain.grained(came, plan, inside)
    assert (result[..., 3] == 255).all()
    return (result[..., :3] / np.float32(255)).astype(np.float32)


def detail(answer: Floats, source: Floats, outside: Where) -> float:
    told = residue.measured(as_bytes(answer), as_bytes(source), outside)
    return 1.0 if told is None else told.detail


def disc(shape: tuple[int, ...], share: float = 0.42) -> Where:
    rows, cols = shape[:2]
    y, x = np.mgrid[:rows, :cols]
    return np.asarray(np.hypot(x / cols - 0.5, y / rows - 0.5) < share)


def high_pass(pixels: Floats, where: Where) -> float:
    grey = cv.reordered(pixels, "bgr grey")
    return float((grey - cv.gaussian(grey, 2.0))[where].std())


def textured(rows: int = 320, cols: int = 400) -> Floats:
    """A picture of leaves: overlapping soft-edged ellipses, with a little grain."""
    chance = np.random.default_rng(8)
    pixels = np.full((rows, cols, 3), 0.4, np.float32)
    y, x = np.mgrid[:rows, :cols].astype(np.float32)
    for _ in range(260):
        at, half = chance.uniform(0, (cols, rows)), chance.uniform(4, 18, 2)
        away = np.hypot((x - at[0]) / half[0], (y - at[1]) / half[1])
        share = np.clip((1 - away) * half.min(), 0, 1)[..., None]
        pixels = pixels * (1 - share) + chance.uniform(0.15, 0.85, 3).astype(np.float32) * share
    pixels += chance.normal(0, 0.006, (rows, cols, 1)).astype(np.float32)
    return np.clip(pixels, 0, 1).astype(np.float32)


def came(source: Floats, blur: float, noise: float) -> Floats:
    answer = cv.gaussian(source, blur) if blur else source.copy()
    answer += np.random.default_rng(9).normal(0, noise, source.shape).astype(np.float32)
    return np.clip(answer, 0, 1)


@pytest.mark.parametrize(
    ("blur", "noise"), [(0.8, 0.0), (1.1, 0.0), (0.0, 0.01), (0.8, 0.01), (1.5, 0.0)]
)
@pytest.mark.parametrize("draw", [textured, lambda: scene(400, 320)])
def test_detail_inside_comes_near_the_truth(draw: object, blur: float, noise: float) -> None:
    source: Floats = draw()  # type: ignore[operator]  # one of the functions above
    answer, inside = came(source, blur, noise), disc(source.shape)
    before = high_pass(answer, inside) / high_pass(source, inside)
    after = high_pass(grained(answer, source, ~inside, inside), inside)
    share = after / high_pass(source, inside)
    assert abs(share - 1) <= abs(before - 1) + 0.01
    assert 0.85 <= share <= (1.2 if blur > 1.2 else 1.15)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["chelsea.png", "coffee.png", "rocket.jpg"])
def test_detail_inside_photographs_comes_near_the_truth(shared: Path, name: str) -> None:
    data = (shared / "photos" / name).read_bytes()
    raster = decode(data, read_facts(data, name))
    source = np.ascontiguousarray(raster.pixels[..., :3]).astype(np.float32) / 255
    inside = disc(source.shape)
    answer = came(source, 0.8, 0.0)
    result = grained(answer, source, ~inside, inside)
    assert 0.85 <= high_pass(result, inside) / high_pass(source, inside) <= 1.15


def test_an_answer_that_is_the_source_stays_itself() -> None:
    source = textured()
    inside = disc(source.shape)
    answer = source.copy()
    assert grained(answer, source, ~inside, inside) is answer


def test_what_is_outside_stays_and_nothing_leaves_the_range() -> None:
    source = scene(300, 240)
    answer, inside = came(source, 1.0, 0.0), disc(source.shape)
    answer[100:140, 100:200] = (0.0, 1.0, 1.0)
    result = grained(answer, source, ~inside, inside)
    np.testing.assert_array_equal(result[~inside], quantised(answer)[~inside])
    assert (result[inside] != answer[inside]).mean() > 0.9
    assert 0 <= result.min() <= result.max() <= 1


def test_the_same_input_gives_the_same_grain() -> None:
    source = scene(300, 240)
    answer, inside = came(source, 1.0, 0.0), disc(source.shape)
    once = grained(answer, source, ~inside, inside)
    np.testing.assert_array_equal(once, grained(answer, source, ~inside, inside))


def test_a_part_is_looked_at_once_for_all_that_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    source, outside = textured(), ~disc((320, 400))
    answer = as_bytes(came(source, 0.8, 0.02))
    told = residue.measured(answer, as_bytes(source), outside)
    assert told is not None
    plan = grain.planned(told)
    plan = plan._replace(tint=plan.tint._replace(target=plan.tint.noise / 2))
    assert plan.detail.sharpens
    part = grain.Part(answer, Rect(100, 100, 200, 164))
    first = part.added(plan)
    monkeypatch.setattr(residue, "tinted", lambda _: pytest.fail("colours are looked at again"))
    monkeypatch.setattr(cv, "extremes", lambda *_: pytest.fail("the range is sought again"))
    assert np.array_equal(part.added(plan), first)


def test_grain_is_as_strong_as_its_brightness_makes_it() -> None:
    chance = np.random.default_rng(3)
    ramp = np.linspace(0.1, 0.9, 512, dtype=np.float32)[None, :, None]
    clean = np.broadcast_to(ramp, (256, 512, 3)).astype(np.float32)
    grain = chance.normal(0, 1, (256, 512, 1)) * 0.04 * (1 - clean)
    source = (clean + grain).astype(np.float32)
    inside = disc(source.shape, 0.3)
    result = grained(clean, source, ~inside, inside) - clean
    dark, light = result[100:156, 130:180].std(), result[100:156, 330:380].std()
    assert dark / light == pytest.approx(0.66 / 0.34, rel=0.2)
    assert dark == pytest.approx(0.04 * 0.66, rel=0.15)


def test_no_grain_where_the_source_has_none() -> None:
    source = np.full((200, 200, 3), 0.5, np.float32)
    source[:, :100] = 0.4
    inside = disc(source.shape)
    answer = came(source, 1.0, 0.0)
    result = grained(answer, source, ~inside, inside)
    np.testing.assert_allclose(result[:, 110:], quantised(answer)[:, 110:], atol=1e-6)
    noisy = came(source, 0.0, 0.01)
    result = grained(noisy, source, ~inside, inside)
    assert high_pass(result - source, inside) < 0.7 * high_pass(noisy - source, inside)


def test_nothing_is_done_where_nothing_can_be_compared() -> None:
    source = textured(64, 64)
    answer = came(source, 1.5, 0.0)
    everywhere, nowhere = np.ones((64, 64), np.bool_), np.zeros((64, 64), np.bool_)
    assert grained(answer, source, nowhere, everywhere) is answer
    assert detail(answer, source, nowhere) == 1.0


def test_parts_with_nothing_inside_are_passed_over() -> None:
    source = scene(200, 400)
    inside = np.zeros((400, 200), np.bool_)
    inside[20:60, 20:60] = inside[300:340, 100:160] = True
    answer = came(source, 1.0, 0.0)
    result = grained(answer, source, ~inside, inside)
    assert (result[inside] != answer[inside]).mean() > 0.9
    np.testing.assert_array_equal(result[128:256], quantised(answer)[128:256])


def test_a_sharper_answer_is_made_as_soft_as_the_source() -> None:
    sharp = textured()
    source, inside = cv.gaussian(sharp, 1.0), disc(sharp.shape)
    result = grained(sharp, source, ~inside, inside)
    assert high_pass(result, inside) < 1.15 * high_pass(source, inside)
    assert detail(sharp, source, ~inside) == 1.0


def test_detail_says_how_many_pixels_an_answer_had() -> None:
    source = textured()
    shares = []
    for factor in (1, 2, 3, 5):
        small = cv.resize(source, Size(400 // factor, 320 // factor), "area")
        answer = cv.resize(small, Size(400, 320), "cubic")
        shares.append(detail(answer, source, ~disc(source.shape)))
    assert shares[0] == 1.0
    assert shares == sorted(shares, reverse=True)
    assert 0.1 < shares[-1] < 0.5


def test_a_flat_source_has_no_detail_to_lack() -> None:
    source = scene(300, 240)
    inside = disc(source.shape, 0.45)
    assert detail(came(source, 2.0, 0.0), source, ~inside) == 1.0


def test_a_plan_that_is_kept_does_nothing() -> None:
    noise = np.full((2, residue.SHADES), 1e-4, np.float32)
    plan = grain.Plan(np.array([3.0, 0.6], np.float32), noise, noise / 4)
    assert plan.noisy
    assert not plan.idle
    assert plan.kept.idle
    assert not plan.kept.noisy
    assert np.array_equal(plan.kept.noise, noise)


def soft_step(dark: float, light: float, noise: float) -> NDArray[np.uint8]:
    """Dark to the left of the middle and light to the right, softly."""
    step = np.full((120, 160, 3), dark, np.float32)
    step[:, 80:] = light
    return as_bytes(came(step, 1.5, noise))


def sharper(answer: NDArray[np.uint8], gain: tuple[float, float], noise: float) -> Floats:
    """Levels of an answer, (rows, cols), whose bands are gained; noise: deviation in it."""
    flat = as_bytes(came(np.full((120, 160, 3), 0.5, np.float32), 0, noise))
    none = np.zeros((2, residue.SHADES), np.float32)
    levels = none + np.float32([[(band**2).mean()] for band in residue.split(flat).fine])
    plan = grain.Plan(np.array(gain, np.float32), levels, none)
    tint = grain.Plan(np.ones(2, np.float32), none, none)
    planned = grain.Grain(plan, tint, np.zeros(residue.SHADES, np.float32))
    everywhere = np.ones(answer.shape[:2], np.bool_)
    return grain.grained(answer, planned, everywhere)[..., 0].astype(np.float32)


def test_an_edge_gets_steep_without_halos() -> None:
    answer = soft_step(0.4, 0.6, 0.0)
    result = sharper(answer, (20.0, 6.0), 0.0)
    low, high = answer[..., 0].min(), answer[..., 0].max()
    room = 0.95 * (high - low)
    assert low - room <= result.min() <= result.max() <= high + room
    assert np.diff(result[60]).max() > 2 * np.diff(answer[60, :, 0].astype(int)).max()


def test_noise_beside_an_edge_does_not_grow_with_it() -> None:
    answer = soft_step(0.1, 0.9, 0.01)
    result = sharper(answer, (12.0, 1.0), 0.01)
    beside = (slice(20, 100), slice(86, 89))
    assert result[beside].std() < 2 * answer[beside][..., 0].std()

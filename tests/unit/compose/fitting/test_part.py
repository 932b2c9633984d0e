"""Part: a part of an answer gains detail, loses noise, and keeps its edges without halos."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.compose.fitting import residue, strips
from editor.compose.fitting.grain import Grain, Plan, planned
from editor.compose.fitting.part import Part
from editor.imaging import cv
from editor.imaging.geometry import Rect
from tests.fakes.graining import Floats, as_bytes, came, disc, grained, textured


def test_a_part_is_looked_at_once_for_all_that_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    source, outside = textured(), ~disc((320, 400))
    answer = as_bytes(came(source, 0.8, 0.02))
    told = residue.measured(answer, as_bytes(source), outside)
    assert told is not None
    plan = planned(told)
    plan = plan._replace(tint=plan.tint._replace(target=plan.tint.noise / 2))
    assert plan.detail.sharpens
    part = Part(answer, Rect(100, 100, 200, 164))
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
    plan = Plan(np.array(gain, np.float32), levels, none)
    tint = Plan(np.ones(2, np.float32), none, none)
    wanted = Grain(plan, tint, np.zeros(residue.SHADES, np.float32))
    everywhere = np.ones(answer.shape[:2], np.bool_)
    return strips.grained(answer, wanted, everywhere)[..., 0].astype(np.float32)


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


def test_gains_are_tried_with_halos_left_in() -> None:
    answer = soft_step(0.4, 0.6, 0.0)
    none = np.zeros((2, residue.SHADES), np.float32)
    plan = Plan(np.array([20.0, 6.0], np.float32), none, none)
    part = Part(answer, Rect(40, 20, 120, 100))
    tried = part.sharpened(plan)
    assert tried.shape == (80, 80)
    assert tried.max() * 255 > sharper(answer, (20.0, 6.0), 0.0).max() + 5

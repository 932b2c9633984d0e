"""Grain: what an answer lacks is told by its surroundings, and no more than that."""

from __future__ import annotations

import numpy as np

from editor.compose.fitting import residue
from editor.compose.fitting.grain import Plan
from editor.imaging import cv
from editor.imaging.geometry import Size
from tests.fakes.graining import came, detail, disc, grained, high_pass, quantised, textured
from tests.fakes.photographs import scene


def test_an_answer_that_is_the_source_stays_itself() -> None:
    source = textured()
    inside = disc(source.shape)
    answer = source.copy()
    assert grained(answer, source, ~inside, inside) is answer


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
    plan = Plan(np.array([3.0, 0.6], np.float32), noise, noise / 4)
    assert plan.noisy
    assert not plan.idle
    assert plan.kept.idle
    assert not plan.kept.noisy
    assert np.array_equal(plan.kept.noise, noise)

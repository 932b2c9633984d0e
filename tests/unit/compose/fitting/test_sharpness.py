"""Sharpness: detail that a blur took is brought back, as much as the source has."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.compose.fitting import residue, sharpness
from editor.compose.fitting.grain import Plan, planned
from editor.compose.fitting.part import Part
from editor.compose.fitting.strips import strips
from editor.imaging import cv

Bytes = NDArray[np.uint8]
SIDE = 192
OUTSIDE = np.ones((SIDE, SIDE), np.bool_)


def leaves() -> Bytes:
    """Squares of all sizes, one over the other."""
    chance = np.random.default_rng(3)
    pixels = np.full((SIDE, SIDE, 4), 255, np.uint8)
    for _ in range(900):
        left, top = chance.integers(-20, SIDE, 2)
        side = int(chance.integers(4, 24))
        level = int(chance.integers(30, 220))
        pixels[max(top, 0) : top + side, max(left, 0) : left + side, :3] = level
    return pixels


def power(grey: NDArray[np.float32]) -> float:
    return float(sum((band**2).mean() for band in residue.layers(grey).fine))


def parts(came: Bytes) -> list[tuple[Part, NDArray[np.bool_]]]:
    return [(Part(came, rect), OUTSIDE[rect.rows_cols]) for rect in strips(OUTSIDE)]


def plan_of(came: Bytes, source: Bytes) -> Plan:
    told = residue.measured(came, source, OUTSIDE)
    assert told is not None
    return sharpness.measured(planned(told).detail, parts(came), source, told)


@pytest.mark.parametrize("blur", [0.8, 1.2, 1.5])
def test_a_soft_answer_gets_as_much_detail_as_the_source_has(blur: float) -> None:
    source = leaves()
    came = cv.gaussian(source, blur)
    plan = plan_of(came, source)
    wanted, had = power(residue.grey(source)), power(residue.grey(came))
    reached = np.concatenate([part.sharpened(plan) for part, _ in parts(came)])
    assert had < 0.6 * wanted
    assert power(reached) == pytest.approx(wanted, rel=0.3)


def test_what_is_as_sharp_is_left_alone() -> None:
    source = leaves()
    plan = plan_of(source, source)
    assert (plan.gain == 1).all()


def test_a_share_of_a_gain_is_taken() -> None:
    levels = np.zeros((2, residue.SHADES), np.float32)
    plan = Plan(np.array([5.0, 0.5], np.float32), levels, levels)
    np.testing.assert_allclose(sharpness.weaker(plan, 0.5).gain, [3.0, 0.75])
    np.testing.assert_allclose(sharpness.weaker(plan, 0.0).gain, 1)

"""Field: grain resampled from a photograph."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.compose.fitting import field, residue
from editor.imaging import cv
from editor.imaging.geometry import Rect

Floats = NDArray[np.float32]


def noisy(rows: int, cols: int, deviation: float, level: float = 0.5) -> Floats:
    chance = np.random.default_rng(4)
    pixels = np.full((rows, cols, 3), level) + chance.normal(0, deviation, (rows, cols, 1))
    return pixels.astype(np.float32)


def everywhere(pixels: Floats) -> NDArray[np.bool_]:
    return np.ones(pixels.shape[:2], np.bool_)


def test_grain_has_deviation_one_and_the_coarseness_that_a_source_has() -> None:
    chance = np.random.default_rng(5)
    coarse = cv.gaussian(chance.normal(0, 0.1, (256, 256, 3)).astype(np.float32), 1.2)
    source = 0.5 + coarse
    told = residue.measured(source, source, everywhere(source))
    assert told is not None
    grain = field.laid(source, told.flat)
    assert grain is not None
    assert grain.shape == (3, field.SIDE, 2 * field.WIDEST)
    colours = np.ascontiguousarray(grain.transpose(1, 2, 0))
    fine, wide = residue.split(colours).fine
    assert float((fine + wide).std()) == pytest.approx(1, rel=0.05)
    own_fine, own_wide = residue.split(source).fine
    assert fine.std() / wide.std() == pytest.approx(own_fine.std() / own_wide.std(), rel=0.2)


def test_no_grain_where_the_source_has_none() -> None:
    flat = np.full((128, 128, 3), 0.5, np.float32)
    told = residue.measured(flat, flat, everywhere(flat))
    assert told is not None
    assert field.laid(flat, told.flat) is None


def test_where_little_is_flat_the_flattest_places_lend_their_grain() -> None:
    steps = np.repeat(np.repeat(np.random.default_rng(7).normal(0.5, 0.2, (16, 16)), 6, 0), 6, 1)
    source = np.repeat(steps[..., None], 3, axis=2).astype(np.float32)
    told = residue.measured(source, source, everywhere(source))
    assert told is not None
    assert len(told.flat) == 48
    assert field.laid(source, told.flat) is not None


def test_no_grain_from_the_border() -> None:
    pixels = noisy(128, 128, 0.02)
    assert field._residual(pixels, Rect(8, 8, 16, 16)) is None
    assert field._residual(pixels, Rect(16, 16, 24, 24)) is not None


def test_each_turn_of_the_field_begins_elsewhere() -> None:
    grain = np.random.default_rng(6).normal(0, 1, (3, 256, 1224)).astype(np.float32)
    first = field.cut(grain, Rect(10, 64, 110, 128), 1)
    further = field.cut(grain, Rect(1034, 64, 1134, 128), 1)
    second = field.cut(grain, Rect(10, 320, 110, 384), 1)
    assert first.shape == second.shape == (64, 100)
    np.testing.assert_array_equal(first, grain[1, 64:128, 10:110])
    np.testing.assert_array_equal(further, first)
    assert abs(float(np.corrcoef(first.ravel(), second.ravel())[0, 1])) < 0.1

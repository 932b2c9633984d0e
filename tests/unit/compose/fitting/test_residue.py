"""Residue: noise told apart from detail."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.compose.fitting import residue
from editor.imaging import cv
from editor.imaging.geometry import Rect

Floats = NDArray[np.float32]


def noisy(rows: int, cols: int, deviation: float, level: float = 0.5, seed: int = 4) -> Floats:
    chance = np.random.default_rng(seed)
    pixels = np.full((rows, cols, 3), level) + chance.normal(0, deviation, (rows, cols, 1))
    return pixels.astype(np.float32)


def everywhere(pixels: Floats) -> NDArray[np.bool_]:
    return np.ones(pixels.shape[:2], np.bool_)


def test_bands_add_up_to_the_picture() -> None:
    pixels = noisy(40, 50, 0.1)
    bands = residue.split(pixels)
    together = bands.fine[0] + bands.fine[1] + bands.coarse
    np.testing.assert_allclose(together, pixels[..., 0], atol=1e-5)


def test_the_power_of_noise_is_found_and_none_of_it_is_signal() -> None:
    pixels = noisy(256, 256, 0.02)
    told = residue.measured(noisy(256, 256, 0.02, seed=5), pixels, everywhere(pixels))
    assert told is not None
    fine = residue.split(pixels).fine
    for band, floor, noise in zip(fine, told.source.floor, told.source.noise, strict=True):
        assert floor == pytest.approx(float(band.var()), rel=0.15)
        assert noise[32] == pytest.approx(floor, rel=0.05)
    assert (told.source.signal < 0.15 * told.source.power + residue.FLAT).all()


def test_noise_is_told_by_brightness() -> None:
    dark, light = noisy(200, 100, 0.005, 0.15), noisy(200, 100, 0.03, 0.85)
    pixels = np.concatenate([dark, light], axis=1)
    told = residue.measured(np.full_like(pixels, 0.5), pixels, everywhere(pixels))
    assert told is not None
    noise = told.source.noise.sum(axis=0)
    assert noise[54] / noise[9] == pytest.approx(36, rel=0.3)


def test_two_pictures_are_measured_on_the_same_places() -> None:
    source, answer = noisy(128, 128, 0.03), noisy(128, 128, 0.01)
    told = residue.measured(answer, source, everywhere(source))
    assert told is not None
    np.testing.assert_allclose(told.source.power / told.answer.power, 9, rtol=0.05)


@pytest.mark.parametrize("outside", [0, 30])
def test_a_narrow_surrounding_tells_nothing(outside: int) -> None:
    pixels = noisy(64, 64, 0.02)
    where = np.zeros((64, 64), np.bool_)
    where[:outside, :30] = True
    assert residue.measured(pixels, pixels, where) is None


def test_a_picture_smaller_than_a_block_tells_nothing() -> None:
    pixels = noisy(64, 5, 0.02)
    assert residue.measured(pixels, pixels, everywhere(pixels)) is None
    pixels = noisy(5, 64, 0.02)
    assert residue.measured(pixels, pixels, everywhere(pixels)) is None


def test_a_large_picture_is_measured_in_part() -> None:
    parts = residue._looked_at(np.ones((4000, 4000), np.bool_))
    assert sum(part.size.area for part in parts) < 1_000_000
    assert parts[-1].bottom > 3500
    parts = residue._looked_at(np.ones((100, 100), np.bool_))
    assert [part.top for part in parts] == [0, 32, 64]
    assert parts[-1].bottom == 96


def test_it_is_not_measured_where_all_lies_inside() -> None:
    outside = np.zeros((64, 900), np.bool_)
    outside[40, 600] = True
    assert residue._looked_at(outside) == [Rect(512, 32, 768, 64)]
    source = noisy(64, 900, 0.03)
    outside[:, 520:] = True
    told = residue.measured(source, source, outside)
    assert told is not None
    assert min(rect.left for rect in told.flat) >= 520


def test_bytes_are_measured_as_shares_are() -> None:
    pixels = noisy(200, 200, 0.03)
    told = residue.measured(pixels, pixels, everywhere(pixels))
    levels = cv.reordered(cv.as_bytes(pixels), "bgr bgra")
    again = residue.measured(levels, levels, everywhere(pixels))
    assert told is not None
    assert again is not None
    np.testing.assert_allclose(again.source.power, told.source.power, rtol=0.05)
    assert len(again.flat) == len(told.flat)


def test_detail_is_a_share_of_what_the_source_has() -> None:
    chance = np.random.default_rng(7)
    steps = np.repeat(np.repeat(chance.normal(0.5, 0.2, (40, 40)), 6, 0), 6, 1)
    source = np.repeat(steps[..., None], 3, axis=2).astype(np.float32)
    softer = cv.gaussian(source, 1.5)
    found = [residue.measured(one, source, everywhere(source)) for one in (source, softer)]
    same, less = (told.detail for told in found if told)
    assert same == 1.0
    assert 0.1 < less < 0.8
    flat = np.full_like(source, 0.5)
    told = residue.measured(softer, flat, everywhere(flat))
    assert told is not None
    assert told.detail == 1.0


def test_where_every_place_differs_the_quietest_are_taken() -> None:
    ramp = np.geomspace(0.002, 0.2, 160, dtype=np.float32)[None, :, None]
    source = 0.5 + noisy(64, 160, 1.0, 0.0) * ramp
    told = residue.measured(source, source, everywhere(source))
    assert told is not None
    assert len(told.flat) == 48
    assert max(rect.right for rect in told.flat) < 120


def test_what_two_pictures_share_is_no_noise() -> None:
    rough = noisy(128, 128, 0.1)
    told = residue.measured(rough, rough, everywhere(rough))
    assert told is not None
    assert told.source.floor.max() < 1e-6
    told = residue.measured(noisy(128, 128, 0.1, seed=5), rough, everywhere(rough))
    assert told is not None
    assert 0.03**2 < told.source.floor.max() <= 0.04**2, "nor is what no film is as rough as"


def test_the_noise_of_colours_is_told_apart() -> None:
    chance = np.random.default_rng(6)
    grey = noisy(128, 128, 0.02)
    coloured = (0.5 + chance.normal(0, 0.02, grey.shape)).astype(np.float32)
    told = residue.measured(coloured, grey, everywhere(grey))
    assert told is not None
    source, answer = told.tints
    assert source.floor.max() < 1e-6
    tint = residue.tinted(coloured).fine[0]
    assert answer.floor[0] == pytest.approx(float((tint**2).sum(axis=2).mean()), rel=0.15)

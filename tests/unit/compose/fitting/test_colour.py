import numpy as np
import pytest

from editor.compose.fitting.colour import IDENTITY, curve, familiar, line

CHANCE = np.random.default_rng(1)
PICTURE = CHANCE.uniform(0.1, 0.9, (60, 80, 3)).astype(np.float32)
EVERYWHERE = np.ones((60, 80), np.bool_)
PLACES = np.stack(np.meshgrid(np.linspace(-1, 1, 80), np.linspace(-1, 1, 60)), -1)
PLACES = PLACES.astype(np.float32)


def test_a_tint_is_taken_back() -> None:
    answer = PICTURE * np.float32([0.9, 1.0, 1.1]) + np.float32(0.02)
    assert np.abs(line(answer, PICTURE, EVERYWHERE).of(answer) - PICTURE).mean() < 0.01


def test_what_was_redrawn_does_not_count() -> None:
    answer = (PICTURE * 0.9).astype(np.float32)
    answer[:12] = 1.0
    found = line(answer, PICTURE, EVERYWHERE)
    assert found.gain == pytest.approx(1 / 0.9, abs=0.06)
    assert found.bend == pytest.approx(0, abs=1e-3)
    assert found.shade == pytest.approx(0, abs=1e-3)


def test_what_shows_something_else_is_not_tinted() -> None:
    other = CHANCE.uniform(0.1, 0.9, (60, 80, 3)).astype(np.float32)
    assert line(other, PICTURE, EVERYWHERE) is IDENTITY


def test_of_one_colour_alone_no_gain_is_told() -> None:
    flat = np.full((60, 80, 3), 0.4, np.float32)
    found = line(flat, flat + np.float32(0.05), EVERYWHERE)
    assert np.abs(found.gain - 1).max() < 0.1
    assert found.of(flat[:1, :1]) == pytest.approx(0.45, abs=0.01)


def test_gamma_and_shading_of_a_frame_are_taken_back() -> None:
    shade = 1 - 0.15 * (PLACES**2).sum(axis=-1, keepdims=True) / 2
    answer = (PICTURE**1.1 * shade).astype(np.float32)
    found = curve(answer, PICTURE, EVERYWHERE, PLACES)
    after = found.of(answer) * found.shaded(PLACES)
    assert np.abs(after - PICTURE).mean() < 0.01
    assert np.abs(answer - PICTURE).mean() > 0.05


def test_the_curve_of_an_equal_frame_is_no_curve() -> None:
    found = curve(PICTURE, PICTURE, EVERYWHERE, PLACES)
    assert found.of(PICTURE) == pytest.approx(IDENTITY.of(PICTURE), abs=1e-4)
    assert found.shaded(PLACES) == pytest.approx(1, abs=1e-4)


def test_a_colour_that_does_not_occur_is_not_familiar() -> None:
    grey = CHANCE.uniform(0.3, 0.6, (5_000, 1)).astype(np.float32)
    around = np.repeat(grey, 3, axis=1)
    colours = np.float32([[[0.45, 0.45, 0.45], [0.05, 0.85, 0.95], [0.98, 0.98, 0.98]]])
    assert familiar(colours, around)[0, :, 0] == pytest.approx((1, 0, 0), abs=1e-6)

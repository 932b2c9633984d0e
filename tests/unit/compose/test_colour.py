import numpy as np
import pytest

from editor.compose.colour import gain_offset, toned

CHANCE = np.random.default_rng(1)
PICTURE = CHANCE.uniform(0.1, 0.9, (60, 80, 3)).astype(np.float32)
EVERYWHERE = np.ones((60, 80), np.bool_)


def test_a_tint_is_taken_back() -> None:
    answer = PICTURE * np.float32([0.9, 1.0, 1.1]) + np.float32(0.02)
    line = gain_offset(answer, PICTURE, EVERYWHERE)
    assert np.abs(toned(answer, line) - PICTURE).mean() < 0.01


def test_what_was_redrawn_does_not_count() -> None:
    answer = (PICTURE * 0.9).astype(np.float32)
    answer[:12] = 1.0
    line = gain_offset(answer, PICTURE, EVERYWHERE)
    assert line[0] == pytest.approx(1 / 0.9, abs=0.06)


def test_of_one_colour_alone_no_gain_is_told() -> None:
    flat = np.full((60, 80, 3), 0.4, np.float32)
    line = gain_offset(flat, flat + np.float32(0.05), EVERYWHERE)
    assert np.abs(line[0] - 1).max() < 0.1
    assert toned(flat[:1, :1], line) == pytest.approx(0.45, abs=0.01)

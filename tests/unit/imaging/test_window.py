"""The part of a picture under a rectangle that may reach beyond it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.imaging.geometry import Rect
from editor.imaging.window import seen
from tests.fakes.pictures import noise


@given(st.integers(-9, 6), st.integers(-9, 4), st.integers(1, 20), st.integers(1, 20))
def test_the_edge_is_repeated_beyond_the_picture(left: int, top: int, wide: int, high: int) -> None:
    pixels = noise(5, 7, 4)
    rect = Rect(left, top, max(left + wide, 1), max(top + high, 1))
    part = seen(pixels, rect)
    rows = np.clip(np.arange(rect.top, rect.bottom), 0, 4)
    cols = np.clip(np.arange(rect.left, rect.right), 0, 6)
    assert np.array_equal(part, pixels[rows][:, cols])
    assert part.flags.c_contiguous


@pytest.mark.parametrize("rect", [Rect(-3, -2, 9, 7), Rect(2, -5, 4, 2), Rect(0, 0, 7, 9)])
def test_or_nothing_is_there(rect: Rect) -> None:
    pixels = noise(5, 7, 1)[..., 0] | 1
    part = seen(pixels, rect, repeat=False)
    inside = np.zeros_like(part)
    inside[max(-rect.top, 0) :, max(-rect.left, 0) :] = 1
    inside[5 - rect.top :] = 0
    inside[:, 7 - rect.left :] = 0
    assert np.array_equal(part > 0, inside > 0)

"""Digests are those of the samples, and of the protected ones alone."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.compose.recipes.digest import of_pixels, of_protected
from editor.imaging.raster import Native


def noise(rows=600, cols=7, channels=3, dtype=np.uint8, seed=1):
    chance = np.random.default_rng(seed)
    return chance.integers(0, np.iinfo(dtype).max, (rows, cols, channels), dtype, endpoint=True)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_digest_is_that_of_size_depth_and_samples(dtype):
    samples = noise(dtype=dtype)
    low_byte_first = samples.astype(np.dtype(dtype).newbyteorder("<")).tobytes()
    told = f"7x600x3 {8 * np.dtype(dtype).itemsize}".encode()
    expected = hashlib.sha256(told + low_byte_first).hexdigest()
    assert of_pixels(Native(samples)) == expected
    assert of_pixels(Native(samples.copy(), b"a profile")) == expected


@given(
    row=st.integers(0, 599), col=st.integers(0, 6), channel=st.integers(0, 2), inside=st.booleans()
)
def test_only_protected_samples_count(row, col, channel, inside):
    samples = noise()
    may_change = np.zeros((600, 7), np.bool_)
    may_change[row, col] = inside
    other = samples.copy()
    other[row, col, channel] ^= 1
    one, two = Native(samples), Native(other)
    assert (of_protected(one, may_change) == of_protected(two, may_change)) is inside
    assert of_pixels(one) != of_pixels(two)


def test_the_same_samples_in_another_shape_are_another_picture():
    samples = noise(600, 8)
    turned = samples.reshape(800, 6, 3).copy()
    assert of_pixels(Native(samples)) != of_pixels(Native(turned))

"""Patches, cut-outs and smaller copies, checked sample by sample."""

from __future__ import annotations

import numpy as np
import pytest

from editor.compose.assets.contents import cutout, laid_over, patch, reduced
from editor.compose.assets.manner import Manner
from editor.imaging import icc
from editor.imaging.geometry import Size
from editor.imaging.raster import Native
from tests.fakes.pictures import noise, p3_profile

DEPTHS = [8, 16]


def edited(depth: int, channels: int) -> tuple[Native, Native]:
    """A picture, and the same with a part inverted; some pixels differ in one sample alone."""
    before = noise(300, 40, channels, depth=depth)
    after = before.copy()
    after[250:270, 10:30] = ~after[250:270, 10:30]
    after[3, 4, 2] ^= 1
    return Native(before, p3_profile()), Native(after, p3_profile())


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("channels", [3, 4])
def test_a_patch_holds_what_differs_and_nothing_else(depth: int, channels: int) -> None:
    before, after = edited(depth, channels)
    found = patch(before, after)
    differs = (before.samples != after.samples).any(axis=2)
    assert found.samples.dtype == before.samples.dtype
    assert found.profile == before.profile
    assert not found.samples[~differs].any(), "clear pixels tell nothing of the picture"
    assert np.array_equal(found.samples[differs][:, :channels], after.samples[differs])
    if channels == 3:
        assert (found.samples[differs][:, 3] == (1 << depth) - 1).all()


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_patch_over_the_source_is_the_result(depth: int) -> None:
    before, after = edited(depth, 3)
    assert np.array_equal(laid_over(before, patch(before, after)).samples, after.samples)
    assert np.array_equal(before.samples, edited(depth, 3)[0].samples), "the source is untouched"


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("channels", [3, 4])
def test_a_cut_out_is_as_clear_as_its_mask(depth: int, channels: int) -> None:
    _, after = edited(depth, channels)
    coverage = noise(300, 40, seed=3)
    coverage[:100] = 0
    found = cutout(after, coverage)
    most = (1 << depth) - 1
    own = after.samples[..., 3] / most if channels == 4 else 1.0
    assert np.abs(found.samples[..., 3] - coverage / 255 * own * most).max() <= 0.5 + 1e-9
    seen = found.samples[..., 3] > 0
    assert np.array_equal(found.samples[seen][:, :3], after.samples[seen][:, :3])
    assert not found.samples[~seen].any()


@pytest.mark.parametrize("depth", DEPTHS)
def test_as_it_is_nothing_changes(depth: int) -> None:
    native = Native(noise(30, 40, 4, depth=depth), p3_profile())
    found = reduced(native, Manner(longest=40), "png")
    assert np.array_equal(found.samples, native.samples)
    assert found.profile == native.profile


def test_sixteen_bits_are_reduced_to_the_nearest_eight() -> None:
    levels = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    native = Native(np.dstack([levels] * 3))
    for manner, format in ((Manner(depth=8), "png"), (Manner(), "jpeg"), (Manner(), "avif")):
        found = reduced(native, manner, format).samples
        assert found.dtype == np.uint8
        assert np.array_equal(found, np.round(native.samples / 257).astype(np.uint8))


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("channels", [3, 4])
def test_the_longer_side_is_not_exceeded(depth: int, channels: int) -> None:
    samples = np.repeat(np.repeat(noise(15, 20, channels, depth=depth), 4, 0), 4, 1)
    samples[..., 3:] = (1 << depth) - 1
    found = reduced(Native(samples), Manner(longest=20), "png")
    assert found.size == Size(20, 15)
    assert np.array_equal(found.samples, samples[::4, ::4])
    assert reduced(Native(samples[:4]), Manner(longest=20), "png").size == Size(20, 1)


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_clear_pixel_lends_no_colour(depth: int) -> None:
    most = (1 << depth) - 1
    samples = np.zeros((4, 4, 4), np.uint8 if depth == 8 else np.uint16)
    samples[:, ::2] = (most, 0, 0, most)
    samples[:, 1::2] = (0, most, 0, 0)
    found = reduced(Native(samples), Manner(longest=2), "png").samples
    assert (found[..., :3] == (most, 0, 0)).all()
    assert np.abs(found[..., 3].astype(int) - most / 2).max() <= 0.5


def test_colours_come_to_srgb_and_say_so() -> None:
    samples = np.full((4, 4, 4), (60, 200, 90, 77), np.uint8)
    found = reduced(Native(samples, p3_profile()), Manner(srgb=True), "png")
    assert found.profile == icc.srgb()
    assert (found.samples[..., 3] == 77).all()
    red, green = found.samples[0, 0, :2]
    assert red < 40, "a P3 green lies outside of sRGB"
    assert green >= 200


def test_what_is_srgb_already_keeps_its_samples() -> None:
    samples = noise(4, 4, 3, depth=16)
    found = reduced(Native(samples), Manner(srgb=True), "png")
    assert found.profile == icc.srgb()
    assert np.array_equal(found.samples, np.round(samples / 257).astype(np.uint8))

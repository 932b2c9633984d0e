"""Layers that add up to the joined picture, and answers told apart from what lies under them."""

from __future__ import annotations

import numpy as np
import pytest

from editor.compose.assets.layers import Answer, apart, layers
from editor.compose.blend import join, mixed
from editor.compose.patch import applied
from editor.compose.recipe import Recipe
from editor.imaging.geometry import Rect, Size
from editor.imaging.psd import Layer
from editor.imaging.raster import Native
from editor.mask.derive import blend_mask
from tests.fakes.joining import blobs, noise, source, variant
from tests.fakes.pictures import p3_profile

SIZE = Size(60, 40)
WHOLE = Rect(0, 0, *SIZE)


def over(below: np.ndarray, layer: Layer) -> np.ndarray:
    """A picture with a layer on it, as other programs lay it there."""
    result = below.astype(np.float64)
    assert layer.mask is not None
    share = layer.mask[..., None] / 255
    part = result[layer.rect.rows_cols]
    part[..., :3] = part[..., :3] * (1 - share) + layer.samples[..., :3] * share
    return result


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("profile", [b"", p3_profile()], ids=["sRGB", "P3"])
@pytest.mark.parametrize("feather", [0.0, 6.0])
def test_layers_add_up_to_the_join(depth: int, profile: bytes, feather: float) -> None:
    base = source(SIZE, depth, 3, profile)
    for seed in range(4):
        answer = variant(noise(SIZE, seed), WHOLE, blobs(SIZE, seed))
        recipe = Recipe("v1", feather)
        layer = apart(Answer("v1", lambda on, a=answer, r=recipe: join(on, a, r), True), base)
        result = applied(base, [join(base, answer, recipe).patch]).samples
        off = np.abs(over(base.samples, layer) - result).max()
        assert off <= 1.0, "one level, which is what other programs round by"
        assert layer.samples.dtype == base.samples.dtype


@pytest.mark.parametrize("clear", [False, True])
def test_the_answer_comes_back_as_it_was_with_its_mask(clear: bool) -> None:
    base, coverage = source(SIZE, 8), blobs(SIZE, 3)
    answer = variant(noise(SIZE, 5, clear=clear), WHOLE, coverage)
    layer = apart(Answer("v1", lambda on: join(on, answer, Recipe("v1", 3.0)), True), base)
    here = layer.rect.rows_cols
    mask = blend_mask(coverage, 3.0)[here].astype(int)
    if clear:
        mask = (mask * answer.raster.pixels[..., 3][here] + 127) // 255
    assert layer.mask is not None
    assert np.array_equal(layer.mask, mask)
    seen = mask > 0
    want = answer.raster.pixels[..., 2::-1][here][seen]
    assert np.abs(layer.samples[seen].astype(int) - want).max() == 0
    assert not layer.samples[~seen].any()


def test_an_answer_for_a_picture_with_alpha_is_opaque() -> None:
    base = source(SIZE, 16, 4)
    answer = variant(noise(SIZE), WHOLE, blobs(SIZE))
    layer = apart(Answer("v1", lambda on: join(on, answer, Recipe("v1", 0.0)), False), base)
    assert (layer.samples.shape[2], layer.shown) == (3, False)


def test_the_stack_from_the_lowest_up() -> None:
    base = source(SIZE, 8)
    kept = join(base, variant(noise(SIZE, 1), WHOLE, blobs(SIZE, 1)), Recipe("k", 4.0)).patch
    answer = variant(noise(SIZE, 2), WHOLE, blobs(SIZE, 2))
    found = layers(
        base,
        "Source",
        [("Keep v1", kept)],
        [Answer("v2", lambda on: join(on, answer, Recipe("v2", 4.0)), True)],
    )
    assert [layer.name for layer in found] == ["Source", "Keep v1", "v2"]
    assert found[0].mask is None
    assert np.array_equal(found[0].samples, base.samples)
    assert np.array_equal(over(base.samples, found[1]), applied(base, [kept]).samples), "exact"
    assert [layer.shown for layer in found] == [True, True, True]


def test_mixing_is_what_is_taken_apart() -> None:
    """Were the join no plain mixing any more, a layer could not stand for it."""
    under = np.full((1, 256, 3), 40, np.uint8)
    answer = np.full((1, 256, 4), 200, np.uint8)
    answer[..., 3] = 255
    ramp = np.arange(256, dtype=np.uint8)[None]
    found = mixed(Native(under).samples, answer, ramp)
    assert np.array_equal(
        found[0, :, 0], (40 * (255 - np.arange(256)) + 200 * np.arange(256) + 127) // 255
    )

"""What joining needs, made for tests: answers, masks and sources with known pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.edits.variant import Variant
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Native, Raster


def variant(answer: Raster, window: Rect, coverage: NDArray[np.uint8] | None) -> Variant:
    """An answer for a window and a mask."""
    return Variant(
        id="v1",
        job="j1",
        round="r1",
        raster=answer,
        placement=Placement(window, answer.size),
        coverage=coverage,
        base="base",
        provider="offline",
        model="quick",
    )


def noise(size: Size, seed: int = 0, *, clear: bool = False) -> Raster:
    """An answer of random pixels; opaque unless clear."""
    chance = np.random.default_rng(seed)
    pixels = chance.integers(0, 256, (size.height, size.width, 4), np.uint8)
    if not clear:
        pixels[..., 3] = 255
    return Raster(pixels)


def source(
    size: Size, depth: int = 8, channels: int = 3, profile: bytes = b"", seed: int = 1
) -> Native:
    """A source of random samples; depth 8 or 16, alpha random where there are 4 channels."""
    chance = np.random.default_rng(seed)
    shape = (size.height, size.width, channels)
    if depth == 8:
        return Native(chance.integers(0, 256, shape, np.uint8), profile)
    return Native(chance.integers(0, 65536, shape, np.uint16), profile)


def blobs(size: Size, seed: int = 0) -> NDArray[np.uint8]:
    """A soft mask of a few rectangles; some levels are very low."""
    chance = np.random.default_rng(seed)
    coverage = np.zeros((size.height, size.width), np.uint8)
    for _ in range(int(chance.integers(1, 5))):
        y, x = int(chance.integers(0, size.height)), int(chance.integers(0, size.width))
        rows, cols = chance.integers(1, 30, 2)
        level = chance.choice([1, 2, 100, 254, 255, 255])
        coverage[y : y + int(rows), x : x + int(cols)] = level
    return coverage

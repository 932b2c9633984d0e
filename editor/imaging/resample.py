"""Rasters at other sizes: averaged when they shrink, cubic when they grow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster


def resized(raster: Raster, size: Size) -> Raster:
    """The picture at this size; a clear pixel's colour does not bleed into its neighbours."""
    if raster.size == size:
        return raster
    return Raster(scaled(raster.pixels, size))


def fitted(raster: Raster, box: Size) -> Raster:
    """The picture as large as it fits into the box, in its own shape, never enlarged."""
    ratio = min(box.width / raster.size.width, box.height / raster.size.height, 1.0)
    return resized(raster, Size(*(max(1, round(side * ratio)) for side in raster.size)))


def scaled(bgra: NDArray[np.uint8], size: Size) -> NDArray[np.uint8]:
    """The same for bare pixels, (rows, cols, 4) with straight alpha."""
    shrinks = size.width <= bgra.shape[1] and size.height <= bgra.shape[0]
    how: cv.Filter = "area" if shrinks else "cubic"
    if opaque(bgra):
        return cv.resize(bgra, size, how)
    weight = bgra[..., 3:].astype(np.float32)
    heavy = np.concatenate([bgra[..., :3] * weight, weight], axis=2)
    return straight(cv.resize(heavy, size, how))


def opaque(bgra: NDArray[np.uint8]) -> bool:
    """Whether no pixel is even slightly clear."""
    # Whole pixels at once: four times as fast as every fourth byte.
    return int(np.bitwise_and.reduce(bgra.view("<u4"), axis=None)) >> 24 == 255


def straight(heavy: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Colour divided by its weight, which becomes alpha; colour is 0 where nothing weighs."""
    weight = heavy[..., 3:]
    colour = heavy[..., :3] / np.maximum(weight, 0.5)
    return np.clip(np.concatenate([colour, weight], axis=2) + 0.5, 0, 255).astype(np.uint8)

"""A picture without transparency: models drop alpha and see the colours that lie under it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster

Colours = NDArray[np.float32]


def opaque(picture: Raster) -> Raster:
    """The picture over a smooth continuation of its own visible colours, with alpha 255.

    A picture that is opaque already is returned as it is; one with nothing visible is grey.
    """
    pixels = picture.pixels
    if pixels[..., 3].min() == 255:
        return picture
    alpha: Colours = np.multiply(pixels[..., 3:], 1 / 255, dtype=np.float32)
    colours: Colours = pixels[..., :3].astype(np.float32)
    result = np.full_like(pixels, 255)
    weighted: Colours = np.multiply(colours, alpha, dtype=np.float32)
    ground = _continued(weighted, alpha)
    result[..., :3] = np.rint(weighted + ground * (1 - alpha))
    return Raster(result)


def _continued(weighted: Colours, weight: Colours) -> Colours:
    """Colours for every pixel from the nearest ones that have any: pull down, push up.

    weighted: (rows, cols, 3) colours times their weight; weight: (rows, cols, 1), 0..1.
    Source: the pull-push interpolation of Gortler, Grzeszczuk, Szeliski and Cohen, 1996.
    """
    rows, cols = weight.shape[:2]
    if rows == 1 and cols == 1:
        return weighted / weight if weight[0, 0, 0] > 0 else np.full_like(weighted, 128)
    half = Size((cols + 1) // 2, (rows + 1) // 2)
    coarse = _continued(cv.resize(weighted, half, "area"), _plane(cv.resize(weight, half, "area")))
    below = cv.resize(coarse, Size(cols, rows), "linear")
    certain = np.divide(weighted, weight, out=below.copy(), where=weight > 0)
    return below + (certain - below) * weight


def _plane(weight: Colours) -> Colours:
    """The one channel that OpenCV drops, put back."""
    return weight.reshape(*weight.shape[:2], 1)

"""Drawn pictures with things to find in them, and what chat services make of a picture."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster

Pixels = NDArray[np.uint8]


def drawn(size: Size, seed: int = 0, things: int = 60) -> Raster:
    """Discs, boxes and letters on a gradient, with grain: another picture for each seed."""
    chance = np.random.default_rng(seed)
    width, height = size
    rows, cols = np.mgrid[:height, :width]
    slope = chance.uniform(-1, 1, 2)
    light = 110 + 60 * (slope[0] * cols / width + slope[1] * rows / height)
    pixels = np.repeat(light[..., None], 3, axis=2).astype(np.uint8)
    unit = min(size) / 300
    for number in range(things):
        at = int(chance.integers(0, width)), int(chance.integers(0, height))
        colour = tuple(int(level) for level in chance.integers(0, 256, 3))
        long = int(chance.uniform(5, 40) * unit)
        if number % 3 == 0:
            cv2.circle(pixels, at, long, colour, -1, cv2.LINE_AA)
        elif number % 3 == 1:
            turned = ((float(at[0]), float(at[1])), (2 * long, long), float(chance.uniform(0, 90)))
            corners = cv2.boxPoints(turned).astype(np.int32)
            cv2.fillConvexPoly(pixels, corners, colour, cv2.LINE_AA)
        else:
            letters = "".join(chance.choice(list("aBgKmQrSx7"), 3))
            thick = max(round(2 * unit), 1)
            cv2.putText(pixels, letters, at, 0, unit * long / 30, colour, thick, cv2.LINE_AA)
    return opaque(grained(pixels, 4, seed))


def opaque(bgr: NDArray[Any]) -> Raster:
    full = np.full((*bgr.shape[:2], 1), 255, np.uint8)
    return Raster(np.ascontiguousarray(np.concatenate([bgr.astype(np.uint8), full], axis=2)))


def grained(bgr: NDArray[Any], strength: float, seed: int = 0) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, strength, bgr.shape)
    return np.clip(bgr + noise, 0, 255).astype(np.uint8)


def answered(picture: Raster, window: Rect, size: Size) -> Raster:
    """A window of a picture at another size, its edge repeated beyond the picture."""
    cols = np.clip(np.arange(window.left, window.right), 0, picture.size.width - 1)
    rows = np.clip(np.arange(window.top, window.bottom), 0, picture.size.height - 1)
    part = np.ascontiguousarray(picture.pixels[rows][:, cols, :3])
    shrinks = size.area < part.shape[0] * part.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return opaque(cv2.resize(part, size, interpolation=how))


def tinted(answer: Raster) -> Raster:
    """Warmer and flatter."""
    return opaque(np.clip(answer.pixels[..., :3] * (0.75, 0.95, 1.1) + 10, 0, 255))


def packed(answer: Raster, quality: int = 60) -> Raster:
    """Through JPEG."""
    done, data = cv2.imencode(".jpg", answer.pixels[..., :3], [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert pixels is not None
    return opaque(pixels)


def redrawn(answer: Raster, seed: int = 0, warp: float = 0.008) -> Raster:
    """Softly bent, smoothed, its grain made anew. warp: share of the longest side."""
    chance = np.random.default_rng(seed)
    width, height = answer.size
    rows, cols = np.mgrid[:height, :width].astype(np.float32)
    bends = [
        cv2.resize(chance.normal(0, 1, (5, 5)).astype(np.float32), answer.size, interpolation=2)
        for _ in range(2)
    ]
    far = np.float32(warp * max(answer.size))
    bent = cv2.remap(
        np.ascontiguousarray(answer.pixels[..., :3]),
        cols + far * bends[0],
        rows + far * bends[1],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    smooth = cv2.GaussianBlur(cv2.bilateralFilter(bent, 7, 50, 4), (0, 0), 0.8)
    return opaque(grained(smooth, 4, seed + 1))

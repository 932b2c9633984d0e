"""Pictures as a camera takes them and answers as a model redraws them, for fitting."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.edits.variant import Variant
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.raster import Raster
from tests.fakes.joining import variant

Floats = NDArray[np.float32]


def scene(size: Size, seed: int = 0) -> Floats:
    """Soft clouds of colour with edges of many sizes: (rows, cols, 3) BGR, 0..1."""
    chance = np.random.default_rng(seed)
    picture = np.full((size.height, size.width, 3), 0.5, np.float32)
    for cells, strength in ((3, 0.3), (9, 0.15), (40, 0.08)):
        rows = max(2, round(cells * size.height / max(size)))
        cols = max(2, round(cells * size.width / max(size)))
        field = chance.normal(0, strength, (rows, cols, 3)).astype(np.float32)
        picture += cv2.resize(field, size, interpolation=cv2.INTER_CUBIC)
    for _ in range(25):
        x, y = chance.integers(0, size.width), chance.integers(0, size.height)
        radius = chance.integers(max(size) // 60 + 2, max(size) // 12 + 3)
        colour = chance.uniform(0.1, 0.9, 3).tolist()
        cv2.circle(picture, (int(x), int(y)), int(radius), colour, -1, cv2.LINE_AA)
    return np.clip(cv2.GaussianBlur(picture, (0, 0), 0.8), 0.02, 0.98)


def raster(picture: Floats) -> Raster:
    """A picture of floats for the eyes."""
    bytes_ = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    return Raster(np.dstack([bytes_, np.full(bytes_.shape[:2], 255, np.uint8)]))


def moved(picture: Floats, scale: float, right: float, down: float) -> Floats:
    """The picture enlarged about its middle, then shifted."""
    rows, cols = picture.shape[:2]
    x, y = (cols - 1) / 2, (rows - 1) / 2
    there = np.array([[scale, 0, x - scale * x + right], [0, scale, y - scale * y + down]])
    result = cv2.warpAffine(
        picture, there, (cols, rows), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
    )
    return result.astype(np.float32)


def ellipse(size: Size, share: float = 0.2, at: tuple[float, float] = (0.5, 0.5)) -> np.ndarray:
    """A mask: an ellipse whose half axes are a share of the sides."""
    coverage = np.zeros((size.height, size.width), np.uint8)
    middle = round(at[0] * size.width), round(at[1] * size.height)
    axes = round(share * size.width), round(share * size.height)
    return cv2.ellipse(coverage, middle, axes, 0, 0, 360, 255, -1)


def answered(
    answer: Raster, coverage: NDArray[np.uint8] | None, window: Rect | None = None
) -> Variant:
    """An answer for the whole of a picture, or for a window of it."""
    if window is None:
        assert coverage is not None
        window = whole(Size(coverage.shape[1], coverage.shape[0]))
    return replace(variant(answer, window, coverage), provider="elsewhere", model="")

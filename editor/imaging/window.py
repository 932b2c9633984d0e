"""Window: the part of a picture under a rectangle that may reach beyond it."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv
from editor.imaging.geometry import Rect, Size

Sample = TypeVar("Sample", bound=np.generic)


def seen(pixels: NDArray[Sample], rect: Rect, *, repeat: bool = True) -> NDArray[Sample]:
    """What lies under a rectangle that shares at least one pixel with the picture.

    pixels: the whole picture, (rows, cols) or (rows, cols, channels). Beyond it the nearest
    pixel of its edge is repeated, or all is 0 unless repeat. The result is contiguous.
    """
    inside = rect.clipped(Size(pixels.shape[1], pixels.shape[0]))
    part = pixels[inside.rows_cols]
    if inside == rect:
        return np.ascontiguousarray(part)
    before = inside.left - rect.left, inside.top - rect.top
    after = rect.right - inside.right, rect.bottom - inside.bottom
    return cv.bordered(part, before, after, repeat=repeat)

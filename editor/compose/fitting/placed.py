"""The answer back at its place: cut, scaled or moved, in the source's colours."""

from __future__ import annotations

import math
from typing import cast

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv, metadata
from editor.imaging.geometry import Rect, Size
from editor.imaging.parallel import at_once
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.imaging.resample import opaque, scaled, straight

Bytes = NDArray[np.uint8]
Matrix = NDArray[np.float64]
"""(2, 3): takes a pixel's middle (x, y) to another grid; (0, 0) is the first pixel's middle."""

_COARSER, _FINER = 1.5, 0.7
# Answer pixels for one fetched pixel, above which they are averaged first, below which doubled.

_BAND = 128
# Rows fetched at once; what they are fetched from is doubled and stays in the cache.


def placed(answer: Raster, placement: Placement, rect: Rect) -> Bytes:
    """The part of an answer that lies on rect, in source pixels: (rows, cols, 4) BGRA.

    rect: in the source; what of it lies beyond the placement's window is clear. An answer of
    the window's size is only cut; others are scaled to it, averaged when they shrink, else by
    cubic convolution.
    """
    window = placement.window
    pixels = answer.pixels
    if answer.size != window.size:
        pixels = scaled(pixels, window.size)
    seen = rect.common(window)
    inside = pixels[seen.seen_from(window).rows_cols]
    if seen == rect:
        return inside
    part = np.zeros((rect.size.height, rect.size.width, 4), np.uint8)
    if not seen.empty:
        part[seen.seen_from(rect).rows_cols] = inside
    return part


def matrix(placement: Placement, answer: Size) -> Matrix:
    """The way from source pixels to those of an answer of this size."""
    left, top, _, _ = placement.window
    across = answer.width / placement.window.size.width
    down = answer.height / placement.window.size.height
    return np.array(
        [
            [across, 0, (0.5 - left) * across - 0.5],
            [0, down, (0.5 - top) * down - 0.5],
        ]
    )


def fetched(answer: Raster, there: Matrix, size: Size) -> Bytes:
    """An answer through a matrix: (rows, cols, 4) BGRA of this size.

    there: from pixels of the result to those of the answer. Beyond the answer its edge is
    mirrored, so that a shifted answer still reaches the picture's border.
    """
    reached = _reached(there, size)
    if reached.clipped(answer.size).empty:
        return np.zeros((size.height, size.width, 4), np.uint8)
    near = _mirrored(reached, answer.size)
    pixels = np.ascontiguousarray(answer.pixels[near.rows_cols])
    there = there - [[0, 0, near.left], [0, 0, near.top]]
    if opaque(pixels):
        return _warped(pixels, there, size)
    weight = pixels[..., 3:].astype(np.float32)
    heavy = np.concatenate([pixels[..., :3] * weight, weight], axis=2)
    return straight(_warped(heavy, there, size))


def times(first: Matrix, then: Matrix) -> Matrix:
    """Two ways, one after the other."""
    full = np.vstack([first, (0, 0, 1)])
    return cast("Matrix", then @ full)


def back(there: Matrix) -> Matrix:
    """The way back."""
    return cast("Matrix", np.linalg.inv(np.vstack([there, (0, 0, 1)]))[:2])


def stretch(there: Matrix) -> float:
    """How many pixels of the other grid one pixel covers along a side, on average."""
    return math.sqrt(abs(float(np.linalg.det(there[:, :2]))))


def at(there: Matrix, x: float, y: float) -> tuple[float, float]:
    """One point through a matrix."""
    across, down = there @ (x, y, 1.0)
    return float(across), float(down)


def in_profile(bgra: Bytes, profile: bytes) -> Bytes:
    """An answer in the colours of a source: sRGB BGRA comes back as RGBA, still 8 bits.

    bgra: (rows, cols, 4). profile: of the source's native samples, empty for sRGB. One that
    intake showed without a conversion is left without one here as well.
    """
    rgba = cv.reordered(np.ascontiguousarray(bgra), "bgra rgba")
    if metadata.to_srgb(profile, "RGB") is not None:
        rgba[..., :3] = metadata.convert(np.ascontiguousarray(rgba[..., :3]), b"", profile)
    return rgba


def _reached(there: Matrix, size: Size) -> Rect:
    """Where a grid leads to, with some room for the filters."""
    corners = [at(there, x, y) for x in (-1, size.width) for y in (-1, size.height)]
    return Rect(
        math.floor(min(x for x, _ in corners)) - 4,
        math.floor(min(y for _, y in corners)) - 4,
        math.ceil(max(x for x, _ in corners)) + 5,
        math.ceil(max(y for _, y in corners)) + 5,
    )


def _warped(pixels: NDArray[cv.Sample], there: Matrix, size: Size) -> NDArray[cv.Sample]:
    """Averaged first where many pixels become one, doubled first where one becomes many.

    Between pixels doubled by cubic convolution a line is as good as a cubic: a quarter of a level
    off, in a seventh of the time.
    """
    factor = stretch(there)
    if factor < _FINER:
        result = np.empty((size.height, size.width, pixels.shape[2]), pixels.dtype)

        def fill(top: int) -> None:
            rows_there = times(np.array([[1.0, 0, 0], [0, 1, top]]), there)
            rows = result[top : top + _BAND]
            rows[...] = _doubled(pixels, rows_there, Size(rows.shape[1], rows.shape[0]))

        at_once(fill, range(0, size.height, _BAND))
        return result
    if factor > _COARSER:
        rows, cols = pixels.shape[:2]
        small = Size(max(round(cols / factor), 1), max(round(rows / factor), 1))
        pixels = cv.resize(pixels, small, "area")
        there = times(there, matrix(Placement(Rect(0, 0, cols, rows), small), small))
    return cv.warp(pixels, there, size, "cubic", "mirrored")


def _doubled(pixels: NDArray[cv.Sample], there: Matrix, size: Size) -> NDArray[cv.Sample]:
    """Some rows, for which no more is doubled than they need."""
    part = _mirrored(_reached(there, size), Size(pixels.shape[1], pixels.shape[0]))
    double = Size(2 * part.size.width, 2 * part.size.height)
    there = times(there, matrix(Placement(part, double), double))
    return cv.warp(
        cv.resize(pixels[part.rows_cols], double, "cubic"), there, size, "linear", "mirrored"
    )


def _mirrored(reached: Rect, answer: Size) -> Rect:
    """The part of an answer that is needed, once places beyond it are mirrored at its edges."""
    left, right = _folded(reached.left, reached.right, answer.width)
    top, bottom = _folded(reached.top, reached.bottom, answer.height)
    return Rect(left, top, right, bottom)


def _folded(low: int, high: int, side: int) -> tuple[int, int]:
    first = min(low, 2 * side - high) if high > side else low
    last = max(high, -low) if low < 0 else high
    return max(first, 0), min(last, side)

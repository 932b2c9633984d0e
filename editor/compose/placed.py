"""The answer back at its place: cut and scaled through its placement, in the source's colours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv, metadata
from editor.imaging.geometry import Rect
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.imaging.resample import scaled

Bytes = NDArray[np.uint8]


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
    seen = common(rect, window)
    inside = pixels[moved(seen, window).rows_cols]
    if seen == rect:
        return inside
    part = np.zeros((rect.size.height, rect.size.width, 4), np.uint8)
    if not seen.empty:
        part[moved(seen, rect).rows_cols] = inside
    return part


def common(one: Rect, other: Rect) -> Rect:
    """Where two rectangles meet; empty where they do not."""
    return Rect(
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )


def moved(rect: Rect, origin: Rect) -> Rect:
    """The rectangle as seen from the top left corner of another."""
    return Rect(
        rect.left - origin.left,
        rect.top - origin.top,
        rect.right - origin.left,
        rect.bottom - origin.top,
    )


def in_profile(bgra: Bytes, profile: bytes) -> Bytes:
    """An answer in the colours of a source: sRGB BGRA comes back as RGBA, still 8 bits.

    bgra: (rows, cols, 4). profile: of the source's native samples, empty for sRGB. One that
    intake showed without a conversion is left without one here as well.
    """
    rgba = cv.reordered(np.ascontiguousarray(bgra), "bgra rgba")
    if metadata.to_srgb(profile, "RGB") is not None:
        rgba[..., :3] = metadata.convert(np.ascontiguousarray(rgba[..., :3]), b"", profile)
    return rgba

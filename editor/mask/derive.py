"""The two masks made from the painted coverage: the one that is sent, the one that blends."""

from __future__ import annotations

import numpy as np

from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.window import seen
from editor.mask.patch import Coverage


def sent_mask(coverage: Coverage, window: Rect, sent: Size, grow: float) -> Coverage:
    """The binary mask a provider gets: 255 edit, 0 keep, in the size of the sent picture.

    coverage: the whole painted mask. window: the part that is sent; what of it lies beyond the
    picture is kept. grow: pixels of the sent picture by which the edited area is widened, because
    models leave a rim. Every pixel with any coverage is asked for, however small the sent
    picture: areas are averaged when it shrinks, else the nearest pixel counts.
    """
    part = np.greater(seen(coverage, window, repeat=False), 0).view(np.uint8) * np.uint8(255)
    if window.size != sent:
        shrinks = sent.width < window.size.width or sent.height < window.size.height
        part = np.where(cv.resize(part, sent, "area" if shrinks else "nearest") > 0, 255, 0)
        part = part.astype(np.uint8)
    if grow > 0:
        near = cv.distance(np.invert(part)) <= grow
        part = near.view(np.uint8) * np.uint8(255)
    return part


def blend_mask(coverage: Coverage, feather: float) -> Coverage:
    """How much of an answer is taken at each pixel: 0 wherever the coverage is 0.

    feather: pixels over which the answer fades in from the rim inwards; the picture's own
    border is no rim; under half a pixel there is no fade. Never above the coverage itself.
    Returns a new array.
    """
    if feather < 0.5:
        return coverage.copy()
    blend = np.zeros_like(coverage)
    painted = bounds(coverage)
    if painted.empty:
        return blend
    box = painted.grown(1).clipped(Size(coverage.shape[1], coverage.shape[0]))
    part = coverage[box.rows_cols]
    depth = cv.distance(part)
    # The rim's own pixels are half a pixel deep; a smooth step hides both ends of the fade.
    share = np.clip((depth - 0.5) / feather, 0, 1)
    share *= share * (3 - 2 * share)
    np.multiply(share, part, out=share)
    blend[box.rows_cols] = (share + 0.5).astype(np.uint8)
    return blend


def bounds(coverage: Coverage) -> Rect:
    """Smallest rectangle that holds all coverage above 0."""
    rows = np.flatnonzero(coverage.max(axis=1, initial=0))
    if not rows.size:
        return Rect(0, 0, 0, 0)
    cols = np.flatnonzero(coverage[rows[0] : rows[-1] + 1].max(axis=0))
    return Rect(int(cols[0]), int(rows[0]), int(cols[-1]) + 1, int(rows[-1]) + 1)

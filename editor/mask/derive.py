"""The two masks made from the painted coverage: the one that is sent, the one that blends."""

from __future__ import annotations

import math

import numpy as np

from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.window import seen
from editor.mask.patch import Coverage

_TILE = 64
# Side of the squares in which the rim is looked for.

_LEVELS = 255
# Steps of the depth over the feather.


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
    part, result = coverage[box.rows_cols], blend[box.rows_cols]
    np.copyto(result, part)
    fade = _fade(feather)
    reach = math.ceil(feather) + 2
    for tiles in beside_the_rim(part, reach):
        around = tiles.grown(reach).clipped(box.size)
        depth = cv.distance(part[around.rows_cols], exact=False)
        left, top = tiles.left - around.left, tiles.top - around.top
        depth = depth[top : top + tiles.size.height, left : left + tiles.size.width]
        steps = cv.as_bytes(depth, _LEVELS / (feather + 0.5))
        share = cv.looked_up(steps, fade)
        result[tiles.rows_cols] = cv.product(share, part[tiles.rows_cols])
    return blend


def _fade(feather: float) -> Coverage:
    """Share, 0..255, by depth in steps up to the whole feather: (256, 1).

    The rim's own pixels are half a pixel deep; a smooth step hides both ends of the fade.
    """
    depth = np.arange(_LEVELS + 1) * ((feather + 0.5) / _LEVELS)
    share = np.clip((depth - 0.5) / feather, 0, 1)
    smooth: Coverage = (share * share * (3 - 2 * share) * 255 + 0.5).astype(np.uint8)
    return smooth[:, None]


def beside_the_rim(part: Coverage, reach: int) -> list[Rect]:
    """Rectangles that hold every painted pixel with an unpainted one within reach.

    Rows of tiles, so that depths are measured there only and not all over a large mask.
    """
    rows, cols = part.shape
    # Row by row of tiles: a twentieth of the time that one call for all of them takes.
    bands = [part[top : top + _TILE] for top in range(0, rows, _TILE)]
    lefts = np.arange(0, cols, _TILE)
    least = np.minimum.reduceat([band.min(axis=0) for band in bands], lefts, axis=1)
    most = np.maximum.reduceat([band.max(axis=0) for band in bands], lefts, axis=1)
    side = 2 * -(-reach // _TILE) + 1
    near = cv.dilate(np.equal(least, 0).view(np.uint8), np.ones((side, side), np.uint8))
    found = []
    for row, beside in enumerate((near > 0) & (most > 0)):
        edges = np.flatnonzero(np.diff(beside, prepend=False, append=False)) * _TILE
        top = row * _TILE
        for left, right in edges.reshape(-1, 2).tolist():
            found.append(Rect(left, top, min(right, cols), min(top + _TILE, rows)))
    return found


def bounds(coverage: Coverage) -> Rect:
    """Smallest rectangle that holds all coverage above 0."""
    rows = np.flatnonzero(coverage.max(axis=1, initial=0))
    if not rows.size:
        return Rect(0, 0, 0, 0)
    cols = np.flatnonzero(coverage[rows[0] : rows[-1] + 1].max(axis=0))
    return Rect(int(cols[0]), int(rows[0]), int(cols[-1]) + 1, int(rows[-1]) + 1)

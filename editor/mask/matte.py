"""Matte: soft coverage along hair and fur, from the colours to either side of a rough rim."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from editor.imaging import areas, cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.mask.derive import bounds
from editor.mask.patch import Coverage
from editor.mask.shapes import Part

SURE = 250
"""Coverage from which a pixel beside the brushed ones is known to be inside; 255 less: outside."""

CLOSE = 12.0
"""Levels between the colours of the two sides below which they tell nothing."""

FIRST = 3
"""Side in pixels of the smallest square in which known colours are gathered; then twice that."""

FINE = 3
"""Pixels within which neighbours of like colour are evened out."""

FLAT = 13.0
"""Variance of samples below which neighbours are alike."""

Floats = NDArray[np.float32]


def refined(raster: Raster, coverage: Coverage, brushed: Part) -> Part:
    """The mask anew where it was brushed along its rim; elsewhere as it is.

    coverage: of the whole picture. brushed: where the rim is not known, above 0. Each pixel
    there gets the share at which its colour lies between those of the two sides, as they are
    nearby, evened out among neighbours of like colour. Where one side is missing, or both have
    one colour, the mask stays.
    """
    around = brushed.rect.grown(_context(brushed)).clipped(raster.size)
    unknown = np.zeros((around.size.height, around.size.width), np.bool_)
    part = coverage[around.rows_cols]
    inner = _within(brushed.rect, around)
    unknown[inner.rows_cols] = brushed.coverage > 0
    inside, outside = (part >= SURE) & ~unknown, (part <= 255 - SURE) & ~unknown
    if not unknown.any() or not inside.any() or not outside.any():
        return Part(brushed.rect, coverage[brushed.rect.rows_cols].copy())
    bgr = cv.reordered(raster.pixels[around.rows_cols], "bgra bgr")
    share = _share(bgr, part, inside, outside)
    share = areas.guided(bgr, share, FINE, FLAT)
    soft = np.clip(share * 255 + 0.5, 0, 255).astype(np.uint8)
    return Part(brushed.rect, np.where(unknown, soft, part)[inner.rows_cols])


def _share(
    bgr: NDArray[np.uint8],
    part: Coverage,
    inside: NDArray[np.bool_],
    outside: NDArray[np.bool_],
) -> Floats:
    """0.0 to 1.0 for each pixel: where its colour lies between those of both sides.

    Source: the projection onto the line between two colours is that of Chuang et al., A
    Bayesian Approach to Digital Matting, 2001, for one cluster on each side.
    """
    # Pictures are laid over each other in these samples, so a mixture lies on a line in them.
    full = bgr.astype(np.float32)
    here, there = _spread(full, inside), _spread(full, outside)
    way = here - there
    length = np.einsum("ijk,ijk->ij", way, way)
    along = np.einsum("ijk,ijk->ij", full - there, way) / np.maximum(length, 1e-6)
    told = length > CLOSE * CLOSE
    before = part.astype(np.float32) / 255
    share: Floats = np.where(told, np.clip(along, 0, 1), before)
    share[inside], share[outside] = 1, 0
    return share


def _spread(pixels: Floats, known: NDArray[np.bool_]) -> Floats:
    """The known colours carried to every pixel, from as near as there are any."""
    weight = known.astype(np.float32)
    colours = pixels * weight[..., None]
    result, missing = np.zeros_like(pixels), np.ones(known.shape, np.bool_)
    side, longest = FIRST, 2 * max(known.shape)
    while missing.any() and side < longest:
        near = cv.box(weight, side)
        reached = missing & (near > 0.02)
        if reached.any():
            result[reached] = (cv.box(colours, side) / np.maximum(near, 1e-6)[..., None])[reached]
            missing &= ~reached
        side = 2 * side + 1
    if missing.any():
        result[missing] = pixels[known].mean(axis=0)
    return result


def _context(brushed: Part) -> int:
    """Pixels around the brushed ones in which both sides are looked for."""
    found = bounds(brushed.coverage)
    return math.ceil(min(found.size) / 2) + 16


def _within(rect: Rect, around: Rect) -> Rect:
    left, top = rect.left - around.left, rect.top - around.top
    return Rect(left, top, left + rect.size.width, top + rect.size.height).clipped(
        Size(*around.size)
    )

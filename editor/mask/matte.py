"""Matte: soft coverage along hair and fur, from the colours to either side of a rough rim."""

from __future__ import annotations

import math
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from editor.imaging import areas, cv
from editor.imaging.geometry import Rect, Size, tiles_over
from editor.imaging.parallel import at_once
from editor.imaging.raster import Raster
from editor.mask.derive import bounds
from editor.mask.patch import Coverage
from editor.mask.shapes import Part

SURE = 250
"""Coverage from which a pixel beside the brushed ones is known to be inside; 255 less: outside."""

FIRST = 3
"""Side in pixels of the smallest square in which known colours are gathered; then twice that."""

FINE = 3
"""Pixels within which neighbours of like colour are evened out."""

FLAT = 13.0
"""Variance of samples below which neighbours are alike."""

GRAIN = 6.0
"""Levels by which the colours of a side differ at least, however even they look."""

THIN = 2
"""One pixel of so many, across and down, tells how much the colours of a side differ."""

APART = 20.0
"""Square of the distance, in spreads, from which the two sides are told apart by one pixel."""

DOUBT = 12.0
"""How much the mask as it was is believed where the sides are one spread apart; log odds."""

DEPTH = 3.0
"""How much more it is believed a quarter of a brush away from its rim than on it; log odds."""

OUTWARD = 0.2
"""How much of that belief holds outside of the old rim: hair is brushed to be found there."""

BEYOND = 16
"""Pixels beside half a brush in which both sides are looked for."""

ALONE = 0.5, 0.8
"""Shares of neighbours that stay: above the first a pixel is evened out less, then not at all."""

SQUARE = 512
"""Side in pixels of the squares in which a long line is looked at."""

LESS = 0.7
"""Share of a whole that squares look at at most; the whole knows a little more of both sides."""

Floats = NDArray[np.float32]


class Piece(NamedTuple):
    """Where some of what was brushed lies, and what is looked at to find the mask there."""

    where: Rect
    around: Rect


def refined(raster: Raster, coverage: Coverage, brushed: Part) -> Part:
    """The mask anew where it was brushed along its rim; elsewhere as it is.

    coverage: of the whole picture. brushed: where the rim is not known, above 0. Each pixel
    there gets the share at which its colour lies between those of the two sides, as they are
    nearby, evened out among neighbours of like colour. The mask stays where that share does not
    speak against it more than the colours of one side differ among themselves, so also where
    both sides look alike; and where one side is missing.
    """
    reach = _reach(brushed, raster.size)
    result = coverage[brushed.rect.rows_cols].copy()

    def find(piece: Piece) -> None:
        here = piece.where.seen_from(brushed.rect).rows_cols
        result[here] = _found(raster, coverage, brushed, piece, reach)

    at_once(find, _pieces(brushed, reach, raster.size))
    return Part(brushed.rect, result)


def _found(
    raster: Raster, coverage: Coverage, brushed: Part, piece: Piece, reach: float
) -> Coverage:
    """The mask anew where a piece of what was brushed lies, for what is seen around it."""
    around = piece.around
    unknown = np.zeros((around.size.height, around.size.width), np.bool_)
    part = coverage[around.rows_cols]
    both = around.common(brushed.rect)
    hidden = brushed.coverage[both.seen_from(brushed.rect).rows_cols]
    unknown[both.seen_from(around).rows_cols] = hidden > 0
    inner = piece.where.seen_from(around).rows_cols
    inside, outside = (part >= SURE) & ~unknown, (part <= 255 - SURE) & ~unknown
    if not unknown.any() or not inside.any() or not outside.any():
        return part[inner]
    bgr = cv.reordered(raster.pixels[around.rows_cols], "bgra bgr")
    before: Floats = (part / 255).astype(np.float32)
    share, apart = _share(bgr, inside, outside, reach)
    stays = _stays(share, before, apart, reach)
    share = areas.guided(bgr, share + (before - share) * stays, FINE, FLAT)
    share += (before - share) * _left_alone(stays, apart)
    soft = np.clip(share * 255 + 0.5, 0, 255).astype(np.uint8)
    return cast("Coverage", np.where(unknown, soft, part)[inner])


def _pieces(brushed: Part, reach: float, size: Size) -> list[Piece]:
    """What was brushed in one piece, or in squares where less is to be looked at for these.

    A long thin line around a figure has most of the picture in its rectangle. Where it is cut it
    goes on for up to half a brush, beyond which both sides are looked for as beside a whole.
    """
    room = brushed.rect.grown(math.ceil(reach) + BEYOND).clipped(size)
    cut = []
    for tile in tiles_over(brushed.rect, SQUARE):
        square = tile.common(brushed.rect)
        box = bounds(brushed.coverage[square.seen_from(brushed.rect).rows_cols])
        if not box.empty:
            left, top = square.left + box.left, square.top + box.top
            where = Rect(left, top, left + box.size.width, top + box.size.height)
            around = where.grown(math.ceil(2 * reach) + BEYOND).common(room)
            cut.append(Piece(where, around))
    if sum(piece.around.size.area for piece in cut) < LESS * room.size.area:
        return cut
    return [Piece(brushed.rect, room)]


def _share(
    bgr: NDArray[np.uint8], inside: NDArray[np.bool_], outside: NDArray[np.bool_], reach: float
) -> tuple[Floats, Floats]:
    """Where the colour of each pixel lies between those of both sides, and how far apart they are.

    Returns a share, 0.0 to 1.0, and the square of a distance in spreads of the colours of a side.
    Source: the projection onto the line between two colours is that of Chuang et al., A
    Bayesian Approach to Digital Matting, 2001, for one cluster on each side.
    """
    # Pictures are laid over each other in these samples, so a mixture lies on a line in them.
    full = _in_spreads(bgr.astype(np.float32), (inside, outside), reach)
    neither = ~(inside | outside)
    here, there = _spread(full, inside, neither), _spread(full, outside, neither)
    way = here - there
    apart = np.einsum("ijk,ijk->ij", way, way)
    along = np.einsum("ijk,ijk->ij", full - there, way) / np.maximum(apart, 1e-6)
    share: Floats = np.clip(along, 0, 1)
    share[inside], share[outside] = 1, 0
    return share, apart


def _in_spreads(full: Floats, sides: tuple[NDArray[np.bool_], ...], reach: float) -> Floats:
    """Colours in units of how much they differ within a side.

    Light and shade, of which fur is full, then weigh less than a hue that only one side has.
    Source: Fisher, The Use of Multiple Measurements in Taxonomic Problems, 1936.
    """
    thin = full[::THIN, ::THIN]
    within = np.eye(3) * GRAIN**2
    # Half a brush: as far as the colours of a side are carried.
    wide = 2 * math.ceil(0.5 * reach / THIN) + 1
    for side in sides:
        known = side[::THIN, ::THIN]
        weight = known.astype(np.float32)
        near = np.maximum(cv.box(weight, wide), 1e-6)
        rest = (thin - cv.box(thin * weight[..., None], wide) / near[..., None])[known]
        within += rest.T @ rest / max(2 * len(rest), 1)
    values, axes = np.linalg.eigh(within)
    even = (axes / np.sqrt(values)) @ axes.T
    return cast("Floats", full @ even.astype(np.float32))


def _stays(share: Floats, before: Floats, apart: Floats, reach: float) -> Floats:
    """How likely, 0.0 to 1.0, the mask was right and the share differs from it by chance."""
    old = (before >= 0.5).astype(np.uint8)
    depth = cv.distance(old, exact=False) + cv.distance(1 - old, exact=False)
    prior = np.minimum(2 * depth / reach, 1) * DEPTH + DOUBT / np.maximum(apart, 1e-3)
    prior *= np.where(old, np.float32(1), np.float32(OUTWARD))
    # The peak of a bell of this spread, against shares that are all as likely.
    peak = np.log1p(apart / (2 * math.pi)) / 2
    odds = prior + peak - (share - before) ** 2 * apart / 2
    return cast("Floats", 1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def _left_alone(stays: Floats, apart: Floats) -> Floats:
    """How much, 0.0 to 1.0, a pixel keeps its old coverage when its neighbours are evened out.

    The picture has no rim to follow where both sides look alike, and the old one would blur.
    """
    least, most = ALONE
    among = np.clip((cv.box(stays, 2 * FINE + 1) - least) / (most - least), 0, 1)
    return cast("Floats", among / (1 + (apart / APART) ** 2))


def _spread(pixels: Floats, known: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> Floats:
    """The known colours carried to the wanted pixels from as near as there are any; else 0."""
    weight = known.astype(np.float32)
    colours = pixels * weight[..., None]
    result, missing = np.zeros_like(pixels), wanted.copy()
    side, longest = FIRST, 2 * max(known.shape)
    while missing.any() and side < longest:
        near = cv.box(weight, side)
        reached = missing & (near > 0.05)
        if reached.any():
            result[reached] = cv.box(colours, side)[reached] / near[reached][:, None]
            missing &= ~reached
        side = 2 * side + 1
    if missing.any():
        result[missing] = pixels[known].mean(axis=0)
    return result


def _reach(brushed: Part, size: Size) -> float:
    """Pixels from the brushed one that lies deepest to one beside them, half a brush."""
    room = brushed.rect.grown(1).clipped(size)  # which has such pixels, if the picture has
    hidden = np.zeros((room.size.height, room.size.width), np.uint8)
    hidden[brushed.rect.seen_from(room).rows_cols] = brushed.coverage > 0
    return float(cv.distance(hidden, exact=False).max())

"""Object: what a box or a scribble means, found step by step on a small picture.

The rim is then drawn at full size along the edges of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from editor.imaging import areas, cv
from editor.imaging.areas import INSIDE, OUTSIDE, PERHAPS_INSIDE, PERHAPS_OUTSIDE, Model
from editor.imaging.geometry import Point, Rect, Size
from editor.imaging.raster import Raster
from editor.mask.derive import beside_the_rim
from editor.mask.patch import Coverage
from editor.mask.shapes import Part

LARGEST = 100_000
"""Pixels of the small picture: one step on it takes about a tenth of a second."""

STEPS = 5
"""Steps after which little changes any more."""

CONTEXT = 0.5
"""Share of a box's sides by which its surroundings are looked at, to learn what is outside."""

GRAIN = 2.0
"""Sigma, in small pixels, of the blur under which colours are compared."""

PALETTE = 128
"""Colours of the surroundings of a box that others are compared with."""

UNLIKE = 12.0
"""Difference in 8-bit Lab above which a colour is not one of the surroundings."""

SOME = 0.02
"""Share of a box that must be unlike its surroundings to tell where the object is."""

CRUMB = 0.02
"""Share of the largest piece below which another piece, or a hole, is none."""

NEVER = 2.0
"""Share of the largest piece that no piece has, so that its size alone says nothing."""

FLAT = 60.0
"""Variance of samples below which there is no edge that a rim could follow."""


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """An object being found.

    within: the part of the picture that is looked at. limit: where the object can be. bgr: that
    part, small. known: OUTSIDE to PERHAPS_INSIDE for each of its pixels. alone: only pieces that
    a line was drawn on are the object, however much another looks like it. steps: how many were
    done.
    """

    within: Rect
    limit: Rect
    bgr: NDArray[np.uint8] = field(repr=False)
    known: NDArray[np.uint8] = field(repr=False)
    alone: bool = False
    models: tuple[Model, Model] | None = None
    steps: int = 0

    @property
    def scale(self) -> float:
        """Small pixels for one of the picture, at most 1."""
        return float(self.bgr.shape[1] / self.within.size.width)


def in_box(raster: Raster, box: Rect) -> Cut:
    """Begin with a box around the object; nothing beyond it is ever inside."""
    box = box.clipped(raster.size)
    grown = Rect(
        box.left - math.ceil(CONTEXT * box.size.width) - 1,
        box.top - math.ceil(CONTEXT * box.size.height) - 1,
        box.right + math.ceil(CONTEXT * box.size.width) + 1,
        box.bottom + math.ceil(CONTEXT * box.size.height) + 1,
    )
    cut = _begun(raster, grown.clipped(raster.size), box, OUTSIDE)
    here = _small(cut, box)
    cut.known[here.rows_cols] = PERHAPS_INSIDE
    strange = _strange(cut)
    if strange[here.rows_cols].mean() > SOME:
        seeds = np.where(cut.known == OUTSIDE, 2, strange).astype(np.int32)
        theirs = areas.parted(cv.gaussian(cut.bgr, GRAIN), seeds) != 1
        cut.known[theirs & (cut.known == PERHAPS_INSIDE)] = PERHAPS_OUTSIDE
    return cut


def under(raster: Raster, scribble: Sequence[Point]) -> Cut:
    """Begin with a line drawn on the object; nothing apart from it is ever inside."""
    here = Rect(0, 0, *raster.size)
    begun = replace(_begun(raster, here, here, PERHAPS_OUTSIDE), alone=True)
    return marked(begun, scribble, inside=True)


def marked(cut: Cut, scribble: Sequence[Point], *, inside: bool) -> Cut:
    """Go on with a line drawn on what is certainly inside, or outside.

    What no strong edge parts from the line goes with it, perhaps.
    """
    sure, perhaps = (INSIDE, PERHAPS_INSIDE) if inside else (OUTSIDE, PERHAPS_OUTSIDE)
    line = _pixels(cut, scribble)
    known, seeds = cut.known.copy(), np.zeros(cut.known.shape, np.int32)
    if inside:
        # OpenCV keeps the outermost pixels for itself.
        seeds[[1, -2]] = seeds[:, [1, -2]] = 2
    seeds[known == (OUTSIDE if inside else INSIDE)] = 2
    for x, y in line:
        seeds[y, x] = 1
    with_it = areas.parted(cv.gaussian(cut.bgr, GRAIN), seeds) == 1
    known[with_it & np.isin(known, (PERHAPS_OUTSIDE, PERHAPS_INSIDE))] = perhaps
    for x, y in line:
        known[y, x] = sure
    return replace(cut, known=known, models=None, steps=0)


def improved(cut: Cut) -> Cut:
    """Do one step; one that cannot be done, because one side is empty, changes nothing."""
    side = np.isin(cut.known, (INSIDE, PERHAPS_INSIDE))
    if not side.any() or side.all():
        return replace(cut, steps=cut.steps + 1)
    known, models = areas.cut_once(cut.bgr, cut.known, cut.models)
    return replace(cut, known=known, models=models, steps=cut.steps + 1)


def drawn(cut: Cut, raster: Raster) -> Part:
    """The object at full size, its rim along the edges of the picture."""
    rough = _whole_pieces(cut)
    size = cut.within.size
    coverage = cv.resize(rough, size, "linear")
    reach = math.ceil(2 / cut.scale) + 1
    pixels = raster.pixels[cut.within.rows_cols]
    result = np.where(coverage >= 128, 255, 0).astype(np.uint8)
    for tiles in beside_the_rim(result, reach + 1):
        around = tiles.grown(2 * reach).clipped(size)
        guide = cv.reordered(pixels[around.rows_cols], "bgra bgr")
        plane = coverage[around.rows_cols].astype(np.float32) / np.float32(255)
        found = areas.guided(guide, plane, reach, FLAT)
        left, top = tiles.left - around.left, tiles.top - around.top
        found = found[top : top + tiles.size.height, left : left + tiles.size.width]
        result[tiles.rows_cols] = _steep(found, cut.scale)
    left, top = cut.limit.left - cut.within.left, cut.limit.top - cut.within.top
    inner = Rect(left, top, left + cut.limit.size.width, top + cut.limit.size.height)
    return Part(cut.limit, np.ascontiguousarray(result[inner.rows_cols]))


def _strange(cut: Cut) -> NDArray[np.bool_]:
    """What has none of the colours around the box, and so is surely the object."""
    lab = cv.reordered(cv.gaussian(cut.bgr, GRAIN), "bgr lab").astype(np.float32)
    outside = lab[cut.known == OUTSIDE]
    if not len(outside):
        return np.zeros(cut.known.shape, np.bool_)
    far = np.full(cut.known.shape, np.inf, np.float32)
    for colour in outside[:: math.ceil(len(outside) / PALETTE)]:
        off = lab - colour
        np.minimum(far, np.einsum("ijk,ijk->ij", off, off), out=far)
    far[cut.known == OUTSIDE] = 0
    typical = math.sqrt(float(np.percentile(far[cut.known != OUTSIDE], 95)))
    return far > max(UNLIKE, typical / 2) ** 2


def _begun(raster: Raster, within: Rect, limit: Rect, first: int) -> Cut:
    part = cv.reordered(raster.pixels[within.rows_cols], "bgra bgr")
    scale = min(1.0, math.sqrt(LARGEST / within.size.area))
    width, height = (max(1, math.floor(side * scale)) for side in within.size)
    small = cv.resize(part, Size(width, height), "area")
    return Cut(within, limit, small, np.full((height, width), first, np.uint8))


def _small(cut: Cut, rect: Rect) -> Rect:
    """Where a rectangle of the picture lies on the small one; at least a pixel."""
    rows, cols = cut.known.shape
    across, down = cols / cut.within.size.width, rows / cut.within.size.height
    left = min(math.floor((rect.left - cut.within.left) * across), cols - 1)
    top = min(math.floor((rect.top - cut.within.top) * down), rows - 1)
    right = max(left + 1, math.ceil((rect.right - cut.within.left) * across))
    bottom = max(top + 1, math.ceil((rect.bottom - cut.within.top) * down))
    return Rect(left, top, right, bottom).clipped(Size(cols, rows))


def _pixels(cut: Cut, line: Sequence[Point]) -> list[tuple[int, int]]:
    """The small pixels x, y that a line of the picture runs over."""
    rows, cols = cut.known.shape
    across, down = cols / cut.within.size.width, rows / cut.within.size.height
    corners = [((at.x - cut.within.left) * across, (at.y - cut.within.top) * down) for at in line]
    found: dict[tuple[int, int], None] = {}
    for (ax, ay), (bx, by) in zip(corners[:1] + corners, corners, strict=False):
        count = max(1, math.ceil(math.hypot(bx - ax, by - ay)))
        for step in range(count + 1):
            x = math.floor(ax + (bx - ax) * step / count)
            y = math.floor(ay + (by - ay) * step / count)
            if 0 <= x < cols and 0 <= y < rows:
                found[x, y] = None
    return list(found)


def _whole_pieces(cut: Cut) -> Coverage:
    """The pieces that count, without the holes that do not; what was marked always counts."""
    known = cut.known
    least = NEVER if cut.alone else CRUMB
    inside = _without_crumbs(np.isin(known, (INSIDE, PERHAPS_INSIDE)), known == INSIDE, least)
    return np.invert(_without_crumbs(inside == 0, known == OUTSIDE, CRUMB))


def _without_crumbs(marks: NDArray[np.bool_], sure: NDArray[np.bool_], least: float) -> Coverage:
    """The pieces that were marked or are large enough. least: share of the largest one."""
    labels, islands = areas.components(marks.view(np.uint8))
    counts = islands[:, 4] >= least * islands[1:, 4].max(initial=0)
    counts[labels[sure]] = True
    counts[0] = False
    return np.where(counts[labels], 255, 0).astype(np.uint8)


def _steep(found: NDArray[np.float32], scale: float) -> Coverage:
    """A rim of about a pixel, out of one that is as wide as a small pixel."""
    steep = (found - np.float32(0.5)) * np.float32(max(1.0, 1 / scale)) + np.float32(0.5)
    rim: Coverage = np.clip(steep * 255 + 0.5, 0, 255).astype(np.uint8)
    return rim

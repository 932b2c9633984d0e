"""Joining: the answer inside the painted mask, the source everywhere else, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.fit import EMPTY, Fit, covering
from editor.compose.fitting.placed import in_profile, placed
from editor.compose.fitting.report import Report
from editor.compose.patch import NativePatch, Where
from editor.compose.proof import changed
from editor.compose.recipe import Recipe
from editor.edits.variant import Variant
from editor.errors import InputProblem
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.parallel import at_once
from editor.imaging.raster import Native, Raster, Samples
from editor.imaging.resample import opaque
from editor.mask.derive import blend_mask, bounds
from editor.mask.plane import Coverage

BEYOND = "The mask reaches beyond the answer; the picture stays as it was there."

Mean = NDArray[np.unsignedinteger[Any]]

_BAND = 64
# Rows mixed at once; their sums stay in the cache.


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """A joined part for the eyes: rect in source pixels, pixels (rows, cols, 4) BGRA.

    Where nothing was painted the pixels are those of the base. note: as of Joined.
    """

    rect: Rect
    pixels: NDArray[np.uint8]
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """An answer put into the picture.

    protected: pixels of coverage 0 in the whole picture. changed: how many of them differ
    after the patch is laid on, 0 in a working program. note: template of a sentence, or empty.
    report: of the fit, None where the answer was pasted.
    """

    patch: NativePatch
    protected: int
    changed: int
    note: str = ""
    report: Report | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Where an answer goes: rect holds all coverage, blend and painted are of its shape."""

    rect: Rect
    blend: Coverage
    painted: Where


def join(base: Native, variant: Variant, recipe: Recipe, fit: Fit | None = None) -> Joined:
    """Put an answer into a picture at its own depth and in its own profile.

    base: the source with what was applied before. fit: where the answer lies and in which
    colours; without one it is pasted through its placement. Works in the box of the mask only.
    Raises InputProblem when nothing is painted.
    """
    part = _part(base.size, variant, recipe, fit)
    under = base.samples[part.rect.rows_cols]
    answer = _answer(variant, recipe, fit, part.rect)
    turned = partial(in_profile, profile=base.profile)
    patch = NativePatch(part.rect, mixed(under, answer, part.blend, turned), part.painted)
    proof = changed(Native(under), Native(patch.samples), part.painted)
    outside = base.size.area - part.rect.size.area
    note = _said(part, _window(variant, fit))
    report = fit.report if fit else None
    return Joined(patch, proof.protected + outside, proof.changed, note, report)


def preview(base: Raster, variant: Variant, recipe: Recipe, fit: Fit | None = None) -> Overlay:
    """The same for the eyes: the joined part over the picture as it is shown."""
    part = _part(base.size, variant, recipe, fit)
    under = base.pixels[part.rect.rows_cols]
    answer = _answer(variant, recipe, fit, part.rect)
    pixels = cast("NDArray[np.uint8]", mixed(under, answer, part.blend))
    return Overlay(part.rect, pixels, _said(part, _window(variant, fit)))


def mixed(
    under: Samples,
    answer: NDArray[np.uint8],
    blend: Coverage,
    turned: Callable[[NDArray[np.uint8]], NDArray[np.uint8]] | None = None,
) -> Samples:
    """The answer over what lies under it; a new array of under's type and shape.

    under: (rows, cols, 3 or 4) at its own depth. answer: (rows, cols, 4); where it is clear,
    what lies under it shows. blend: (rows, cols), 0 leaves every sample of under as it is, 255
    takes the answer as it is. turned: brings some rows of the answer to the colours of under, and
    to their order, on two threads at once; not needed where they are the same.
    """
    result = np.empty_like(under, order="C")

    def mix(top: int) -> None:
        rows = slice(top, top + _BAND)
        above = turned(answer[rows]) if turned else answer[rows]
        _mix(under[rows], above, blend[rows], result[rows])

    at_once(mix, range(0, under.shape[0], _BAND))
    return result


def _part(size: Size, variant: Variant, recipe: Recipe, fit: Fit | None) -> _Part:
    coverage, window = variant.coverage, _window(variant, fit)
    if coverage is None:
        window = window.clipped(size)
        full = np.full((window.size.height, window.size.width), 255, np.uint8)
        if recipe.kept_out is not None:
            full = np.minimum(full, ~recipe.kept_out[window.rows_cols])
        return _Part(window, full, full > 0)
    coverage = recipe.may_change(coverage)
    rect = bounds(coverage)
    if rect.empty:
        raise InputProblem(EMPTY)
    # One pixel more shows the blend where the rim is; beyond the picture there is none.
    around = rect.grown(1).clipped(size)
    answered = np.zeros((around.size.height, around.size.width), np.uint8)
    seen = rect.common(window)
    if not seen.empty:
        answered[seen.seen_from(around).rows_cols] = coverage[seen.rows_cols]
    blend = blend_mask(answered, recipe.feather)[rect.seen_from(around).rows_cols]
    return _Part(rect, blend, coverage[rect.rows_cols] > 0)


def _window(variant: Variant, fit: Fit | None) -> Rect:
    return fit.window if fit else variant.placement.window


def _answer(variant: Variant, recipe: Recipe, fit: Fit | None, rect: Rect) -> NDArray[np.uint8]:
    """The answer on a part of the source, in the colours that the recipe asks for."""
    if fit is None:
        return placed(variant.raster, variant.placement, rect)
    plain, matched = covering(fit, variant, rect)
    if recipe.match <= 0 or plain is matched:
        return plain
    return matched if recipe.match >= 1 else cv.between(plain, matched, recipe.match)


def _said(part: _Part, window: Rect) -> str:
    """What to say where something is painted that the answer does not reach."""
    seen = part.rect.common(window)
    if seen == part.rect:
        return ""
    outside = part.painted.copy()
    if not seen.empty:
        outside[seen.seen_from(part.rect).rows_cols] = False
    return BEYOND if outside.any() else ""


def _mix(below: Samples, answer: NDArray[np.uint8], blend: Coverage, result: Samples) -> None:
    most, channels = np.iinfo(below.dtype).max, below.shape[2]
    clear = not opaque(answer)
    if channels == 4 and (clear or _clear(below)):
        above = answer * below.dtype.type(most // 255)
        result[...] = _between_clear(below, above, blend)
        return
    share = cv.product(blend, np.ascontiguousarray(answer[..., 3])) if clear else blend
    np.copyto(result, below)
    above = answer if channels == 4 else cv.reordered(answer, "bgra bgr")
    if most > 255:
        above = above * below.dtype.type(most // 255)
    cv.copy_into(above, np.equal(share, 255).view(np.uint8), result)
    # 0 and 255 wrap around to 255 and 254.
    rim = np.flatnonzero(share - np.uint8(1) < 254)
    if rim.size:
        flat = result.reshape(-1, channels)
        flat[rim] = _between(flat[rim], above.reshape(-1, channels)[rim], share.reshape(-1)[rim])


def _clear(below: Samples) -> bool:
    if below.dtype == np.uint8:
        return not opaque(cast("NDArray[np.uint8]", below))
    return bool(below[..., 3].min() < np.iinfo(below.dtype).max)


def _between(below: Samples, above: Samples, share: Coverage) -> Samples:
    """Weighted mean to the nearest level, of (places, channels)."""
    if below.dtype == np.uint8:
        weight = share[:, None].astype(np.uint16)
        total = below * (255 - weight) + above * weight + np.uint16(128)
        # The same as a division by 255, and never beyond 16 bits.
        return ((total + (total >> 8)) >> 8).astype(np.uint8)
    wide = share[:, None].astype(np.uint32)
    return ((below * (255 - wide) + above * wide + 127) // 255).astype(np.uint16)


def _between_clear(below: Samples, above: Samples, blend: Coverage) -> Mean:
    """The same with alpha: each colour counts as much as it is seen, alpha by itself."""
    weight = blend[..., None].astype(np.uint64)
    under, over = below[..., 3:] * (255 - weight), above[..., 3:] * weight
    seen = under + over
    colours = (below[..., :3] * under + above[..., :3] * over + seen // 2) // np.maximum(seen, 1)
    colours = np.where(seen > 0, colours, below[..., :3])
    return np.concatenate([colours, (seen + 127) // 255], axis=2)

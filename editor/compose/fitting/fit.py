"""Fit: an answer moved and coloured so that it meets the surroundings of the mask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.alignment import Alignment, Grids, aligned
from editor.compose.fitting.areas import Area, areas
from editor.compose.fitting.grain import detail
from editor.compose.fitting.neighbourhood import (
    Answer,
    Neighbourhood,
    neighbourhood,
    reduced,
    shares,
    sight,
)
from editor.compose.fitting.placed import (
    Matrix,
    at,
    back,
    common,
    fetched,
    matrix,
    moved,
    placed,
    stretch,
    times,
)
from editor.compose.fitting.report import Report
from editor.compose.fitting.texture import textured
from editor.compose.fitting.tone import Tone, tone, tone_of_frame, toned
from editor.edits.variant import Variant
from editor.errors import InputProblem
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.mask.derive import bounds

EMPTY = "Nothing is painted, so there is nothing to join; paint what may change."

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_FRAME, _NEAR, _WIDE = 160, 448, 768
# Longest sides, working pixels: to search in, to judge in, for the flow.
_MARGIN, _AROUND = 64, 0.6
# What is looked at around a mask: pixels at least, and as a share of its longest side.
_EQUAL = 0.05 / 255
_BESIDE = 48
# Source pixels around a mask by whose detail and grain those of the answer are judged.
_SHARP = 0.95
# Share of the photo's detail from which on an answer is called as sharp.
_BAND = 64


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """An answer in the grid of the source.

    rect: the part of the source it covers: the box of what is painted and a small rim.
    plain: (rows, cols, 4) BGRA, moved, with its colours as they came. matched: the same with
    colour and rim matched in full. to_answer: (2, 3), from source pixels to the answer's, of
    the largest area, tone its colours. window: the part of the source for which there is an
    answer.
    """

    rect: Rect
    plain: Bytes
    matched: Bytes
    to_answer: Matrix
    report: Report
    window: Rect
    tone: Tone | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Fields:
    """What is being written, (rows, cols, 4) of a part of the source."""

    rect: Rect
    plain: Bytes
    matched: Bytes


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """How one area of the mask is joined."""

    area: Area
    near: Neighbourhood
    alignment: Alignment
    tone: Tone | None


def fit(base: Raster, variant: Variant) -> Fit:
    """Fit an answer to what lies around its mask, each area on its own.

    base: the picture as it is shown. Without a mask the answer stays in its placement. Pure;
    takes some 0.1 s and more: off the GUI thread. Raises InputProblem when nothing is painted.
    """
    start = matrix(variant.placement, variant.raster.size)
    window = variant.placement.window.clipped(base.size)
    if variant.coverage is None:
        pixels = placed(variant.raster, variant.placement, window)
        return Fit(window, pixels, pixels, start, Report(), window)
    box = bounds(variant.coverage)
    if box.empty:
        raise InputProblem(EMPTY)
    rect = box.grown(1).clipped(base.size)
    plain = placed(variant.raster, variant.placement, rect)
    pieces = _pieces(base, variant, box, start)
    if not pieces:
        return Fit(rect, plain, plain, start, Report(fitted=False), window)
    if all(_same(piece, start) for piece in pieces):
        return Fit(rect, plain, plain, start, Report(), window)
    plain = np.ascontiguousarray(plain)
    matched = plain.copy()
    details = [
        _draw(base, piece, variant, start, _Fields(rect, plain, matched)) for piece in pieces
    ]
    first = pieces[0]
    report = _report(start, first, details[0])
    there = first.alignment.to_answer
    return Fit(rect, plain, matched, there, report, window, first.tone)


def covering(fit: Fit, variant: Variant, rect: Rect) -> tuple[Bytes, Bytes]:
    """Plain and matched on any part of the source, such as one that was let in beyond it."""
    if common(rect, fit.rect) == rect:
        part = moved(rect, fit.rect).rows_cols
        plain = fit.plain[part]
        return plain, plain if fit.matched is fit.plain else fit.matched[part]
    plain = fetched(variant.raster, times(_from(rect), fit.to_answer), rect.size)
    matched = toned(plain, rect, fit.tone) if fit.tone else plain.copy()
    seen = common(rect, fit.rect)
    if not seen.empty:
        target, part = moved(seen, rect).rows_cols, moved(seen, fit.rect).rows_cols
        plain[target], matched[target] = fit.plain[part], fit.matched[part]
    return plain, matched


def _pieces(base: Raster, variant: Variant, box: Rect, start: Matrix) -> list[_Piece]:
    """Every area that was recognised in the answer, the largest first; the rest as placed."""
    assert variant.coverage is not None
    window = variant.placement.window.clipped(base.size)
    if not box.overlaps(window):
        return []
    frame = neighbourhood(base, variant.coverage, window, _FRAME)
    pieces = []
    for area in areas(variant.coverage, box):
        if not area.box.overlaps(window):
            continue
        margin = max(_MARGIN, round(_AROUND * max(area.box.size)))
        part = common(area.box.grown(margin), window)
        own = area.own(part)
        small, near, wide = (
            neighbourhood(base, variant.coverage, part, longest, own)
            for longest in (_FRAME, _NEAR, _WIDE)
        )
        answer = reduced(variant.raster, start, wide)
        found = aligned(Grids(frame, near, small, wide), answer, start)
        if found is None:
            continue
        pieces.append(_Piece(area, found.near, found, _tone(frame, answer, found)))
    return pieces


def _tone(frame: Neighbourhood, answer: Answer, found: Alignment) -> Tone | None:
    whole = sight(frame, answer, found.to_answer)
    match = tone if found.at_rim else tone_of_frame
    return match(frame, whole, found.near, found.seen)


def _same(piece: _Piece, start: Matrix) -> bool:
    """Whether the answer kept the surroundings as they were, so that nothing is to be done."""
    alignment, near = piece.alignment, piece.near
    if alignment.to_answer is not start or alignment.bend is not None or piece.tone is not None:
        return False
    ring = near.outside & alignment.seen.there
    differs = np.abs(alignment.seen.colours - near.colours)[ring]
    return not differs.size or float(differs.mean()) < _EQUAL


def _draw(
    base: Raster, piece: _Piece, variant: Variant, start: Matrix, onto: _Fields
) -> float | None:
    """Write an area's pixels where it is; its share of the photo's detail."""
    assert variant.coverage is not None
    window = common(Rect(0, 0, *base.size), variant.placement.window)
    wide = common(piece.area.box.grown(_BESIDE), window)
    seen = common(wide, onto.rect)
    plain = _drawn(piece, variant, start, wide)
    matched = toned(plain, wide, piece.tone) if piece.tone else plain
    source, paint = base.pixels[wide.rows_cols], variant.coverage[wide.rows_cols] > 0
    own = piece.area.own(wide)
    inside = paint if own is None else paint & (own > 0)
    outside = ~paint & (source[..., 3] == 255) & (matched[..., 3] == 255)
    came, was = shares(matched), shares(source)
    share = detail(came, was, outside)
    after = textured(came, was, outside, inside)
    if after is not came:
        matched = matched.copy()
        matched[..., :3] = cv.as_bytes(after)
    part = moved(seen, wide).rows_cols
    for target, pixels in ((onto.plain, plain), (onto.matched, matched)):
        target_part = target[moved(seen, onto.rect).rows_cols]
        if own is None:
            target_part[...] = pixels[part]
        else:
            np.copyto(target_part, pixels[part], where=(own[part] > 0)[..., None])
    return share if share < _SHARP else None


def _drawn(piece: _Piece, variant: Variant, start: Matrix, rect: Rect) -> Bytes:
    """The answer on a part of the source, colours as they came."""
    there, bend = piece.alignment.to_answer, piece.alignment.bend
    if bend is None:
        if there is start:
            return placed(variant.raster, variant.placement, rect)
        return fetched(variant.raster, times(_from(rect), there), rect.size)
    near = piece.near
    steps = bend * np.float32(near.to_source[0, 0])
    room = int(np.abs(steps).max()) + 4
    wide = rect.grown(room)
    plain = fetched(variant.raster, times(_from(wide), there), wide.size)
    result = plain[room:-room, room:-room].copy()
    to_bend = times(_from(rect), back(near.to_source))
    across = np.arange(rect.size.width, dtype=np.float32)[None]
    for top in range(0, len(result), _BAND):
        rows = result[top : top + _BAND]
        size = Size(rows.shape[1], rows.shape[0])
        step = cv.warp(steps, times(np.array([[1.0, 0, 0], [0, 1, top]]), to_bend), size, "linear")
        down = np.arange(size.height, dtype=np.float32)[:, None]
        part = np.ascontiguousarray(plain[top : top + size.height + 2 * room])
        xs, ys = step[..., 0] + across + room, step[..., 1] + down + room
        rows[...] = cv.remap(part, xs, ys, "cubic")
    return result


def _from(rect: Rect) -> Matrix:
    """From pixels of a part to those of the source."""
    return np.array([[1.0, 0, rect.left], [0, 1, rect.top]])


def _report(start: Matrix, piece: _Piece, share: float | None) -> Report:
    box, there = piece.area.box, piece.alignment.to_answer
    x, y = (box.left + box.right - 1) / 2, (box.top + box.bottom - 1) / 2
    was = at(back(start), *at(there, x, y))
    return Report(
        shift=(x - was[0], y - was[1]),
        scale=stretch(start) / stretch(there),
        colour=piece.tone.share if piece.tone else 0.0,
        detail=share,
    )

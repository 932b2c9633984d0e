"""Fit: an answer moved and coloured so that it meets the surroundings of the mask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.alignment import Alignment, Grids, aligned
from editor.compose.fitting.areas import Area, areas
from editor.compose.fitting.neighbourhood import (
    Answer,
    Neighbourhood,
    look,
    neighbourhood,
    reduced,
    sight,
    smaller,
)
from editor.compose.fitting.placed import (
    Matrix,
    at,
    back,
    fetched,
    matrix,
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
from editor.imaging.resample import opaque
from editor.mask.derive import bounds
from editor.mask.plane import Coverage

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
_EVERY = 3
# Of so many pixels along a side one is looked at, to tell whether all are the same.
_WON = 0.5
# Share of the error at the rim from which on an answer that was moved is far nearer than it came.
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
class _Drawn:
    """The pixels of an area, (rows, cols, 4) of a part of the source.

    own: (rows, cols), 1 where they belong to the area; None when all do. detail: its share
    of the photo's, None if as sharp.
    """

    rect: Rect
    plain: Bytes
    matched: Bytes
    own: Coverage | None
    detail: float | None


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
    if _untouched(base, variant, box, window):
        plain = placed(variant.raster, variant.placement, rect)
        return Fit(rect, plain, plain, start, Report(), window)
    pieces = _pieces(base, variant, box, start)
    if all(_same(piece, start) for piece in pieces):
        plain = placed(variant.raster, variant.placement, rect)
        return Fit(rect, plain, plain, start, Report(fitted=bool(pieces)), window)
    drawn = [_draw(base, piece, variant, start) for piece in pieces]
    plain, matched = _together(drawn, variant, rect)
    first = pieces[0]
    report = _report(start, first, drawn[0].detail)
    there = first.alignment.to_answer
    return Fit(rect, plain, matched, there, report, window, first.tone)


def covering(fit: Fit, variant: Variant, rect: Rect) -> tuple[Bytes, Bytes]:
    """Plain and matched on any part of the source, such as one that was let in beyond it."""
    if rect.common(fit.rect) == rect:
        part = rect.seen_from(fit.rect).rows_cols
        plain = fit.plain[part]
        return plain, plain if fit.matched is fit.plain else fit.matched[part]
    plain = fetched(variant.raster, times(_from(rect), fit.to_answer), rect.size)
    matched = toned(plain, rect, fit.tone) if fit.tone else plain.copy()
    seen = rect.common(fit.rect)
    if not seen.empty:
        target, part = seen.seen_from(rect).rows_cols, seen.seen_from(fit.rect).rows_cols
        plain[target], matched[target] = fit.plain[part], fit.matched[part]
    return plain, matched


def _untouched(base: Raster, variant: Variant, box: Rect, window: Rect) -> bool:
    """Whether an answer in the size of its window has the same pixels as the source around it."""
    assert variant.coverage is not None
    if variant.raster.size != variant.placement.window.size:
        return False
    part = box.grown(_MARGIN).common(window)
    source, outside = base.pixels[part.rows_cols], variant.coverage[part.rows_cols] == 0
    answer = variant.raster.pixels[part.seen_from(variant.placement.window).rows_cols]
    some = (slice(None, None, _EVERY), slice(None, None, _EVERY))
    where = outside[some]
    return bool(where.any() and np.array_equal(source[some][where], answer[some][where]))


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
        part = area.box.grown(margin).common(window)
        own = area.own(part)
        seen = look(base, variant.coverage, part, _WIDE, own)
        small, near, wide = (smaller(seen, longest) for longest in (_FRAME, _NEAR, _WIDE))
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


def _draw(base: Raster, piece: _Piece, variant: Variant, start: Matrix) -> _Drawn:
    """An area's pixels where it is, and a little around it."""
    assert variant.coverage is not None
    window = variant.placement.window.clipped(base.size)
    wide = piece.area.box.grown(_BESIDE).common(window)
    plain = _drawn(piece, variant, start, wide)
    matched = toned(plain, wide, piece.tone) if piece.tone else plain
    source, outside = base.pixels[wide.rows_cols], variant.coverage[wide.rows_cols] == 0
    own = piece.area.own(wide)
    inside = ~outside if own is None else ~outside & (own > 0)
    for pixels in (source, matched):
        if not opaque(pixels):
            outside &= pixels[..., 3] == 255
    matched, share = textured(matched, source, outside, inside, won=piece.alignment.won > _WON)
    return _Drawn(wide, plain, matched, own, share if share < _SHARP else None)


def _together(drawn: list[_Drawn], variant: Variant, rect: Rect) -> tuple[Bytes, Bytes]:
    """Plain and matched of all areas; between them the answer as it is placed."""
    first = drawn[0]
    if len(drawn) == 1 and first.own is None and rect.common(first.rect) == rect:
        part = rect.seen_from(first.rect).rows_cols
        plain = first.plain[part]
        return plain, plain if first.matched is first.plain else first.matched[part]
    plain = np.array(placed(variant.raster, variant.placement, rect), order="C")
    matched = plain.copy()
    for each in drawn:
        seen = each.rect.common(rect)
        part = seen.seen_from(each.rect).rows_cols
        where = True if each.own is None else (each.own[part] > 0)[..., None]
        for target, pixels in ((plain, each.plain), (matched, each.matched)):
            np.copyto(target[seen.seen_from(rect).rows_cols], pixels[part], where=where)
    return plain, matched


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

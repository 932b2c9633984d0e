"""Fit: an answer moved and coloured so that it meets the surroundings of the mask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.compose import colour, registration, rim
from editor.compose.neighbourhood import Neighbourhood, Sight, neighbourhood, sight
from editor.compose.placed import (
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
from editor.compose.report import Report
from editor.edits.variant import Variant
from editor.errors import InputProblem
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.raster import Raster
from editor.mask.derive import bounds

EMPTY = "Nothing is painted, so there is nothing to join; paint what may change."

Floats = NDArray[np.float32]

_FRAME, _NEAR = 160, 768
# Longest sides, working pixels: of the whole frame, and of a mask with what is around it.
_GAIN = 0.97
# A step must leave less than this of the rim's error to be kept.
_ALIKE = 0.45
_SAME_COLOUR = 0.15
# Share of full by which flat surroundings may differ and still be the same.
_BAND = 64


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """An answer in the grid of the source.

    rect: the part of the source it covers: the box of what is painted and a small rim.
    plain: (rows, cols, 4) BGRA, moved, with its colours as they came. matched: the same with
    colour and rim matched in full. to_answer: (2, 3), from source pixels to the answer's.
    window: the part of the source for which there is an answer.
    """

    rect: Rect
    plain: NDArray[np.uint8]
    matched: NDArray[np.uint8]
    to_answer: Matrix
    report: Report
    window: Rect


@dataclass(frozen=True, slots=True, eq=False)
class _Tone:
    """Colours: a line per channel, then a field (rows, cols, 3) in the grid of a neighbourhood."""

    line: Floats
    field: Floats | None
    near: Neighbourhood


def fit(base: Raster, variant: Variant) -> Fit:
    """Fit an answer to what lies around its mask. Pure; takes some 0.1 s: off the GUI thread.

    base: the picture as it is shown. Without a mask the answer stays in its placement. Raises
    InputProblem when nothing is painted.
    """
    start = matrix(variant.placement, variant.raster.size)
    window = variant.placement.window
    if variant.coverage is None:
        window = window.clipped(base.size)
        pixels = placed(variant.raster, variant.placement, window)
        return Fit(window, pixels, pixels, start, Report(), window)
    box = bounds(variant.coverage)
    if box.empty:
        raise InputProblem(EMPTY)
    rect = box.grown(1).clipped(base.size)
    near = _near(base, variant, box)
    if near is None:
        return _as_placed(variant, rect, Report(fitted=False))
    there = _registered(base, variant, near, start)
    if there is None:
        return _as_placed(variant, rect, Report(fitted=False))
    tone = _tone(near, sight(near, variant.raster, there))
    plain, reach = _drawn(variant, rect, there, start)
    matched = _coloured(plain, rect, tone) if tone else plain
    gain = float(tone.line[0].mean()) - 1 if tone else 0.0
    return Fit(rect, plain, matched, there, _report(start, there, box, gain), reach)


def covering(fit: Fit, variant: Variant, rect: Rect) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Plain and matched on any part of the source; beyond the fit's own rect both are plain."""
    if common(rect, fit.rect) == rect:
        part = moved(rect, fit.rect).rows_cols
        plain = fit.plain[part]
        return plain, plain if fit.matched is fit.plain else fit.matched[part]
    wide = fetched(variant.raster, times(_from(rect), fit.to_answer), rect.size)
    matched = wide.copy()
    seen = common(rect, fit.rect)
    if not seen.empty:
        target, part = moved(seen, rect).rows_cols, moved(seen, fit.rect).rows_cols
        wide[target], matched[target] = fit.plain[part], fit.matched[part]
    return wide, matched


def _near(base: Raster, variant: Variant, box: Rect) -> Neighbourhood | None:
    assert variant.coverage is not None
    margin = max(64, round(0.6 * max(box.size)))
    around = common(box.grown(margin), common(whole(base.size), variant.placement.window))
    if around.empty or not box.overlaps(variant.placement.window):
        return None
    return neighbourhood(base, variant.coverage, around, _NEAR)


def _registered(
    base: Raster, variant: Variant, near: Neighbourhood, start: Matrix
) -> Matrix | None:
    """The way to the answer after each step that made the rim meet better.

    None where the answer shows something else than the source.
    """
    assert variant.coverage is not None
    rect = common(whole(base.size), variant.placement.window)
    frame = neighbourhood(base, variant.coverage, rect, _FRAME)
    best, least = start, _error(near, variant.raster, start)
    if registration.flat(frame):
        seen = sight(near, variant.raster, start)
        if rim.step(near, seen.colours, rim.beside(near, seen)) > _SAME_COLOUR:
            return None
    else:
        guess, alike = _searched(frame, variant.raster, start, 0.12)
        if alike < _ALIKE:
            return None
        error = _error(near, variant.raster, guess)
        if error < least * _GAIN:
            best, least = guess, error
    small = neighbourhood(base, variant.coverage, near.rect, _FRAME)
    for how in ("search", "flow", "flow"):
        if how == "search":
            there, _ = _searched(small, variant.raster, best, 0.06)
        else:
            there = _by_flow(near, variant.raster, best)
        error = _error(near, variant.raster, there)
        if error < least * _GAIN:
            best, least = there, error
    return best


def _searched(
    near: Neighbourhood, answer: Raster, start: Matrix, reach: float
) -> tuple[Matrix, float]:
    found = registration.search(near, sight(near, answer, start), reach)
    return times(_in_source(near, found.move), start), found.likeness


def _by_flow(near: Neighbourhood, answer: Raster, start: Matrix) -> Matrix:
    """A better way by the flow within a reach of the rim, or the same."""
    found = registration.flow(near, sight(near, answer, start))
    if found is None:
        return start
    reach = max(24.0, 0.12 * max(near.size))
    agreed = registration.similarity(found, near.away <= reach, 3.0)
    return times(_in_source(near, agreed[0]), start) if agreed else start


def _in_source(near: Neighbourhood, move: Matrix) -> Matrix:
    """A move between working pixels as one between source pixels."""
    return times(times(back(near.to_source), move), near.to_source)


def _error(near: Neighbourhood, answer: Raster, there: Matrix) -> float:
    seen = sight(near, answer, there)
    ring = rim.beside(near, seen)
    if not ring.any():
        return 1.0
    return rim.step(near, colour.toned(seen.colours, _line(near, seen)), ring)


def _line(near: Neighbourhood, seen: Sight) -> Floats:
    ring = rim.beside(near, seen, 60.0)
    return colour.gain_offset(cv.gaussian(seen.colours, 6), cv.gaussian(near.colours, 6), ring)


def _tone(near: Neighbourhood, seen: Sight) -> _Tone | None:
    """The colours, each step only if the rim meets better with it."""
    ring = rim.beside(near, seen)
    line, colours = np.array([[1, 1, 1], [0, 0, 0]], np.float32), seen.colours
    least = rim.step(near, colours, ring)
    if least < 0.5 / 255:
        return None
    candidate = _line(near, seen)
    toned = colour.toned(colours, candidate)
    error = rim.step(near, toned, ring)
    if error < least * _GAIN:
        line, colours, least = candidate, toned, error
    field = rim.membrane(near, colours, rim.beside(near, seen, 12.0))
    if rim.step(near, colours + field, ring) >= least * _GAIN:
        return _Tone(line, None, near)
    return _Tone(line, field, near)


def _as_placed(variant: Variant, rect: Rect, report: Report) -> Fit:
    start = matrix(variant.placement, variant.raster.size)
    pixels = placed(variant.raster, variant.placement, rect)
    return Fit(rect, pixels, pixels, start, report, variant.placement.window)


def _drawn(
    variant: Variant, rect: Rect, there: Matrix, start: Matrix
) -> tuple[NDArray[np.uint8], Rect]:
    """The answer on a part of the source, and how far it reaches."""
    window = variant.placement.window
    if there is start:
        return placed(variant.raster, variant.placement, rect), window
    seen = common(rect, window)
    part = np.zeros((rect.size.height, rect.size.width, 4), np.uint8)
    onto = part[moved(seen, rect).rows_cols]
    onto[...] = fetched(variant.raster, times(_from(seen), there), seen.size)
    return part, window


def _coloured(plain: NDArray[np.uint8], rect: Rect, tone: _Tone) -> NDArray[np.uint8]:
    levels = np.arange(256, dtype=np.float32)[:, None] / np.float32(255)
    table = np.full((256, 4), 0, np.uint8)
    table[:, :3] = np.clip(np.rint(colour.toned(levels, tone.line) * 255), 0, 255)
    table[:, 3] = np.arange(256)
    result = cv.looked_up(plain, table)
    if tone.field is None:
        return result
    to_field = times(_from(rect), back(tone.near.to_source))
    field = tone.field * 255
    for top in range(0, len(result), _BAND):
        rows = result[top : top + _BAND]
        there = times(np.array([[1.0, 0, 0], [0, 1, top]]), to_field)
        add = cv.warp(field, there, Size(rows.shape[1], rows.shape[0]), "linear")
        rows[..., :3] = np.clip(np.rint(rows[..., :3] + add), 0, 255)
    return result


def _from(rect: Rect) -> Matrix:
    """From pixels of a part to those of the source."""
    return np.array([[1.0, 0, rect.left], [0, 1, rect.top]])


def _report(start: Matrix, there: Matrix, box: Rect, gain: float) -> Report:
    x, y = (box.left + box.right - 1) / 2, (box.top + box.bottom - 1) / 2
    was = at(back(start), *at(there, x, y))
    return Report(
        shift=(x - was[0], y - was[1]),
        scale=stretch(start) / stretch(there),
        colour=gain,
    )

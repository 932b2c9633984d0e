"""Tone: an answer's colours matched to its surroundings, found small, applied at full size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import colour, rim
from editor.compose.fitting.alignment import GAIN, RING
from editor.compose.fitting.colour import IDENTITY, Curve
from editor.compose.fitting.neighbourhood import Neighbourhood, Sight
from editor.compose.fitting.placed import back, times
from editor.compose.fitting.rule import from_afar, places, rule
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

UNSEEN = 0.5 / 255
"""Step at the rim below which nothing is done."""

_LINE_GAIN = 0.9
# Few colours are beside a rim, so a line through them must tell more than another step.
_SURE = 0.5
# Share of the step below which a rule is no chance, so that it need not be tried from afar.
_BAND = 16
# Rows at once; they stay in the cache.


@dataclass(frozen=True, slots=True, eq=False)
class Tone:
    """curve, then gain (rows, cols) and added (rows, cols, 3) in the grid of a neighbourhood.

    share: mean gain of the brightness, less 1.
    """

    curve: Curve
    gain: Floats | None
    added: Floats
    near: Neighbourhood
    share: float


def tone(frame: Neighbourhood, whole: Sight, near: Neighbourhood, seen: Sight) -> Tone | None:
    """Find the colours, each step kept only if the rim meets better; None for no change.

    whole, seen: the aligned answer in the grids of the frame and of the mask.
    """
    ring = rim.beside(near, seen)
    least = rim.step(near, seen.soft, ring)
    if not ring.any() or least < UNSEEN:
        return None
    best, gain, soft = IDENTITY, None, seen.soft
    by_line, by_frame = _line(near, seen), rule(frame, whole)
    after = rim.step(near, by_line.of(soft), ring)
    if after < least * _LINE_GAIN:
        best, soft, known = by_line, by_line.of(soft), seen.soft[rim.beside(near, seen, RING)]
    if by_frame is not None:
        shade = by_frame.shaded(places(near, frame))
        shaded = by_frame.of(seen.soft) * shade
        error = rim.step(near, shaded, ring)
        # One rule for the whole frame says more of the inside than the rim alone does.
        better = error < least * GAIN and error < after / GAIN
        if better and (error < least * _SURE or _foretold(frame, whole, near, seen, least)):
            best, gain, soft, known = by_frame, shade, shaded, _all(frame, whole)
    added = np.zeros_like(soft)
    if best is not IDENTITY:
        added = (1 - colour.familiar(seen.soft, known)) * (seen.soft - soft)
    least = rim.step(near, soft + added, ring)
    closing = rim.membrane(near, soft + added, near.outside & seen.there)
    if rim.step(near, soft + added + closing, ring) < least * GAIN:
        added = added + closing
    elif best is IDENTITY:
        return None
    share = _share(near, seen, soft + added)
    return Tone(best, None if gain is None else gain[..., 0], added, near, share)


def tone_of_frame(
    frame: Neighbourhood, whole: Sight, near: Neighbourhood, seen: Sight
) -> Tone | None:
    """The same where the rim runs through a thing that the answer drew anew: the frame's rule."""
    found = rule(frame, whole)
    if found is None:
        return None
    shade = found.shaded(places(near, frame))
    soft = found.of(seen.soft) * shade
    added = (1 - colour.familiar(seen.soft, _all(frame, whole))) * (seen.soft - soft)
    return Tone(found, shade[..., 0], added, near, _share(near, seen, soft + added))


def toned(plain: Bytes, rect: Rect, tone: Tone) -> Bytes:
    """Pixels (rows, cols, 4) of a part of the source in other colours."""
    levels = np.repeat(np.arange(256, dtype=np.float32)[:, None], 3, axis=1) / np.float32(255)
    table = np.empty((256, 4), np.uint8)
    table[:, :3] = np.clip(np.rint(tone.curve.of(levels) * 255), 0, 255)
    table[:, 3] = np.arange(256)
    result = cv.looked_up(np.ascontiguousarray(plain), table)
    to_field = times(np.array([[1.0, 0, rect.left], [0, 1, rect.top]]), back(tone.near.to_source))
    none = np.zeros(tone.near.depth.shape, np.float32)
    added = cv.merged(*(tone.added.transpose(2, 0, 1) * np.float32(255)), none)
    more = None if tone.gain is None else cv.merged(*[tone.gain - 1] * 3, none)
    for top in range(0, len(result), _BAND):
        rows = result[top : top + _BAND]
        size = Size(rows.shape[1], rows.shape[0])
        there = times(np.array([[1.0, 0, 0], [0, 1, top]]), to_field)
        shift = cv.warp(added, there, size, "linear")
        if more is not None:
            shift += cv.times_floats(rows, cv.warp(more, there, size, "linear"))
        cv.add_into(shift, rows)
    return result


def _line(near: Neighbourhood, seen: Sight) -> Curve:
    return colour.line(seen.soft, near.soft, rim.beside(near, seen, RING))


def _foretold(
    frame: Neighbourhood, whole: Sight, near: Neighbourhood, seen: Sight, least: float
) -> bool:
    """Whether what lies farther away also brings the rim nearer, where it can be asked."""
    found = from_afar(frame, whole)
    if found is None:
        return True
    shaded = found.of(seen.soft) * found.shaded(places(near, frame))
    return rim.step(near, shaded, rim.beside(near, seen)) < least * GAIN


def _all(frame: Neighbourhood, whole: Sight) -> Floats:
    return whole.soft[frame.outside & whole.there]


def _share(near: Neighbourhood, seen: Sight, soft: Floats) -> float:
    inside = near.depth > 0
    was = float(seen.soft[inside].mean())
    return float(soft[inside].mean()) / max(was, 1 / 255) - 1

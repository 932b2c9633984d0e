"""Drift: a whole answer beside the source, small, without what models do to every picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.placed import Matrix, back, fetched, matrix, times
from editor.compose.patch import Where
from editor.edits.variant import Variant
from editor.imaging import cv, matching
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster

LONGEST = 320
"""Longest side at which a frame is looked at; grain and compression are gone, shapes are not."""

TINT = 12.0
"""Units of CIELAB by which light or colour may drift slowly across a frame: that is no change."""

_PASSES = ((0.12, 1 / 8), (0.06, 1 / 16), (0.03, 1 / 32))
# Farthest step that is followed, and the blur of the bend, as shares of the width. A bend is
# smooth: what moved by itself is not followed, so it stays a change.

_SAME_PLACE = 2.0
# Pixels by which the way there and back may miss its start.

_SMALLEST = 32
# Pixels; the flow needs some room.

_HOLD, _ROUNDS = 0.02, 5
# Weight of identity in the fit of colours, and rounds of its weights.

_SOFT = 1.5
# Pixels of blur before colours are compared; finer differences are grain.

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A source and an answer in one small grid, (rows, cols) in all planes.

    rect: the part of the source that is covered. source, answer: BGR, 0..1. painted: what may
    change. seen: protected places for which there is an answer.
    """

    rect: Rect
    source: Floats
    answer: Floats
    painted: Where
    seen: Where

    @property
    def size(self) -> Size:
        return Size(self.source.shape[1], self.source.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """A frame after its drift was taken off.

    source, answer: CIELAB, softened. grey: brightness of both, 0..1. tone: how far the
    colours had gone on average, 0..1.
    """

    frame: Frame
    source: Floats
    answer: Floats
    grey: tuple[Floats, Floats]
    tone: float


def framed(base: Raster, variant: Variant, to_answer: Matrix) -> Frame:
    """Look at a whole window, as far as it lies on the picture.

    to_answer: from source pixels to those of the answer, as fitted around the mask. What meets
    there may be astray elsewhere: the placement itself is taken where the frame is nearer to it.
    """
    window = variant.placement.window.clipped(base.size)
    factor = min(1.0, LONGEST / max(window.size))
    width, height = (max(round(side * factor), 1) for side in window.size)
    size = Size(width, height)
    under = cv.resize(base.pixels[window.rows_cols], size, "area")
    painted = np.ones((height, width), np.bool_)
    if variant.coverage is not None:
        painted = cv.resize(variant.coverage[window.rows_cols], size, "area") > 0
    free, source = ~painted & (under[..., 3] == 255), _shares(under)
    to_source = back(matrix(Placement(window, size), size))
    ways = [to_answer, matrix(variant.placement, variant.raster.size)]
    found: list[tuple[float, Frame]] = []
    for way in ways[:1] if np.allclose(ways[0], ways[1]) else ways:
        there = times(to_source, way)
        above = fetched(variant.raster, there, size)
        seen = free & _reached(there, size, variant.raster.size) & (above[..., 3] == 255)
        frame = Frame(window, source, _shares(above), painted, seen)
        apart = np.abs(frame.source - frame.answer)[seen]
        found.append((float(apart.mean()) if apart.size else 1.0, frame))
    return min(found, key=lambda one: one[0])[1]


def settled(frame: Frame) -> Settled:
    """Take off what models do to every picture: a smooth bend, a tint, a slow change of light."""
    frame = _unbent(frame)
    line = _line(cv.gaussian(frame.answer, 3.0), cv.gaussian(frame.source, 3.0), frame.seen)
    toned = np.clip(frame.answer * line[0] + line[1], 0, 1)
    tone = 0.0
    if frame.seen.any():
        tone = float(np.abs((toned - frame.answer)[frame.seen].mean(axis=0)).max())
    source, answer = _lab(frame.source), _lab(toned)
    # Softened, the answer's own picture would reach out of the mask; the source is put there.
    kept = _lab(np.where(frame.painted[..., None], frame.source, toned))
    answer = np.where(frame.painted[..., None], answer, kept)
    away = source - answer
    calm = frame.seen & ((away**2).sum(axis=2) < TINT**2)
    answer = answer + _spread(away, calm, 1 / 8)
    grey = cv.reordered(frame.source, "bgr grey"), cv.reordered(toned, "bgr grey")
    return Settled(frame, source, answer, grey, tone)


def _unbent(frame: Frame) -> Frame:
    """The answer pulled back along a smooth field of steps."""
    if min(frame.size) < _SMALLEST:
        return frame
    rows, cols = frame.seen.shape
    xs, ys = np.meshgrid(np.arange(cols, dtype=np.float32), np.arange(rows, dtype=np.float32))
    moves = np.zeros((rows, cols, 2), np.float32)
    answer, source = frame.answer, _bytes(frame.source)
    for far, blur in _PASSES:
        steps, trusted = _flow(source, _bytes(answer), xs, ys)
        trusted &= frame.seen & ((steps**2).sum(axis=2) < (far * cols) ** 2)
        moves += _spread(steps, trusted, blur)
        answer = cv.remap(frame.answer, xs + moves[..., 0], ys + moves[..., 1], "linear")
    return replace(frame, answer=answer)


def _flow(
    one: NDArray[np.uint8], other: NDArray[np.uint8], xs: Floats, ys: Floats
) -> tuple[Floats, Where]:
    """Steps from one picture to another, and where the way back agrees."""
    there, again = matching.flow(one, other), matching.flow(other, one)
    missed = there + cv.remap(again, xs + there[..., 0], ys + there[..., 1], "linear")
    return there, (missed**2).sum(axis=2) < _SAME_PLACE**2


def _spread(field: Floats, where: Where, blur: float) -> Floats:
    """Values of some places carried over to the others; fades to 0 where none is near.

    blur: its deviation as a share of the width. Found on a coarse grid, as it is smooth.
    """
    rows, cols = where.shape
    sigma = blur * cols
    coarse = max(sigma / 3, 1.0)
    size = Size(max(round(cols / coarse), 1), max(round(rows / coarse), 1))
    known = where.astype(np.float32)
    weight = cv.gaussian(cv.resize(known, size, "area"), sigma / coarse)
    sums = cv.gaussian(cv.resize(field * known[..., None], size, "area"), sigma / coarse)
    weight = np.maximum(weight, 0.05, dtype=np.float32)
    mean = (sums / weight[..., None]).astype(np.float32)
    return cv.resize(mean, Size(cols, rows), "linear")


def _line(answer: Floats, source: Floats, where: Where) -> Floats:
    """Robust line per channel, (2, 3): gains, offsets; held near identity.

    Huber weights (Huber, 1964) with a ridge towards gain 1 and offset 0.
    """
    found = np.array([[1, 1, 1], [0, 0, 0]], np.float32)
    here, there = answer[where][::4], source[where][::4]
    for channel in range(3 if len(here) else 0):
        x, y = here[:, channel].astype(np.float64), there[:, channel]
        known, weights = np.stack([x, np.ones_like(x)], axis=1), np.ones(len(x))
        line = np.array([1.0, 0.0])
        for _ in range(_ROUNDS):
            weighed = known * weights[:, None]
            square = weighed.T @ known / len(x) + _HOLD * np.eye(2)
            line = np.linalg.solve(square, weighed.T @ y / len(x) + (_HOLD, 0))
            missed = np.abs(known @ line - y)
            weights = 1 / np.maximum(1, (missed / (3 * np.median(missed) + 1e-3)) ** 2)
        found[:, channel] = line
    return found


def _reached(there: Matrix, size: Size, answer: Size) -> Where:
    """Which places of a grid lie on an answer."""
    xs, ys = np.arange(size.width), np.arange(size.height)[:, None]
    across = there[0, 0] * xs + there[0, 1] * ys + there[0, 2]
    down = there[1, 0] * xs + there[1, 1] * ys + there[1, 2]
    inside: Where = (across >= -0.5) & (across <= answer.width - 0.5)
    inside &= (down >= -0.5) & (down <= answer.height - 0.5)
    return inside


def _lab(colours: Floats) -> Floats:
    return cv.reordered(cv.gaussian(colours, _SOFT), "bgr lab")


def _shares(pixels: NDArray[np.uint8]) -> Floats:
    return pixels[..., :3].astype(np.float32) * np.float32(1 / 255)


def _bytes(colours: Floats) -> NDArray[np.uint8]:
    return np.rint(cv.reordered(np.clip(colours, 0, 1), "bgr grey") * 255).astype(np.uint8)

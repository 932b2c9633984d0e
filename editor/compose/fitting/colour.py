"""Colour: the curve that brings an answer to its surroundings, held near identity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.compose.patch import Where
from editor.imaging import cv

Floats = NDArray[np.float32]
Exact = NDArray[np.float64]

HOLD = 0.01
"""Weight of identity against the pairs; colours that the ring does not show stay put."""

MOST = 1.4
"""Gain from which on an answer was not tinted but shows something else."""

SEEN = 0.001
"""Share of the surroundings that a colour must have to be corrected in full."""

_ROUNDS = 5
_MOST_PAIRS = 3_000
_CELLS = 16
# Steps of each channel in which colours are counted.


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """From an answer's colours to the source's: y = (offset + gain x + bend x²), then shaded.

    offset, gain, bend: (3,) BGR. shade: (5,) of x, y, x², xy, y², places -1..1 over a
    rectangle of the source; what the brightness gains there.
    """

    offset: Exact
    gain: Exact
    bend: Exact
    shade: Exact

    def of(self, colours: Floats) -> Floats:
        """Colours (..., 3) through the curve, unshaded."""
        line = np.asarray([self.offset, self.gain, self.bend], np.float32)
        curved: Floats = line[0] + colours * (line[1] + colours * line[2])
        return curved

    def shaded(self, places: Floats) -> Floats:
        """Gain at places (..., 2): (..., 1)."""
        # As a matrix times a vector of float32, BLAS would also look at what was left on the
        # stack, and numpy would tell of an invalid value there (seen in OpenBLAS 0.3.31).
        x, y = places[..., :1], places[..., 1:]
        by_x, by_y, by_xx, by_xy, by_yy = self.shade.astype(np.float32)
        gain: Floats = 1 + x * (by_x + by_xx * x + by_xy * y) + y * (by_y + by_yy * y)
        return gain


IDENTITY = Curve(np.zeros(3), np.ones(3), np.zeros(3), np.zeros(5))


def line(answer: Floats, source: Floats, where: Where) -> Curve:
    """Gain and offset per channel over pairs of pixels; answer, source: (rows, cols, 3).

    Identity where the pairs tell of no mere change of light.
    """
    places = np.zeros((*where.shape, 2), np.float32)
    found = _fitted(answer, source, where, places, (HOLD, None, None))
    mild = found.gain.min() > 1 / MOST and found.gain.max() < MOST
    return found if mild else IDENTITY


def curve(answer: Floats, source: Floats, where: Where, places: Floats) -> Curve:
    """The same with gamma and shading, for a frame that changed by one rule.

    places: (rows, cols, 2), -1..1.
    """
    return _fitted(answer, source, where, places, (HOLD / 10, HOLD / 10, HOLD / 100))


def familiar(colours: Floats, surroundings: Floats) -> Floats:
    """How far colours occur in the surroundings, 0..1: (rows, cols, 1).

    colours: (rows, cols, 3). surroundings: (pixels, 3), more than none.
    """
    counts = np.zeros((_CELLS + 1,) * 3, np.float32)
    np.add.at(counts, tuple(_cells(surroundings).T), np.float32(1))
    for axis in range(3):
        flat = np.moveaxis(counts, axis, 0).reshape(_CELLS + 1, -1)
        soft = cv.separable(np.ascontiguousarray(flat), _ALONE, _AROUND)
        counts = np.moveaxis(soft.reshape(counts.shape), 0, axis)
    known = counts[tuple(np.moveaxis(_cells(colours), -1, 0))]
    share: Floats = np.minimum(known / (SEEN * len(surroundings)), 1)[..., None]
    return share.astype(np.float32)


_ALONE = np.ones(1, np.float32)
_AROUND = np.array([0.3, 0.8, 1.0, 0.8, 0.3], np.float32)


def _cells(colours: Floats) -> NDArray[np.intp]:
    return np.rint(np.clip(colours, 0, 1) * _CELLS).astype(np.intp)


def _shapes(places: Floats) -> Floats:
    x, y = places[..., 0], places[..., 1]
    return np.stack([x, y, x * x, x * y, y * y], axis=-1)


def _fitted(
    answer: Floats,
    source: Floats,
    where: Where,
    places: Floats,
    holds: tuple[float, float | None, float | None],
) -> Curve:
    """Iteratively reweighted least squares with a ridge towards identity (Huber, 1964).

    All channels at once, because they share the shading. holds: of line,
    bend and shading; None where the last two are not asked for.
    """
    every = slice(None, None, max(1, int(np.count_nonzero(where)) // _MOST_PAIRS))
    x, y = answer[where][every].astype(np.float64), source[where][every].astype(np.float64)
    shapes = _shapes(places[where][every]).astype(np.float64)
    rows = np.zeros((3, len(x), 14))
    for channel in range(3):
        values, own = x[:, channel], 3 * channel
        rows[channel, :, own] = 1
        rows[channel, :, own + 1] = values
        rows[channel, :, own + 2] = values * values
        rows[channel, :, 9:] = shapes * values[:, None]
    line_hold, bend_hold, shade_hold = holds
    ridge = np.array([line_hold, line_hold, bend_hold or 0] * 3 + [shade_hold or 0] * 5) * len(x)
    start = np.zeros(14)
    start[[1, 4, 7]] = 1
    whole = start.copy()
    whole[[0, 3, 6]] = np.median(y - x, axis=0)
    # A third of the time where only the line is asked for.
    used = np.flatnonzero(ridge)
    rows, ridge, start, found = rows[..., used], ridge[used], start[used], whole[used]
    for _ in range(_ROUNDS):
        missed = np.abs(rows @ found - y.T)
        weights = 1 / np.maximum(1, (missed / (2 * np.median(missed) + 1e-3)) ** 2)
        weighed = (rows * weights[..., None]).reshape(-1, len(used)).T
        square = weighed @ rows.reshape(-1, len(used)) + np.diag(ridge)
        right = weighed @ y.T.reshape(-1) + ridge * start
        found = np.linalg.solve(square, right)
    whole[used] = found
    offset, gain, bend = whole[:9].reshape(3, 3).T
    return Curve(offset, gain, bend, whole[9:])

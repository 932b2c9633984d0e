"""Shapes: rectangles, ellipses and lassos as coverage, each rim pixel by its covered area."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.imaging.geometry import Point, Rect, Size
from editor.mask.patch import Coverage

BAND = 256
"""Rows that are reckoned together, so that a shape of 64 megapixels needs little memory."""

ROUND = 0.02
"""Pixels by which the corners of an ellipse's polygon may cut its rim short."""

Floats = NDArray[np.float64]


class Part(NamedTuple):
    """A piece of a shape: where it lies on the picture, and its coverage there."""

    rect: Rect
    coverage: Coverage


def rectangle(one: Point, other: Point, size: Size) -> Iterator[Part]:
    """Every pixel that the rectangle between two corners touches, on a picture of this size."""
    (left, right), (top, bottom) = sorted((one.x, other.x)), sorted((one.y, other.y))
    touched = Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
    rect = touched.clipped(size)
    if not rect.empty:
        yield Part(rect, np.full((rect.size.height, rect.size.width), 255, np.uint8))


def ellipse(one: Point, other: Point, size: Size) -> Iterator[Part]:
    """The ellipse that fills the rectangle between two corners."""
    across, down = abs(other.x - one.x) / 2, abs(other.y - one.y) / 2
    middle = Point((one.x + other.x) / 2, (one.y + other.y) / 2)
    # A chord of the angle a stays r * (1 - cos(a / 2)) inside of its arc.
    corners = max(16, math.ceil(math.pi / math.sqrt(2 * ROUND / max(across, down, 1.0))))
    angles = np.arange(corners) * (2 * math.pi / corners)
    xs, ys = middle.x + across * np.cos(angles), middle.y + down * np.sin(angles)
    return lasso([Point(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)], size)


def lasso(corners: Sequence[Point], size: Size) -> Iterator[Part]:
    """What a closed line encloses, in bands of rows; loops that cross count as inside.

    corners: in picture pixels, in order, anywhere; the last is joined with the first. A rim
    pixel gets the share of it that lies inside. The signed area of each piece of the line is
    added up from left to right, after Levien, font-rs, 2016.
    """
    line = np.array(corners, np.float64).reshape(-1, 2)
    rect = _around(line).clipped(size)
    if len(line) < 3 or rect.empty:
        return
    pieces = _within_pixels(line)
    for top in range(rect.top, rect.bottom, BAND):
        band = Rect(rect.left, top, rect.right, min(top + BAND, rect.bottom))
        yield Part(band, _summed(pieces, band))


def _around(line: Floats) -> Rect:
    if not len(line):
        return Rect(0, 0, 0, 0)
    (left, top), (right, bottom) = np.floor(line.min(0)), np.ceil(line.max(0))
    return Rect(int(left), int(top), int(right), int(bottom))


def _within_pixels(line: Floats) -> Floats:
    """The closed line cut where it crosses the pixel grid: rows of x, y, next x, next y."""
    ends = np.roll(line, -1, axis=0)
    way = ends - line
    steps = [np.zeros(len(line)), np.ones(len(line))]
    owners = [np.arange(len(line))] * 2
    for axis in (0, 1):
        owner, share = _crossings(line[:, axis], ends[:, axis])
        owners.append(owner)
        steps.append(share)
    owner, share = np.concatenate(owners), np.concatenate(steps)
    order = np.lexsort((share, owner))
    owner, share = owner[order], share[order]
    at = line[owner] + way[owner] * share[:, None]
    same = owner[1:] == owner[:-1]
    pieces: Floats = np.hstack([at[:-1], at[1:]])[same]
    return pieces


def _crossings(starts: Floats, ends: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Which segment crosses a whole number, and at which share of its way."""
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    first, last = np.floor(low) + 1, np.ceil(high) - 1
    count = np.maximum(last - first + 1, 0).astype(np.int64)
    owner = np.repeat(np.arange(len(starts)), count)
    before = np.repeat(np.cumsum(count) - count, count)
    whole = first[owner] + (np.arange(len(owner)) - before)
    share: Floats = (whole - starts[owner]) / (ends[owner] - starts[owner])
    return owner, share


def _summed(pieces: Floats, band: Rect) -> Coverage:
    """The coverage of one band: the area to the right of each piece, summed along the rows."""
    rows, cols = band.size.height, band.size.width
    row = np.floor((pieces[:, 1] + pieces[:, 3]) / 2).astype(np.int64) - band.top
    pieces, row = pieces[(row >= 0) & (row < rows)], row[(row >= 0) & (row < rows)]
    # What lies left of the band covers all of it, what lies right nothing.
    x = np.clip((pieces[:, 0] + pieces[:, 2]) / 2 - band.left, 0, cols)
    down = pieces[:, 3] - pieces[:, 1]
    col = x.astype(np.int64)
    signed = np.zeros((rows, cols + 2), np.float32)
    np.add.at(signed, (row, col), down * (1 - (x - col)))
    np.add.at(signed, (row, col + 1), down * (x - col))
    np.cumsum(signed, axis=1, out=signed)
    np.abs(signed, out=signed)
    shares = np.minimum(signed[:, :cols], 1)
    return (shares * 255 + 0.5).astype(np.uint8)

"""Levels: a picture with a hole at full, half, quarter size and so on, the hole never mixed in."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.removal.field import Hole
from editor.imaging.removal.patches import REACH, SIDE

Colours = NDArray[np.uint8] | NDArray[np.float32]
"""(rows, cols, 3) BGR, 0..255."""

LEAST_SOURCES = 100
"""A level with fewer whole patches is too small to learn from."""

_LEAST_CONTEXT, _LEAST_SHARE = 48, 0.5
_USUAL_WINDOW = 6_000_000
_MOST_FIRST = 4_000
# Pixels of the hole's box at the coarsest level; a first guess for more takes too long.


class Level(NamedTuple):
    """One size of a picture; colours in the hole mean nothing until it is filled."""

    colours: Colours
    hole: Hole


def window(hole: Hole, context: float) -> Rect:
    """The part of a picture that is looked at: the hole with context on every side.

    context: in lengths of the hole, less for large holes, of which half their length will do.
    """
    box = bounding(hole)
    length = max(box.size)
    room = max(_LEAST_SHARE * length, (math.sqrt(_USUAL_WINDOW) - length) / 2)
    margin = max(_LEAST_CONTEXT, min(context * length, room))
    return box.grown(round(margin)).clipped(Size(hole.shape[1], hole.shape[0]))


def levels(picture: NDArray[np.uint8], hole: Hole, first: float) -> list[Level]:
    """The picture and ever smaller copies of it, down to a hole of radius first.

    Sides are padded by mirroring, so that each level is exactly half of the one before.
    Empty when even the picture itself has too little around its hole.
    """
    box = bounding(hole)
    radius = float(cv.distance(np.pad(hole[box.rows_cols], 1).view(np.uint8)).max())
    area = box.size.area
    count = max(math.ceil(math.log2(radius / first)), math.ceil(math.log(area / _MOST_FIRST, 4)), 0)
    down, across = (-side % (1 << count) for side in hole.shape)
    level = Level(
        np.pad(picture, ((0, down), (0, across), (0, 0)), "symmetric"),
        np.pad(hole, ((0, down), (0, across))),
    )
    found: list[Level] = []
    while len(found) <= count and _sources(level.hole) >= LEAST_SOURCES:
        found.append(level)
        if len(found) <= count:
            level = _halved(level)
    return found


def touched(hole: Hole) -> Hole:
    """Where a patch would reach into the hole."""
    return cv.dilate(hole.view(np.uint8), np.ones((SIDE, SIDE), np.uint8)) > 0


def bounding(hole: Hole) -> Rect:
    """Smallest rectangle around all that is True."""
    rows, cols = np.flatnonzero(hole.any(axis=1)), np.flatnonzero(hole.any(axis=0))
    return Rect(int(cols[0]), int(rows[0]), int(cols[-1]) + 1, int(rows[-1]) + 1)


def _sources(hole: Hole) -> int:
    """How many whole patches are known."""
    inner = slice(REACH, -REACH)
    return int(np.count_nonzero(~touched(hole)[inner, inner]))


def halved(values: Colours, hole: Hole) -> NDArray[np.float32]:
    """Values at half the size, those in the hole left out; sides must be even."""
    size = Size(hole.shape[1] // 2, hole.shape[0] // 2)
    bare = np.where(hole[..., None], values.dtype.type(0), values)
    share = cv.resize((~hole).astype(np.float32), size, "area")
    mean: NDArray[np.float32] = cv.resize(bare, size, "area").astype(np.float32, copy=False)
    return np.divide(mean, np.maximum(share, 0.25)[..., None], dtype=np.float32)


def _halved(level: Level) -> Level:
    """Half the size; a pixel that has seen any of the hole belongs to it."""
    rows, cols = level.hole.shape
    fours = level.hole.reshape(rows // 2, 2, cols // 2, 2)
    return Level(halved(level.colours, level.hole), np.logical_or.reduce(fours, axis=(1, 3)))

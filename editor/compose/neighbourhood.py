"""Neighbourhood: a mask and what lies around it, small enough to look at closely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.compose.patch import Where
from editor.compose.placed import Matrix, at, back, fetched, matrix, times
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.mask.plane import Coverage

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhood:
    """A part of the source at a working size, (rows, cols) in all its planes.

    rect: the part, in source pixels. to_source: from working pixels to those of the source.
    colours: BGR, 0..1. outside: protected and opaque. depth: working pixels to the rim, 0
    outside; away: the same from outside, 0 inside.
    """

    rect: Rect
    to_source: Matrix
    colours: Floats
    outside: Where
    depth: Floats
    away: Floats

    @property
    def size(self) -> Size:
        return Size(self.colours.shape[1], self.colours.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """An answer in the grid of a neighbourhood: BGR 0..1, and where it has any pixels."""

    colours: Floats
    there: Where


def neighbourhood(base: Raster, coverage: Coverage, rect: Rect, longest: int) -> Neighbourhood:
    """Look at a part of the source, reduced until no side is longer than that."""
    factor = min(1.0, longest / max(rect.size))
    size = Size(max(round(rect.size.width * factor), 1), max(round(rect.size.height * factor), 1))
    pixels, paint = base.pixels[rect.rows_cols], coverage[rect.rows_cols]
    painted = np.greater(paint, 0).view(np.uint8) * np.uint8(255)
    if size != rect.size:
        pixels = cv.resize(pixels, size, "area")
        painted = cv.resize(painted, size, "area")
    inside = (painted > 0).view(np.uint8)
    return Neighbourhood(
        rect,
        back(matrix(Placement(rect, size), size)),
        shares(pixels),
        (inside == 0) & (pixels[..., 3] == 255),
        cv.distance(inside) if inside.any() else np.zeros(inside.shape, np.float32),
        cv.distance(1 - inside) if inside.any() else np.full(inside.shape, 1e6, np.float32),
    )


def sight(near: Neighbourhood, answer: Raster, to_answer: Matrix) -> Sight:
    """Look at an answer through a matrix from source pixels to its own."""
    there = times(near.to_source, to_answer)
    pixels = fetched(answer, there, near.size)
    return Sight(shares(pixels), within(there, near.size, answer.size) & (pixels[..., 3] == 255))


def within(there: Matrix, size: Size, answer: Size) -> Where:
    """Which pixels of a grid lie on an answer: (rows, cols)."""
    corners = [at(there, x, y) for x in (0, size.width - 1) for y in (0, size.height - 1)]
    most = answer.width - 0.5, answer.height - 0.5
    if all(-0.5 <= x <= most[0] and -0.5 <= y <= most[1] for x, y in corners):
        return np.ones((size.height, size.width), np.bool_)
    xs, ys = np.arange(size.width), np.arange(size.height)[:, None]
    across = there[0, 0] * xs + there[0, 1] * ys + there[0, 2]
    down = there[1, 0] * xs + there[1, 1] * ys + there[1, 2]
    inside: Where = (across >= -0.5) & (across <= most[0]) & (down >= -0.5) & (down <= most[1])
    return inside


def shares(pixels: Bytes) -> Floats:
    """BGR(A) bytes as BGR shares of full."""
    return pixels[..., :3].astype(np.float32) * np.float32(1 / 255)

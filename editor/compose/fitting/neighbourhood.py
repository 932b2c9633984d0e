"""Neighbourhood: a mask and what lies around it, small enough to look at closely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.placed import Matrix, at, back, fetched, matrix, stretch, times
from editor.compose.patch import Where
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.imaging.resample import resized
from editor.mask.plane import Coverage

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

FAR = 1e6
"""Working pixels; told where there is no rim."""

_FINER = 4
# Source pixels along a working pixel that are averaged; of more only every other one is read.


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhood:
    """A part of the source at a working size, (rows, cols) in all its planes.

    rect: the part, in source pixels. to_source: from working pixels to those of the source.
    colours: BGR, 0..1; soft: the same, blurred outside. outside: protected and opaque. depth:
    working pixels to the rim, 0 outside; away: the same from outside, 0 inside.
    """

    rect: Rect
    to_source: Matrix
    colours: Floats
    soft: Floats
    outside: Where
    depth: Floats
    away: Floats

    @property
    def size(self) -> Size:
        return Size(self.colours.shape[1], self.colours.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An answer as large as it is looked at. to_it: from its own pixels to these."""

    raster: Raster
    to_it: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """An answer in the grid of a neighbourhood.

    colours: BGR 0..1; soft: the same, blurred outside. there: where it has any pixels.
    """

    colours: Floats
    soft: Floats
    there: Where


def neighbourhood(base: Raster, coverage: Coverage, rect: Rect, longest: int) -> Neighbourhood:
    """Look at a part of the source, reduced until no side is longer than that."""
    return smaller(look(base, coverage, rect, longest), longest)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What neighbourhoods of a part of the source are made of, as large as the largest of them.

    pixels: (rows, cols, 4) BGRA. painted, own: (rows, cols), above 0 where there is any paint.
    """

    rect: Rect
    pixels: Bytes
    painted: Bytes
    own: Bytes


def look(
    base: Raster, coverage: Coverage, rect: Rect, longest: int, own: Coverage | None = None
) -> Look:
    """Read a part of the source once, for several neighbourhoods no longer than that.

    own: (rows, cols) of rect, above 0 where the paint is whose rim counts; all when None.
    """
    size = _fitting(rect, longest)
    every = max(1, int(rect.size.width / size.width / _FINER))
    pixels = cv.resize(base.pixels[rect.rows_cols][::every, ::every], size, "area")
    painted = _reduced(coverage[rect.rows_cols], size)
    inside = painted if own is None else painted & _reduced(own, size)
    return Look(rect, pixels, painted, inside)


def smaller(look: Look, longest: int) -> Neighbourhood:
    """A neighbourhood of which no side is longer than that."""
    size = _fitting(look.rect, longest)
    pixels = look.pixels
    if size != (pixels.shape[1], pixels.shape[0]):
        pixels = cv.resize(pixels, size, "area")
    painted, inside = _reduced(look.painted, size), _reduced(look.own, size)
    there = inside.any()
    colours = shares(pixels)
    outside = (painted == 0) & (pixels[..., 3] == 255)
    return Neighbourhood(
        look.rect,
        back(matrix(Placement(look.rect, size), size)),
        colours,
        softened(colours, outside),
        outside,
        cv.distance(inside) if there else np.zeros(inside.shape, np.float32),
        cv.distance(1 - inside) if there else np.full(inside.shape, FAR, np.float32),
    )


def reduced(answer: Raster, to_answer: Matrix, near: Neighbourhood) -> Answer:
    """An answer with about as many pixels as a neighbourhood has for the same."""
    factor = max(1.0, stretch(times(near.to_source, to_answer)))
    size = Size(*(max(1, round(side / factor)) for side in answer.size))
    return Answer(resized(answer, size), matrix(Placement(whole(answer.size), size), size))


def sight(near: Neighbourhood, answer: Answer, to_answer: Matrix) -> Sight:
    """Look at an answer through a matrix from source pixels to its own."""
    there = times(times(near.to_source, to_answer), answer.to_it)
    pixels = fetched(answer.raster, there, near.size)
    known = within(there, near.size, answer.raster.size)
    colours = shares(pixels)
    soft = softened(colours, near.outside)
    return Sight(colours, soft, known & (pixels[..., 3] == 255))


def bent(near: Neighbourhood, seen: Sight, bend: Floats) -> Sight:
    """A sight after each pixel went so many working pixels: bend (rows, cols, 2) of x and y."""
    rows, cols = seen.there.shape
    xs = np.arange(cols, dtype=np.float32)[None] + bend[..., 0]
    ys = np.arange(rows, dtype=np.float32)[:, None] + bend[..., 1]
    colours = cv.remap(seen.colours, xs, ys, "linear")
    there = cv.remap(seen.there.view(np.uint8), xs, ys, "nearest").view(np.bool_)
    return Sight(colours, softened(colours, near.outside), there)


def softened(colours: Floats, outside: Where) -> Floats:
    """Blurred so far that redrawn detail does not count; of what is inside nothing gets out."""
    known = outside.astype(np.float32)
    weight = np.maximum(cv.gaussian(known, 2.0), 1e-3)
    # Planes put together: numpy takes twice as long to spread one over three colours.
    soft = cv.gaussian(colours * cv.merged(known, known, known), 2.0)
    soft /= cv.merged(weight, weight, weight)
    result = colours.copy()
    cv.copy_into(soft, outside.view(np.uint8), result)
    return result


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
    """BGRA bytes as BGR shares of full."""
    bgr = cv.reordered(np.ascontiguousarray(pixels), "bgra bgr")
    return np.multiply(bgr, np.float32(1 / 255), dtype=np.float32)


def _fitting(rect: Rect, longest: int) -> Size:
    factor = min(1.0, longest / max(rect.size))
    return Size(max(round(rect.size.width * factor), 1), max(round(rect.size.height * factor), 1))


def _reduced(paint: Coverage, size: Size) -> Bytes:
    """1 wherever a working pixel holds any paint."""
    painted = cv.filled(paint)
    if size != (paint.shape[1], paint.shape[0]):
        painted = cv.resize(painted, size, "area")
    return (painted > 0).view(np.uint8)

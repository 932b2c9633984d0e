"""Registration: where an answer lies, found by optical flow that agrees with itself both ways."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.neighbourhood import FAR, Neighbourhood, Sight
from editor.compose.fitting.placed import Matrix, stretch
from editor.compose.patch import Where
from editor.imaging import cv, matching
from editor.imaging.geometry import Size

Floats = NDArray[np.float32]

SAME_PLACE = 3.0
"""Working pixels by which the way there and back may miss its start."""

MOST_SCALE = 1.35
MOST_TURN = 0.09
"""Radians. Answers are redrawn a little larger or askew; more is no answer to this picture."""

_SCALES = (0.92, 0.945, 0.97, 0.985, 1.0, 1.015, 1.03, 1.055, 1.08)
_CLOSE_SCALES = _SCALES[2:-2]
# A narrow ring tells a shift, but hardly a scale.
_FINE, _COARSE = 0.0075, 0.075
# Blurs between which shapes lie, as shares of the longest side.
_OVERLAP = 0.6
_DISTANCE = np.float32(0.03)
_FLAT = 0.004
# Share of full; grain and the steps of a soft sky stay below.
_NOTHING = 1e-9
_RIVALS, _RIVAL, _APART = 3, 0.12, 3
# So many other places, less alike by this at most and so many working pixels off.
_POINTS = 4000
_FEWEST = 40
_SMALLEST = 32
# Working pixels; the flow needs some room.


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Steps (rows, cols, 2) in x and y from a neighbourhood to a sight, and which to believe."""

    steps: Floats
    trusted: Where


def flow(near: Neighbourhood, seen: Sight) -> Flow | None:
    """Where each protected pixel went; None for a strip too narrow to tell."""
    if min(near.size) < _SMALLEST:
        return None
    one, other = _grey(near.colours), _grey(seen.colours)
    there, again = matching.flow(one, other), matching.flow(other, one, roughly=True)
    rows, cols = one.shape
    xs = np.arange(cols, dtype=np.float32)[None] + there[..., 0]
    ys = np.arange(rows, dtype=np.float32)[:, None] + there[..., 1]
    missed = there + cv.remap(again, xs, ys, "linear")
    kept = (missed**2).sum(axis=2) < SAME_PLACE**2
    kept &= (xs >= 0) & (xs <= cols - 1) & (ys >= 0) & (ys <= rows - 1)
    return Flow(there, kept & near.outside & seen.there)


def similarity(found: Flow, use: Where, within: float) -> tuple[Matrix, float] | None:
    """The turn, scale and shift that most believed steps agree on, and their share.

    use: (rows, cols), which steps count. within: working pixels by which one may miss.
    None where too few agree or the answer would have to be another picture.
    """
    ys, xs = np.nonzero(found.trusted & use)
    if len(xs) < _FEWEST:
        return None
    every = slice(None, None, max(1, len(xs) // _POINTS))
    ys, xs = ys[every], xs[every]
    here = np.stack([xs, ys], axis=1).astype(np.float32)
    agreed = matching.similarity(here, here + found.steps[ys, xs], within)
    if agreed is None or not plausible(agreed[0]):
        return None
    return agreed


def plausible(move: Matrix) -> bool:
    """Whether an answer may have been redrawn so."""
    scale = stretch(move)
    turn = math.atan2(move[1, 0], move[0, 0])
    return 1 / MOST_SCALE <= scale <= MOST_SCALE and abs(turn) <= MOST_TURN


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best place of a search, in working pixels, and how alike the two are there, -1..1.

    rivals: other places that are hardly less alike, best first; where lines of letters, tiles or
    leaves repeat it takes a closer look to tell which one it is.
    """

    move: Matrix
    likeness: float
    rivals: tuple[Matrix, ...] = ()


def search(near: Neighbourhood, seen: Sight, reach: float, ring: float = FAR) -> Found:
    """The shift and scale at which the shapes of an answer look most like the source's.

    reach: how far it may lie off, as a share of the longest side; the scale goes up to 8 %.
    ring: working pixels beside the rim that are looked at.
    Masked, normalised correlation: strong edges decide, what was redrawn in between does not.
    """
    source, answer = _shapes(near), _shapes_of(seen.colours, near)
    weight = (near.outside & (near.away <= ring)).astype(np.float32)
    known, power = weight * source, weight * source * source
    room = max(round(reach * max(near.size)), 2)
    wide = Size(near.size.width + 2 * room, near.size.height + 2 * room)
    best = Found(np.array([[1.0, 0, 0], [0, 1, 0]]), -1.0)
    for scale in _SCALES if ring == FAR else _CLOSE_SCALES:
        there = _about_middle(near.size, scale, -room, -room)
        valid = cv.warp(seen.there.astype(np.float32), there, wide, "linear", "nothing")
        under = cv.warp(answer, there, wide, "linear", "nothing") * valid
        energy = matching.correlation(valid, power) * matching.correlation(under * under, weight)
        alike = matching.correlation(under, known) / np.sqrt(np.maximum(energy, _NOTHING))
        alike[matching.correlation(valid, weight) < _OVERLAP * weight.sum()] = -1
        if ring == FAR:
            alike -= _far_off(room)
        peaks = _peaks(alike)
        if peaks[0][0] > best.likeness:
            moves = [_about_middle(near.size, scale, x - room, y - room) for _, x, y in peaks]
            best = Found(moves[0], peaks[0][0], tuple(moves[1:]))
    return best


def _peaks(alike: Floats) -> list[tuple[float, int, int]]:
    """The highest places and those that come near them, each with its column and row."""
    left, found = alike.copy(), list[tuple[float, int, int]]()
    while len(found) <= _RIVALS:
        row, col = (int(place) for place in np.unravel_index(int(left.argmax()), left.shape))
        height = float(left[row, col])
        if found and height < found[0][0] - _RIVAL:
            break
        found.append((height, col, row))
        left[max(row - _APART, 0) : row + _APART + 1, max(col - _APART, 0) : col + _APART + 1] = -2
    return found


def _far_off(room: int) -> Floats:
    """What a place loses for its distance, so that of repeated things the nearest is taken."""
    steps = np.arange(-room, room + 1, dtype=np.float32) / np.float32(room)
    lost: Floats = _DISTANCE * (steps[None] ** 2 + steps[:, None] ** 2)
    return lost


def flat(near: Neighbourhood) -> bool:
    """Whether the source shows nothing outside of the mask by which it could be recognised."""
    shapes = _shapes(near)[near.outside]
    return not shapes.size or float(shapes.std()) < _FLAT


def _about_middle(size: Size, scale: float, right: int, down: int) -> Matrix:
    """Scaled about the middle of a grid after a step to the right and down."""
    x, y = (size.width - 1) / 2, (size.height - 1) / 2
    return np.array(
        [[scale, 0, x + scale * (right - x)], [0, scale, y + scale * (down - y)]],
    )


def _shapes(near: Neighbourhood) -> Floats:
    return _shapes_of(near.colours, near)


def _shapes_of(picture: Floats, near: Neighbourhood) -> Floats:
    """Brightness without its slow changes and without grain."""
    grey = cv.reordered(picture, "bgr grey")
    longest = max(near.size)
    return cv.gaussian(grey, _FINE * longest) - cv.gaussian(grey, _COARSE * longest)


def _grey(picture: Floats) -> NDArray[np.uint8]:
    return np.rint(cv.reordered(np.clip(picture, 0, 1), "bgr grey") * 255).astype(np.uint8)

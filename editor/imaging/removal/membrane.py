"""Membrane: the Poisson equation over a hole, held at zero where the picture is known.

Source: conjugate gradients, each step prepared by one multigrid cycle whose coarse equations
are sums of the fine ones (aggregation after Braess, 1995).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Hole = NDArray[np.bool_]
Grid = NDArray[np.float32]
"""(rows, cols, channels)."""

_STEPS = 24
_CLOSE = 1e-3
# Of the first remainder; far below what an eye sees.
_DAMPING = 0.7
_SMALL = 4
_TINY = 1e-12


class _Equations(NamedTuple):
    """own * here - right * (neighbour right) - below * (neighbour below) - ... for each place.

    All (rows, cols, 1); right and below are 0 where the neighbour is not in the hole.
    """

    own: Grid
    right: Grid
    below: Grid


def solved(wanted: Grid, hole: Hole, held: Hole, fading: float) -> Grid:
    """The membrane whose Laplacian, less fading times itself, is wanted; 0 outside the hole.

    held: where it is held at zero. Neighbours that are neither hole nor held are no
    neighbours: at the border of the picture the membrane is free. The outermost rows and
    columns do not belong to the hole.
    """
    ladder = _ladder(hole, held, fading)
    rest = np.where(hole[..., None], -wanted, np.float32(0))
    found: Grid = np.zeros_like(rest)
    start = _dots(rest, rest)
    ready = _cycle(ladder, 0, rest)
    way, strength = ready, _dots(rest, ready)
    for _ in range(_STEPS):
        pull = _applied(ladder[0], way)
        length = strength / (_dots(way, pull) + _TINY)
        found += length * way
        rest -= length * pull
        if (_dots(rest, rest) <= _CLOSE**2 * start).all():
            break
        ready = _cycle(ladder, 0, rest)
        before, strength = strength, _dots(rest, ready)
        way = np.add(ready, strength / (before + _TINY) * way, dtype=np.float32)
    return found


def _ladder(hole: Hole, held: Hole, fading: float) -> list[_Equations]:
    inside, real = (places[..., None].astype(np.float32) for places in (hole, hole | held))
    right, below, own = np.zeros_like(inside), np.zeros_like(inside), np.zeros_like(inside)
    right[:, :-1] = inside[:, :-1] * inside[:, 1:]
    below[:-1] = inside[:-1] * inside[1:]
    around = real[1:-1, 2:] + real[1:-1, :-2] + real[2:, 1:-1] + real[:-2, 1:-1]
    own[1:-1, 1:-1] = inside[1:-1, 1:-1] * (around + fading)
    ladder = [_Equations(own, right, below)]
    while min(ladder[-1].own.shape[:2]) > _SMALL:
        ladder.append(_halved(ladder[-1]))
    return ladder


def _halved(fine: _Equations) -> _Equations:
    """Four places as one: the links inside vanish, those between the fours add up."""
    own, right, below = (_quads(part) for part in fine)
    within = right[:, :, :, 0].sum(axis=1) + below[:, 0].sum(axis=2)
    return _Equations(
        own.sum(axis=(1, 3)) - 2 * within,
        right[:, :, :, 1].sum(axis=1),
        below[:, 1].sum(axis=2),
    )


def _cycle(ladder: list[_Equations], depth: int, wanted: Grid) -> Grid:
    """Roughly solve: smooth, correct on half the grid, smooth."""
    here = ladder[depth]
    inverse: Grid = np.divide(_DAMPING, here.own, out=np.zeros_like(here.own), where=here.own > 0)
    found: Grid = inverse * wanted
    found += inverse * (wanted - _applied(here, found))
    if depth + 1 < len(ladder):
        rest = _quads(wanted - _applied(here, found)).sum(axis=(1, 3))
        coarse = _cycle(ladder, depth + 1, rest).repeat(2, axis=0).repeat(2, axis=1)
        found += coarse[: found.shape[0], : found.shape[1]] * (here.own > 0)
    for _ in range(2):
        found += inverse * (wanted - _applied(here, found))
    return found


def _applied(equations: _Equations, grid: Grid) -> Grid:
    own, right, below = equations
    result = own * grid
    result[:, :-1] -= right[:, :-1] * grid[:, 1:]
    result[:, 1:] -= right[:, :-1] * grid[:, :-1]
    result[:-1] -= below[:-1] * grid[1:]
    result[1:] -= below[:-1] * grid[:-1]
    return result


def _dots(one: Grid, other: Grid) -> Grid:
    """The inner product of each channel."""
    products: Grid = np.einsum("ijc,ijc->c", one, other)
    return products


def _quads(grid: Grid) -> Grid:
    """Groups of 2 x 2 as (rows / 2, 2, cols / 2, 2, channels), padded with 0."""
    rows, cols = grid.shape[:2]
    even = np.pad(grid, ((0, rows % 2), (0, cols % 2), (0, 0)))
    return even.reshape((rows + 1) // 2, 2, (cols + 1) // 2, 2, -1)

"""Learned: small filters that bring an answer nearer to the photograph, taught by what is outside.

Where both show the same there are thousands of pairs for just this answer's softness and noise.
They are sorted by what lies around a place, its direction, strength and clearness, and each kind
gets the filter that serves its pairs best: Romano, Isidoro and Milanfar, RAISR, 2016. Along an
edge or a strand such a filter smooths, across it sharpens.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import residue
from editor.compose.patch import Where
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size

SIDE = 7
"""Pixels of a filter's side."""

FEWEST = 4_000
"""Pairs below which nothing is learned."""

_TAUGHT = 40_000
# Pairs looked at, about; more only cost time.

_OCTANTS, _STRENGTHS, _CLEAR = 8, 5, 3
# Kinds of places: by twice the direction, by strength, by how far one direction prevails.

_WEAK, _STRONG = 0.1, 0.98
# Shares of the places between whose strengths the others are spread evenly, as logarithms: noise
# and edges are then never of one kind, however few the edges are.

_AROUND = 1.5
# Sigma, pixels, of what lies around a place.

_MARGIN = SIDE // 2 + 5
# Rows and columns more on each side of a part, for the filters and for what lies around.

_SHARED = 300
# Pairs of all kinds of one strength that count with those of each kind: rare kinds lean on them.

_RIDGE = 1e-3
# Share of the mean power by which weights are held small: Hoerl and Kennard, 1970.

_PARTS = 12
# Filters of which all are mixed: few differ much from one another.

_ACROSS = np.array([-1, 0, 1], np.float32) / np.float32(2)
_ALONG = np.array([1, 2, 1], np.float32) / np.float32(4)

_TINY = np.float32(1e-9)
# So that nothing is divided by 0.

_TAPS, _KINDS = SIDE * SIDE, _OCTANTS * _STRENGTHS * _CLEAR

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Bytes = NDArray[np.uint8]


class Filters(NamedTuple):
    """From the brightness around a place to what its blue, green and red lack, in levels.

    parts: filters (parts, SIDE, SIDE) for the brightness, share of full. shares: of them, by
    channel and kind, (parts, 3, kinds). strong, clear: upper bounds of all kinds but the last.
    """

    parts: Floats
    shares: Floats
    strong: Floats
    clear: Floats


class _Look(NamedTuple):
    """What lies around each place: octant of twice its direction, strength, clearness 0..1."""

    octant: Bytes
    strength: Floats
    clear: Floats

    def at(self, where: tuple[slice, slice] | tuple[NDArray[np.intp], NDArray[np.intp]]) -> _Look:
        """What lies around some of the places."""
        return _Look(self.octant[where], self.strength[where], self.clear[where])


def learned(came: Bytes, source: Bytes, where: Where) -> Filters | None:
    """Filters that take an answer to its source; None where too few places can teach.

    came, source: (rows, cols, 4) BGRA. where: places at which both show the same.
    """
    places = np.flatnonzero(where)
    if len(places) < FEWEST:
        return None
    rows, cols = np.divmod(places[:: max(1, len(places) // _TAUGHT)], where.shape[1])
    grey = residue.grey(came)
    look = _look(grey).at((rows, cols))
    strong = _bounds(look.strength)
    clear = np.quantile(look.clear, np.arange(1, _CLEAR) / _CLEAR).astype(np.float32)
    kinds = _kinds(look, strong, clear)
    order = np.argsort(kinds, kind="stable")
    rows, cols = rows[order], cols[order]
    cuts = np.searchsorted(kinds[order], np.arange(_KINDS + 1))
    around = _patches(grey)[rows, cols].reshape(-1, _TAPS)
    around -= around.mean(axis=1, keepdims=True)
    lacks = source[rows, cols, :3].astype(np.float32) - came[rows, cols, :3]
    products, hits = np.zeros((_KINDS, _TAPS, _TAPS)), np.zeros((_KINDS, _TAPS, 3))
    for kind, (start, end) in enumerate(pairwise(cuts)):
        own = around[start:end]
        products[kind], hits[kind] = own.T @ own, own.T @ lacks[start:end]
    return Filters(*_mixed(*_solved(products, hits, np.diff(cuts))), strong, clear)


def nearer(came: Bytes, filters: Filters, rects: list[Rect]) -> Bytes:
    """The answer with what it lacks, in some parts of it."""
    result = came.copy()
    whole = Size(came.shape[1], came.shape[0])
    for rect in rects:
        around = rect.grown(_MARGIN).clipped(whole)
        grey, own = residue.grey(came[around.rows_cols]), rect.seen_from(around).rows_cols
        kinds = _kinds(_look(grey).at(own), filters.strong, filters.clear).astype(np.intp)
        planes = [np.zeros(kinds.shape, np.float32) for _ in range(4)]
        for part, shares in zip(filters.parts, filters.shares, strict=True):
            found = cv.filtered(grey, part)[own]
            for plane, share in zip(planes, shares, strict=False):
                plane += share[kinds] * found
        cv.add_into(cv.merged(*planes), result[rect.rows_cols])
    return result


def _look(grey: Floats) -> _Look:
    """By the structure tensor: Bigun and Granlund, 1987."""
    right, down = cv.separable(grey, _ACROSS, _ALONG), cv.separable(grey, _ALONG, _ACROSS)
    xx, yy = cv.gaussian(right * right, _AROUND), cv.gaussian(down * down, _AROUND)
    x, y = xx - yy, 2 * cv.gaussian(right * down, _AROUND)
    both, one = xx + yy, np.sqrt(x * x + y * y)
    steeper = (np.abs(y) > np.abs(x)).view(np.uint8)
    octant: Bytes = steeper | (x < 0).view(np.uint8) << 1 | (y < 0).view(np.uint8) << 2
    return _Look(octant, both + one, one / (both + _TINY))


def _bounds(strength: Floats) -> Floats:
    # Blank paper would take most kinds for what rounding left in it.
    least = residue.FLAT, 2 * residue.FLAT
    weak, strong = np.maximum(np.quantile(strength, (_WEAK, _STRONG)), least)
    steps: Floats = np.geomspace(weak, strong, _STRENGTHS + 1)[1:-1].astype(np.float32)
    return steps


def _kinds(look: _Look, strong: Floats, clear: Floats) -> Bytes:
    """One number for all of it, 0 to kinds - 1."""
    kinds = look.octant
    for plane, bounds in ((look.strength, strong), (look.clear, clear)):
        kinds = kinds * np.uint8(len(bounds) + 1)
        for bound in bounds:
            kinds += (plane > bound).view(np.uint8)
    return kinds


def _patches(grey: Floats) -> Floats:
    """What lies around each place, (rows, cols, SIDE, SIDE); a view."""
    room = SIDE // 2, SIDE // 2
    wide = cv.bordered(grey, room, room, repeat=True)
    return np.lib.stride_tricks.sliding_window_view(wide, (SIDE, SIDE))


def _solved(products: Doubles, hits: Doubles, count: NDArray[np.intp]) -> tuple[Doubles, Doubles]:
    """Weights (kinds, taps, 3) that serve best, and all products (taps, taps).

    A picture that is turned or mirrored teaches the same, so that there are eight times the pairs.
    """
    by_kind = _OCTANTS, _STRENGTHS, _CLEAR
    products, hits = products.reshape(*by_kind, _TAPS, _TAPS), hits.reshape(*by_kind, _TAPS, 3)
    # Two octants are turned or mirrored into all of them.
    two, views = np.arange(2), _views()
    power = sum(products[two ^ turn][..., taps, :][..., taps] for taps, turn in views)
    hit = sum(hits[two ^ turn][..., taps, :] for taps, turn in views)
    of_strength = power.sum(axis=(0, 2), keepdims=True)
    pairs = np.maximum(2 * count.reshape(by_kind).sum(axis=(0, 2)), 1)
    share = (_SHARED / pairs)[:, None, None, None]
    power = power + share * of_strength
    hit = hit + share * hit.sum(axis=(0, 2), keepdims=True)
    least = _RIDGE / _TAPS * np.trace(power, axis1=-2, axis2=-1)[..., None, None] + _TINY
    found = np.linalg.solve(power + least * np.eye(_TAPS), hit)
    weights = np.empty_like(hits)
    for taps, turn in views:
        turned = np.empty_like(found)
        turned[..., taps, :] = found
        weights[two ^ turn] = turned
    return weights.reshape(_KINDS, _TAPS, 3), products.sum(axis=(0, 1, 2))


def _views() -> list[tuple[NDArray[np.intp], int]]:
    """The order of a filter's taps in each turned or mirrored view, and the octants' bits there."""
    taps = np.arange(_TAPS).reshape(SIDE, SIDE)
    return [
        (view.ravel(), bits)
        for whole, bits in ((taps, 0), (taps[::-1], 4), (taps.T, 2), (taps.T[::-1], 6))
        for view in (whole, whole[::-1, ::-1])
    ]


def _mixed(weights: Doubles, products: Doubles) -> tuple[Floats, Floats]:
    """Few filters and their shares that together do what the weights do to such pairs, nearly."""
    held = products + np.eye(_TAPS) * (_RIDGE * np.trace(products) / _TAPS + _TINY)
    root = np.linalg.cholesky(held)
    found, strength, shares = np.linalg.svd(
        root.T @ weights.transpose(1, 2, 0).reshape(_TAPS, -1), full_matrices=False
    )
    parts = np.linalg.solve(root.T, found[:, :_PARTS]).T
    # What is the same everywhere stays as it is.
    parts -= parts.mean(axis=1, keepdims=True)
    shares = (strength[:_PARTS, None] * shares[:_PARTS]).reshape(_PARTS, 3, _KINDS)
    return parts.reshape(_PARTS, SIDE, SIDE).astype(np.float32), shares.astype(np.float32)

"""Rim: the step between an answer and its surroundings, and the membrane that closes it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.neighbourhood import Neighbourhood, Sight
from editor.compose.patch import Where
from editor.imaging import cv

Floats = NDArray[np.float32]

BESIDE = 10.0
"""Working pixels outside the rim in which the step is measured."""

_CLOSE = 5.0
_CARRIED, _FADES = 5.0, (6.0, 12.0, 24.0)
# Working pixels: how far beside the rim the membrane looks, along it, and inward.
_BEYOND, _FARTHER = 20.0, 0.9
# Working pixels outside up to which it is told how far a difference reaches, and the share of the
# error there below which it reaches farther.
_FAINT = 1e-3
# Weight of nothing, so that three times as far inside as it is carried along nothing is left.
_MOST = 0.25
# Step of one pixel at most; a new object at the rim must not outweigh the rest.


def step(near: Neighbourhood, soft: Floats, where: Where) -> float:
    """Mean difference, 0..1, just outside the rim: what would be seen of the join.

    soft: softened colours of an answer. where: pixels that count; 1.0 where there are none.
    """
    return apart(soft[where], near.soft[where])


def apart(came: Floats, source: Floats) -> float:
    """Mean difference, 0..1, of colours (places, 3); 1.0 where there are none."""
    if not len(came):
        return 1.0
    return float(np.minimum(np.abs(came - source).mean(axis=1), _MOST).mean())


def beside(near: Neighbourhood, seen: Sight, within: float = BESIDE) -> Where:
    """Protected pixels close to the rim for which there is an answer."""
    return near.outside & seen.there & (near.away <= within)


def spread(field: Floats, where: Where, sigma: float, faint: float = 0.0) -> Floats:
    """Values of some pixels carried over to the others: a blur that counts only those.

    faint: weight of nothing beside theirs, so that they end softly and not where the blur ends.
    """
    known = where.astype(np.float32)
    weight = np.maximum(cv.gaussian(known, sigma), 1e-4) + np.float32(faint)
    carried: Floats = cv.gaussian(field * known[..., None], sigma) / weight[..., None]
    return carried


def inward(near: Neighbourhood, fade: float) -> Floats:
    """1 at the rim and outside, less and less inside: (rows, cols, 1)."""
    share: Floats = np.exp(-((near.depth * np.float32(1 / fade)) ** 2))
    return share[..., None]


def membrane(near: Neighbourhood, soft: Floats, where: Where) -> Floats:
    """What to add so that the rim meets, fading inward: (rows, cols, 3).

    soft: softened colours of an answer. where: pixels outside that may be compared. It reaches
    as far inward as the same differences reach outward, where the answer can be compared: light
    that changed goes on, what was drawn a little off ends where it was seen.
    """
    lacks = near.soft - soft
    carried = spread(lacks, where & (near.away <= _CLOSE), _CARRIED, _FAINT)
    beyond = where & (near.away > _CLOSE) & (near.away <= _BEYOND)
    fade = _reaching(lacks[beyond], carried[beyond], near.away[beyond])
    closing: Floats = carried * inward(near, fade)
    return closing


def _reaching(lacks: Floats, carried: Floats, away: Floats) -> float:
    """The fade by which carried differences, (places, 3), tell most of those farther away."""

    def left(fade: float) -> float:
        return apart(carried * np.exp(-((away * np.float32(1 / fade)) ** 2))[:, None], lacks)

    reached, *wider = _FADES
    for fade in wider:
        if left(fade) < left(reached) * _FARTHER:
            reached = fade
    return reached

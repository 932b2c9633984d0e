"""Patches: what surrounds each pixel, as a short vector that is quick to compare.

A patch is 7 x 7 pixels of every channel. Its vector holds the lowest coefficients of a discrete
cosine transform, most of them of the luma; the distance of two vectors is a lower bound of the
squared difference of the patches and close to it for natural pictures.
Source: projection kernels of Hel-Or and Hel-Or, Real-time pattern matching, 2005.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv

Channels = NDArray[np.float32]
"""(rows, cols, 5): luma, two chromas, and how busy the surroundings are across and down."""

REACH = 3
"""Pixels from the middle of a patch to its rim."""

SIDE = 2 * REACH + 1

WEIGHTS = np.array([1, 1, 1, 1.5, 1.5], np.float32)
"""How much a channel counts; busyness keeps fur out of a smooth wall and smoothness out of fur."""

_BUSY_SIGMA = 4.0


def _waves() -> list[NDArray[np.float32]]:
    """The orthonormal cosines of one side of a patch, lowest first."""
    place = (np.arange(SIDE) + 0.5) * np.pi / SIDE
    rows = [np.cos(place * order) * np.sqrt(2 / SIDE) for order in range(SIDE)]
    rows[0] /= np.sqrt(2)
    return [row.astype(np.float32) for row in rows]


_WAVES = _waves()
_PLAN = [
    *((0, i, j) for i in range(5) for j in range(5 - i)),
    *((channel, i, j) for channel in (1, 2) for i, j in ((0, 0), (0, 1), (1, 0))),
    (3, 0, 0),
    (4, 0, 0),
]
# (channel, order down, order across) of each number of a vector.

LENGTH = len(_PLAN)


def described(channels: Channels) -> NDArray[np.float32]:
    """The vector of the patch around every pixel: (rows, cols, LENGTH); the edge is mirrored."""
    planes = [
        np.ascontiguousarray(channels[..., index]) * weight for index, weight in enumerate(WEIGHTS)
    ]
    vectors = np.empty((*channels.shape[:2], LENGTH), np.float32)
    for index, (channel, down, across) in enumerate(_PLAN):
        vectors[..., index] = cv.separable(planes[channel], _WAVES[across], _WAVES[down])
    return vectors


def busyness(luma: NDArray[np.float32], known: NDArray[np.float32]) -> Channels:
    """How strongly the luma changes around each pixel, across and down: (rows, cols, 2).

    known: 1 where the luma is real, else 0; what is not real does not count.
    Source: the texture features of Newson, Almansa, Gousseau and Perez, Non-local patch-based
    image inpainting, 2017.
    """
    step = np.array([-1, 0, 1], np.float32)
    even = np.array([0.25, 0.5, 0.25], np.float32)
    sure = (cv.box(known, 3) > 0.999).astype(np.float32)
    share = cv.gaussian(sure, _BUSY_SIGMA) + np.float32(1e-3)
    changes = (cv.separable(luma, step, even), cv.separable(luma, even, step))
    return np.dstack(
        [cv.gaussian(np.abs(change) * sure, _BUSY_SIGMA) / share for change in changes]
    )

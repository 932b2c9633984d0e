"""How colours look to eyes of every kind, and which of several is seen best on a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Colours = NDArray[np.float64]
"""(..., 3) red, green, blue, sRGB, 0.0 to 1.0."""

EYES: Mapping[str, Colours] = {
    "usual": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""What each kind makes of linear light: Machado, Oliveira and Fernandes 2009, severity 1."""

_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE = _TO_XYZ.sum(axis=1)

HARDEST = 10
"""Percentile of the places of a picture by which a colour is judged: it must be seen on most."""


def lab(colours: Colours, eyes: str = "usual") -> Colours:
    """CIE L*a*b* of colours as these eyes see them."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ EYES[eyes].T, 0, 1)
    share = seen @ _TO_XYZ.T / _WHITE
    cube = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    x, y, z = np.moveaxis(cube, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def apart(one: Colours, other: Colours, eyes: str = "usual") -> Colours:
    """CIE76 differences of colours as these eyes see them."""
    distance: Colours = np.linalg.norm(lab(one, eyes) - lab(other, eyes), axis=-1)
    return distance


def seen_best(places: Colours, tints: Sequence[Colours], strength: float) -> int:
    """Which tint is told from what it lies on best, by the eyes that find it hardest.

    places: (n, 3) colours of a picture. strength: 0.0 to 1.0, how much a tint covers.
    """
    seen = {eyes: lab(places, eyes) for eyes in EYES}

    def mark(tint: Colours) -> float:
        laid = places * (1 - strength) + tint * strength
        apart = [np.linalg.norm(lab(laid, eyes) - before, axis=-1) for eyes, before in seen.items()]
        return min(float(np.percentile(distances, HARDEST)) for distances in apart)

    return int(np.argmax([mark(tint) for tint in tints]))

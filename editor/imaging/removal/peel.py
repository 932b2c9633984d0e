"""Peel: a first guess for a small hole, layer by layer from its rim, each pixel by full search.

Source: the onion-peel initialisation of Newson, Almansa, Gousseau and Perez, 2017.
"""

from __future__ import annotations

import numpy as np

from editor.imaging import cv
from editor.imaging.removal.field import Field, Places
from editor.imaging.removal.patches import REACH, WEIGHTS

MOST_SOURCES = 2500
"""Patches compared with each pixel; more only cost time at the size where this is used."""

_CROSS = np.ones((3, 3), np.uint8)


def peel(field: Field) -> None:
    """Fill the hole of a field and find a double for each of its targets."""
    sources = thinned(field.sources, MOST_SOURCES)
    steps = _steps(field)
    weighted = field.flat * WEIGHTS
    known = (~field.hole).ravel()
    patches = weighted[sources[:, None] + steps]
    squares = np.einsum("spc,spc->ps", patches, patches)
    whole = np.ascontiguousarray(patches.reshape(len(sources), -1).T)

    def doubles(places: Places) -> Places:
        around = places[:, None] + steps
        counts = known[around].astype(np.float32)
        wanted = (weighted[around] * counts[..., None]).reshape(len(places), -1)
        found: Places = sources[(counts @ squares - 2 * wanted @ whole).argmin(axis=1)]
        return found

    while not known.all():
        spread = cv.dilate(known.reshape(field.hole.shape).view(np.uint8), _CROSS).ravel() > 0
        layer = np.flatnonzero(spread & ~known)
        found = doubles(layer)
        field.nearest[layer] = found
        field.flat[layer], weighted[layer] = field.flat[found], weighted[found]
        known[layer] = True
    rim = field.targets[~field.hole.ravel()[field.targets]]
    field.nearest[rim] = doubles(rim)


def thinned(places: Places, most: int) -> Places:
    """Every so many-th of the places, so that no more than so many are left."""
    return places[:: -(-len(places) // most)] if len(places) > most else places


def _steps(field: Field) -> Places:
    reach = np.arange(-REACH, REACH + 1)
    steps: Places = (reach[:, None] * field.cols + reach).ravel()
    return steps

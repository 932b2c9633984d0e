"""Seams: copied pieces joined in the gradient domain, so that no edge shows in a smooth place.

Source: Perez, Gangnet and Blake, Poisson image editing, 2003.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.imaging.removal.field import Field
from editor.imaging.removal.levels import bounding
from editor.imaging.removal.membrane import solved
from editor.imaging.removal.patches import REACH

Grid = NDArray[np.float32]

FAR = 80.0
"""Pixels after which a correction has faded, so that one bad match does not tint everything."""


def smoothed(field: Field) -> Grid:
    """The colours of a field with its hole copied from the doubles and the seams evened out.

    Returns (rows, cols, 3) without padding. Inside a piece the steps between neighbours are
    those of the source; between pieces they are the mean of what the two sources show.
    """
    colours = np.ascontiguousarray(field.channels[..., :3])
    flat = colours.reshape(-1, 3)
    origin = np.arange(len(flat))
    origin[field.inside] = field.nearest[field.inside]
    copied = flat[origin]
    excess = np.zeros_like(flat)
    for step in (1, field.cols, -1, -field.cols):
        excess[field.inside] -= _jump(field, flat, origin, copied, step)
    part = bounding(field.hole).grown(1).rows_cols
    held = field.on_picture.reshape(field.hole.shape) & ~field.hole
    wanted = excess.reshape(colours.shape)[part]
    result = copied.reshape(colours.shape)
    result[part] += solved(wanted, field.hole[part], held[part], FAR**-2)
    return result[REACH:-REACH, REACH:-REACH]


def _jump(field: Field, flat: Grid, origin: NDArray[np.intp], copied: Grid, step: int) -> Grid:
    """By how much the step to the neighbour differs from what the sources show."""
    here = field.inside
    there = here + step
    mine = flat[origin[here] + step] - flat[origin[here]]
    theirs = flat[origin[there]] - flat[origin[there] - step]
    both = field.hole.ravel()[there][:, None]
    wanted = np.where(both, (mine + theirs) / 2, mine)
    beyond = ~field.on_picture[there][:, None]
    return np.where(beyond, 0, copied[there] - copied[here] - wanted)

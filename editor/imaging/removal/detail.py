"""Detail: a small filled picture brought back to full size with the sharpness of its sources.

Each level up, the hole takes what its source has beyond the smaller level: one band of a
Laplacian pyramid (Burt and Adelson, 1983) is copied along with the patches.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv
from editor.imaging.geometry import Rect
from editor.imaging.removal.field import Field
from editor.imaging.removal.levels import Colours, Level, bounding
from editor.imaging.removal.patches import REACH

Floats = NDArray[np.float32]
Places = NDArray[np.int32]


_BAND = 256
# Rows taken up at once; a hole of many megapixels would need gigabytes otherwise.


class _Origin(NamedTuple):
    """Row and column of the source of every pixel of a box around the hole."""

    box: Rect
    down: Places
    across: Places

    def finer(self, rows: Places, cols: Places) -> tuple[Places, Places]:
        """Rows and columns of the sources on the level of twice the size."""
        parents = rows // 2 - self.box.top, cols // 2 - self.box.left
        return 2 * self.down[parents] + rows % 2, 2 * self.across[parents] + cols % 2


def detailed(found: list[Level], filled: Floats, field: Field) -> NDArray[np.uint8]:
    """The colours of the first level with its hole filled; the levels are written to.

    found: from full size to the level that was searched. filled: the colours of the last one
    with its hole filled; field: where they came from.
    """
    origin = _of(field, found[-1])
    colours: Colours = filled
    for level in reversed(found[:-1]):
        origin = _take_up(level, cast("Floats", colours), origin)
        colours = level.colours
    return _rounded(colours)


def _of(field: Field, level: Level) -> _Origin:
    down, across = np.divmod(field.nearest.reshape(field.hole.shape).astype(np.int32), field.cols)
    box = bounding(level.hole)
    inner = slice(REACH, -REACH)
    here = box.rows_cols
    return _Origin(box, down[inner, inner][here] - REACH, across[inner, inner][here] - REACH)


def _take_up(level: Level, coarse: Floats, origin: _Origin) -> _Origin:
    """Fill the hole of a level from the filled one of half its size; where it came from."""
    box = bounding(level.hole)
    places = []
    for top in range(box.top, box.bottom, _BAND):
        band = box._replace(top=top, bottom=min(top + _BAND, box.bottom))
        rows, cols = np.mgrid[band.rows_cols].astype(np.int32)
        down, across = origin.finer(rows, cols)
        places.append((down, across))
        detail = level.colours[down, across] - _at(coarse, down, across)
        sums: Colours = _at(coarse, rows, cols) + detail
        if level.colours.dtype == np.uint8:
            sums = _rounded(sums)
        hole = level.hole[band.rows_cols][..., None]
        np.copyto(level.colours[band.rows_cols], sums, where=hole)
    return _Origin(box, *(np.concatenate(bands) for bands in zip(*places, strict=True)))


def _rounded(colours: Colours) -> NDArray[np.uint8]:
    if colours.dtype == np.uint8:
        return cast("NDArray[np.uint8]", colours)
    rounded: NDArray[np.float32] = np.rint(np.clip(colours, 0, 255))
    return rounded.astype(np.uint8)


def _at(coarse: Floats, rows: Places, cols: Places) -> Floats:
    """The smaller level seen at places of the larger one."""
    ys, xs = (np.subtract(places / 2, 0.25, dtype=np.float32) for places in (rows, cols))
    return cv.remap(coarse, xs, ys, "linear")

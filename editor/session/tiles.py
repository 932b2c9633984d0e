"""Small pictures of answers for the strip: the changed part with some of what is around it."""

from __future__ import annotations

import numpy as np

from editor.compose.blend import Overlay
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.imaging.resample import resized

TILE = Size(224, 168)
"""Twice the tile of the strip, for dense screens."""

AROUND = 0.6
"""Share of the changed part's longer side shown around it."""


def tile_window(box: Rect, size: Size) -> Rect:
    """The part of a picture that a tile shows: the box and its surroundings, in a tile's shape.

    Inside the picture as far as it reaches; the whole picture when the box is empty.
    """
    if box.empty:
        box = Rect(0, 0, *size)
    side = max(box.size)
    width = max(box.size.width + AROUND * side, TILE.width / 2)
    height = max(box.size.height + AROUND * side, TILE.height / 2)
    width, height = max(width, height * 4 / 3), max(height, width * 3 / 4)
    width, height = min(round(width), size.width), min(round(height), size.height)
    left = min(max((box.left + box.right - width) // 2, 0), size.width - width)
    top = min(max((box.top + box.bottom - height) // 2, 0), size.height - height)
    return Rect(int(left), int(top), int(left + width), int(top + height))


def tile_picture(base: Raster, joined: Overlay | None, box: Rect) -> Raster:
    """Draw the base with an answer on it, cut to the tile's window and made small."""
    window = tile_window(box, base.size)
    part = base.pixels[window.rows_cols]
    if joined is not None:
        part = part.copy()
        both = joined.rect.clipped(base.size).common(window)
        if not both.empty:
            here = both.seen_from(window).rows_cols
            part[here] = joined.pixels[both.seen_from(joined.rect).rows_cols]
    scale = min(TILE.width / window.size.width, TILE.height / window.size.height, 1.0)
    size = Size(max(1, round(window.size.width * scale)), max(1, round(window.size.height * scale)))
    return resized(Raster(np.ascontiguousarray(part)), size)

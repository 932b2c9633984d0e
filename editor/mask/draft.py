"""Draft: a mask as it was settled last, for work in a thread, and the patch of what it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from editor.imaging.geometry import NOWHERE, Rect, Size, tiles_over
from editor.mask.deed import Laying
from editor.mask.patch import TILE, Coverage, Patch, Rows, alike, kept
from editor.mask.shapes import Part


class Draft:
    """The tiles of a mask; nobody writes to them any more, so a draft copies none.

    size: of the picture. box: outside of it all coverage is 0. version: of the plane it was made
    of: a patch of this draft fits that version and no other.
    """

    def __init__(self, size: Size, tiles: Mapping[Rect, Rows], box: Rect, version: int) -> None:
        self.size = size
        self.box = box
        self.version = version
        self._tiles = dict(tiles)

    def coverage(self, rect: Rect) -> Coverage:
        """The coverage of a rectangle of the picture, as a new array."""
        result = np.zeros((rect.size.height, rect.size.width), np.uint8)
        for tile in tiles_over(rect, TILE):
            rows = self._tiles.get(tile.clipped(self.size), 0)
            if isinstance(rows, int) and not rows:
                continue
            both = tile.clipped(self.size).common(rect)
            part = rows if isinstance(rows, int) else rows[_within(both, tile).rows_cols]
            result[_within(both, rect).rows_cols] = part
        return result

    def becoming(self, rect: Rect, coverage: Coverage) -> Patch:
        """What has to be swapped in so that a rectangle has this coverage."""
        changed: dict[Rect, Rows] = {}
        for place in tiles_over(rect, TILE):
            tile = place.clipped(self.size)
            both = tile.common(rect)
            part = coverage[_within(both, rect).rows_cols]
            if both != tile:
                rows = self.coverage(tile)
                rows[_within(both, tile).rows_cols] = part
                part = rows
            now = kept(part)
            if not alike(now, self._tiles.get(tile, 0)):
                changed[tile] = now
        return Patch(self.size, changed)

    def laid(self, parts: Iterable[Part], how: Laying) -> Patch:
        """What has to be swapped in so that a shape is laid on the mask."""
        shape = list(parts)
        rect = self.box if how == "new" else NOWHERE
        for part in shape:
            rect = rect.joined(part.rect)
        if rect.empty:
            return Patch(self.size, {})
        if how == "new":
            coverage = np.zeros((rect.size.height, rect.size.width), np.uint8)
        else:
            coverage = self.coverage(rect)
        for part in shape:
            here = coverage[_within(part.rect, rect).rows_cols]
            if how == "subtract":
                np.minimum(here, np.invert(part.coverage), out=here)
            else:
                np.maximum(here, part.coverage, out=here)
        return self.becoming(rect, coverage)


def _within(rect: Rect, origin: Rect) -> Rect:
    """The rectangle, counted from the corner of another one."""
    left, top = rect.left - origin.left, rect.top - origin.top
    return Rect(left, top, left + rect.size.width, top + rect.size.height)

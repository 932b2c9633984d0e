"""Areas: the parts of a mask that lie so far from one another that each is joined on its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from editor.imaging import cv
from editor.imaging.areas import components
from editor.imaging.geometry import NOWHERE, Rect, Size
from editor.mask.plane import Coverage

MOST = 6
"""More areas than that are taken as one; each costs its own search."""

_LOOK = 512
_GAP = 8
# Half the distance, at the size looked at, that lies between two areas.


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """One part of what is painted.

    box: what holds it, in the source. labels: (rows, cols) of a rectangle of the source, number
    where this part is; None when there is only this one.
    """

    box: Rect
    number: int = 0
    labels: Coverage | None = None
    rect: Rect = NOWHERE

    def own(self, part: Rect) -> Coverage | None:
        """1 where a part of the source belongs to this area; None when all does."""
        if self.labels is None:
            return None
        own = np.zeros((part.size.height, part.size.width), np.uint8)
        seen = part.common(self.rect)
        here = self.labels[seen.seen_from(self.rect).rows_cols] == self.number
        own[seen.seen_from(part).rows_cols] = here
        return own


def areas(coverage: Coverage, box: Rect) -> list[Area]:
    """The areas of a mask, the largest first.

    coverage: of the source. box: what holds all that is painted.
    """
    factor = max(1.0, max(box.size) / _LOOK)
    small = Size(max(round(box.size.width / factor), 1), max(round(box.size.height / factor), 1))
    painted = cv.filled(coverage[box.rows_cols])
    near = (cv.resize(painted, small, "area") > 0).view(np.uint8)
    labels, stats = components(cv.dilate(near, cv.disc(_GAP)))
    if not 2 < len(stats) <= MOST + 1:
        return [Area(box)]
    everywhere = cv.resize(labels.astype(np.uint8), box.size, "nearest")
    found = []
    for number in range(1, len(stats)):
        own = (everywhere == number) & (painted > 0)
        rows, cols = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
        part = Rect(int(cols[0]), int(rows[0]), int(cols[-1]) + 1, int(rows[-1]) + 1)
        part = Rect(
            part.left + box.left, part.top + box.top, part.right + box.left, part.bottom + box.top
        )
        found.append((int(np.count_nonzero(own)), Area(part, number, everywhere, box)))
    return [area for _, area in sorted(found, key=lambda each: -each[0])]

"""Spill: a shadow or a reflection beside the mask, picked by a click to be let through."""

from __future__ import annotations

import numpy as np

from editor.compose.fitting.fit import Fit
from editor.compose.leaking.change import Change, change
from editor.compose.patch import Where
from editor.edits.variant import Variant
from editor.imaging import areas, cv
from editor.imaging.geometry import Rect
from editor.imaging.raster import Raster
from editor.mask.plane import Coverage

FAINTEST, PLAIN = 3.0, 6.0
"""Colour differences at which a spill begins to be let through, and where it is in full."""

_SLACK = 3
# Pixels of a frame by which a click may miss.

_NEAR = 8
# Pixels of a frame between a spill and the mask, so that it still belongs to it.

_ROOM = 2
# Pixels of a frame more around a spill: the foot of a soft shadow.


def blob(base: Raster, variant: Variant, fit: Fit, x: int, y: int) -> Coverage | None:
    """What changed around a point, connected to it: (rows, cols) of the source, 0 to 255.

    x, y: source pixels. A change counts from FAINTEST and is let through in full from PLAIN,
    so that its edge is as soft as it is; it reaches under the mask, where the two meet. None
    where nothing changed, inside the mask, without a mask, and for a change that is nowhere
    near the mask. Takes some 60 ms and the time to fill a mask.
    """
    if variant.coverage is None:
        return None
    return of_change(change(base, variant, fit), variant.coverage, x, y)


def of_change(found: Change, coverage: Coverage, x: int, y: int) -> Coverage | None:
    """The same of a change that is known."""
    picked = _picked(found, *_in_frame(found, x, y))
    if picked is None or not _near(picked, found.frame.painted):
        return None
    rect = found.frame.rect
    share = (found.difference - FAINTEST) / (PLAIN - FAINTEST)
    room = cv.dilate(picked.view(np.uint8), cv.disc(_ROOM)) > 0
    soft = np.where(room, np.clip(share, 0, 1), 0).astype(np.float32)
    # Under the rim of the mask it goes on, so that no seam of the source is left between.
    soft[_joint(picked, found.frame.painted)] = 1
    result = np.zeros_like(coverage)
    level = cv.resize(np.rint(soft * 255).astype(np.uint8), rect.size, "linear")
    result[rect.rows_cols] = level
    result[coverage == 255] = 0
    return result


def count(spill: Coverage, coverage: Coverage) -> int:
    """How many pixels may change with a spill that were protected without it."""
    return int(np.count_nonzero((spill > 0) & (coverage == 0)))


def _in_frame(found: Change, x: int, y: int) -> tuple[int, int]:
    rect, size = found.frame.rect, found.frame.size
    across = (x - rect.left) * size.width // rect.size.width
    return across, (y - rect.top) * size.height // rect.size.height


def _picked(found: Change, across: int, down: int) -> Where | None:
    """The connected change that a click means, in the frame."""
    changed = (found.difference > FAINTEST) & found.frame.seen
    around = Rect(across, down, across + 1, down + 1).grown(_SLACK).clipped(found.frame.size)
    if around.empty:
        return None
    labels, _ = areas.components(changed.view(np.uint8))
    rows, cols = np.nonzero(labels[around.rows_cols])
    if not len(rows):
        return None
    away = np.hypot(rows + around.top - down, cols + around.left - across)
    nearest = int(away.argmin())
    picked: Where = labels == labels[rows[nearest] + around.top, cols[nearest] + around.left]
    return picked


def _near(picked: Where, painted: Where) -> bool:
    around = cv.dilate(painted.view(np.uint8), cv.disc(_NEAR)) > 0
    return bool((picked & around).any())


def _joint(picked: Where, painted: Where) -> Where:
    """Painted places beside a spill, and what lies between the two."""
    reach = cv.dilate(picked.view(np.uint8), cv.disc(_ROOM)) > 0
    joint: Where = painted & reach
    return joint

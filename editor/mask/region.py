"""Changes of a whole mask at once, each one step of undo."""

from __future__ import annotations

import numpy as np

from editor.imaging.geometry import whole
from editor.mask.patch import Coverage, Rows
from editor.mask.plane import MaskPlane, Patch


def fill(plane: MaskPlane) -> Patch:
    """Everything may change."""
    return plane.recast(lambda _: 255)


def clear(plane: MaskPlane) -> Patch:
    """Nothing may change."""
    return plane.recast(lambda _: 0)


def invert(plane: MaskPlane) -> Patch:
    """Swap what may change with what is kept, soft values included."""
    return plane.recast(_inverted)


def cover(plane: MaskPlane, coverage: Coverage) -> Patch:
    """Put another mask of the same size in the place of this one."""
    assert coverage.shape == plane.pixels.shape
    edit = plane.edit()
    edit.region(whole(plane.size))[:] = coverage
    return edit.commit()


def _inverted(rows: Rows) -> Rows:
    return 255 - rows if isinstance(rows, int) else np.invert(rows)

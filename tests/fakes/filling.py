"""A mask of even boxes."""

from __future__ import annotations

from editor.imaging.geometry import Rect
from editor.mask.plane import MaskPlane, Patch


def fill_rect(plane: MaskPlane, rect: Rect, value: int) -> Patch:
    """Give every pixel of a rectangle one coverage; what lies outside the plane is cut off."""
    edit = plane.edit()
    edit.region(rect)[:] = value
    return edit.commit()

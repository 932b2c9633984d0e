"""A variant keeps what is needed to join it, now or after a restart."""

import numpy as np

from editor.edits.variant import Variant
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster


def test_variants_are_told_apart_by_identity():
    raster = Raster(np.zeros((2, 3, 4), np.uint8))
    placement = Placement(Rect(0, 0, 3, 2), Size(3, 2))
    one, other = (
        Variant("v1", "j1", "r1", raster, placement, None, "base", "openai", "gpt-image-2")
        for _ in range(2)
    )
    assert one != other
    assert one.price is None
    assert (one.requested, one.effective, one.seconds) == ({}, {}, 0.0)

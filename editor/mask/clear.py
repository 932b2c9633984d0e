"""What is clear in a picture as a mask, for providers that read it so."""

from __future__ import annotations

import numpy as np

from editor.imaging.raster import Raster
from editor.mask.plane import Coverage

CLEAR_BELOW = 128
"""Alpha below this counts as clear, as providers read it."""


def clear_in(raster: Raster) -> Coverage | None:
    """A mask of what is clear in a picture, None where nothing is, or where everything is."""
    clear = raster.pixels[..., 3] < CLEAR_BELOW
    if not clear.any() or clear.all():
        return None
    return clear.astype(np.uint8) * np.uint8(255)

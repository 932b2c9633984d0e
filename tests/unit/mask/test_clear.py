"""What is clear in a picture becomes its mask."""

import numpy as np
import pytest

from editor.imaging.raster import Raster
from editor.mask.clear import clear_in


@pytest.mark.parametrize(
    ("alpha", "mask"),
    [
        ([255, 255, 255, 255], None),
        ([0, 0, 0, 127], None),
        ([0, 127, 128, 255], [[255, 255, 0, 0]]),
    ],
)
def test_what_is_clear_is_half_clear_or_more(alpha, mask):
    pixels = np.zeros((1, 4, 4), np.uint8)
    pixels[0, :, 3] = alpha
    clear = clear_in(Raster(pixels))
    assert (None if clear is None else clear.tolist()) == mask

"""Wand: what has the colour of one place, connected with it or anywhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.imaging import areas, cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.mask.derive import bounds
from editor.mask.shapes import BAND, Part

NEAR = 1
"""Pixels around the place whose mean is the colour looked for, so that grain does not decide."""

RIM = 0.7
"""Sigma in pixels by which the rim is softened, as other programs do."""

Distances = NDArray[np.uint8]
"""(rows, cols): CIE76 differences in Lab from one colour, in whole steps, rounded up."""


def distances(raster: Raster, x: int, y: int) -> Distances:
    """How far the colour of each pixel is from that of a place, a pixel of the picture."""
    return _far(raster.pixels, _colour(raster.pixels, x, y))


def alike(far: Distances, x: int, y: int, tolerance: float, *, contiguous: bool) -> Part:
    """Every pixel whose colour is as far off as the tolerance at most.

    far: from the colour at x, y. tolerance: CIE76 difference in Lab, 0 to 100, of which whole
    steps count. contiguous: only what hangs together with the place, over edges, not corners.
    The part may be empty.
    """
    hard = cv.within(far, tolerance)
    if contiguous:
        hard[y, x] = 255  # the place itself may be grain
        hard = areas.flooded(hard, x, y)
    found = bounds(hard)
    if found.empty:
        return Part(found, np.zeros((0, 0), np.uint8))
    here = found.grown(2).clipped(Size(*far.shape[::-1]))
    return Part(here, cv.gaussian(hard[here.rows_cols], RIM))


def _colour(pixels: NDArray[np.uint8], x: int, y: int) -> NDArray[np.float32]:
    """Lab of the mean of the few pixels around a place."""
    rows, cols = pixels.shape[:2]
    around = Rect(x - NEAR, y - NEAR, x + NEAR + 1, y + NEAR + 1).clipped(Size(cols, rows))
    mean = pixels[around.rows_cols][..., :3].astype(np.float32).mean(axis=(0, 1), keepdims=True)
    lab: NDArray[np.float32] = cv.reordered(mean / 255, "bgr lab")[0, 0]
    return lab


def _far(pixels: NDArray[np.uint8], colour: NDArray[np.float32]) -> Distances:
    """Worked out in bands, so that the floats stay few."""
    found = np.empty(pixels.shape[:2], np.uint8)
    table = _squares(colour)
    for top in range(0, len(pixels), BAND):
        lab = cv.reordered(cv.reordered(pixels[top : top + BAND], "bgra bgr"), "bgr lab")
        far = np.sqrt(cv.summed(cv.looked_up(lab, table)))
        found[top : top + BAND] = cv.as_bytes(np.ceil(far, out=far), 1)
    return found


def _squares(colour: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far each of 256 samples of Lab is from a colour, squared: (256, 3).

    Eight bits hold L stretched to 255, and a and b moved by 128.
    """
    samples = np.arange(256, dtype=np.float32)[:, None] - np.array((0, 128, 128), np.float32)
    samples[:, 0] *= np.float32(100 / 255)
    return (samples - colour) ** 2

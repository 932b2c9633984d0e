"""Areas: what OpenCV knows of areas: told apart, rims found and moved, flooded, filled, cut out.

The second typed face of OpenCV, beside imaging/cv.py. Masks are (rows, cols), 8 bits.
"""

from __future__ import annotations

from typing import Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

OUTSIDE, INSIDE, PERHAPS_OUTSIDE, PERHAPS_INSIDE = range(4)
"""What GrabCut is told of a pixel, and tells; the first two are never changed."""

Model = NDArray[np.float64]
"""(1, 65): five Gaussians of one side's colours, as OpenCV keeps them."""


def widened(mask: Bytes, radius: int, shape: Literal["disc", "square"] = "disc") -> Bytes:
    """The largest value within a radius of each place; nothing comes in from beyond the edge."""
    return cast("Bytes", cv2.dilate(mask, _element(radius, shape), borderValue=0))


def narrowed(mask: Bytes, radius: int, shape: Literal["disc", "square"] = "disc") -> Bytes:
    """The smallest value within a radius of each place; beyond the edge there is no rim."""
    return cast("Bytes", cv2.erode(mask, _element(radius, shape)))


def flooded(mask: Bytes, x: int, y: int) -> Bytes:
    """The non-zero area that holds this place (4 neighbours), as 255; nothing else."""
    rows, cols = mask.shape
    # The flood writes to a frame of its own, a pixel wider on every side.
    frame = np.zeros((rows + 2, cols + 2), np.uint8)
    flags = 4 | (255 << 8) | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE
    cv2.floodFill(cv2.threshold(mask, 0, 1, cv2.THRESH_BINARY)[1], frame, (x, y), 0, 0, 0, flags)
    return frame[1:-1, 1:-1]


def parted(bgr: Bytes, seeds: NDArray[np.int32]) -> NDArray[np.int32]:
    """The picture parted along its strongest edges, a part for each seed; -1 between parts.

    seeds: 0 where nothing is known. Source: Meyer, Color image segmentation, 1992.
    """
    return cast("NDArray[np.int32]", cv2.watershed(bgr, seeds.copy()))


def cut_once(
    bgr: Bytes, known: Bytes, models: tuple[Model, Model] | None
) -> tuple[Bytes, tuple[Model, Model]]:
    """One step of GrabCut: what each pixel is found to be, and the colours of both sides.

    bgr: (rows, cols, 3). known: OUTSIDE to PERHAPS_INSIDE for each pixel, with at least one of
    either side. models: of the step before, None for the first. Always with the same dice.
    Source: Rother, Kolmogorov and Blake, GrabCut, 2004.
    """
    cv2.setRNGSeed(0)
    mode = cv2.GC_INIT_WITH_MASK if models is None else cv2.GC_EVAL
    outside, inside = models or (np.zeros((1, 65)), np.zeros((1, 65)))
    outside, inside, found = outside.copy(), inside.copy(), known.copy()
    cv2.grabCut(bgr, found, (0, 0, 0, 0), outside, inside, 1, mode)
    return found, (outside, inside)


def guided(
    guide: Bytes, plane: NDArray[np.float32], radius: int, smooth: float
) -> NDArray[np.float32]:
    """A plane whose rims follow those of a picture.

    guide: (rows, cols, 3) BGR. plane: (rows, cols), 0.0 to 1.0. smooth: variance of the guide,
    of samples from 0 to 255, below which it counts as flat. Source: He, Sun and Tang, Guided
    Image Filtering, 2010.
    """
    # Samples from 0 to 1 would have determinants that OpenCV 5.0 takes for 0, and blurs.
    full = guide.astype(np.float32)
    found = cv2.ximgproc.guidedFilter(full, cast("Bytes", plane), radius, smooth)
    return cast("NDArray[np.float32]", found)


def find_contours(mask: Bytes) -> list[NDArray[np.int32]]:
    """Every rim, outer and inner, of the non-zero area as (points, 2) positions x, y."""
    rims, _ = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    return [cast("NDArray[np.int32]", rim).reshape(-1, 2) for rim in rims]


def simplified(
    line: NDArray[np.int32], tolerance: float, *, closed: bool = True
) -> NDArray[np.int32]:
    """Fewer points of a line (points, 2), nowhere further off than so many pixels.

    Source: Douglas and Peucker, 1973.
    """
    fewer = cv2.approxPolyDP(line.reshape(-1, 1, 2), tolerance, closed)
    return cast("NDArray[np.int32]", fewer).reshape(-1, 2)


def components(mask: Bytes) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Connected non-zero areas (8 neighbours).

    Returns labels (rows, cols), 0 being the ground, and one row per label with
    left, top, width, height, area; row 0 is the ground.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return cast("NDArray[np.int32]", labels), cast("NDArray[np.int32]", stats)


def enclosed(areas: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which of the areas that components() tells touch no edge; the ground does not count.

    shape: rows and columns of their mask.
    """
    left, top, width, height, _ = areas.T
    inside = (left > 0) & (top > 0) & (left + width < shape[1]) & (top + height < shape[0])
    inside[0] = False
    return cast("NDArray[np.bool_]", inside)


def inpaint(bgr: Bytes, hole: Bytes, radius: float) -> Bytes:
    """Hole (non-zero) filled from its rim; Telea, 2004. radius: neighbourhood in pixels."""
    return cast("Bytes", cv2.inpaint(bgr, hole, radius, cv2.INPAINT_TELEA))


def at_least(plane: Bytes, least: Bytes) -> None:
    """Raise what is lower in a plane, or in a view of a part of one; half as long as numpy."""
    cv2.max(plane, least, plane)


def at_most(plane: Bytes, most: Bytes) -> None:
    """Lower what is higher in a plane, or in a view of a part of one."""
    cv2.min(plane, most, plane)


def steepness(grey: Bytes) -> NDArray[np.float32]:
    """How much the levels change at each pixel: the length of Sobel's gradient, levels a pixel."""
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8)
    return cast("NDArray[np.float32]", cv2.magnitude(across, down))


def _element(radius: int, shape: Literal["disc", "square"]) -> Bytes:
    kind = cv2.MORPH_ELLIPSE if shape == "disc" else cv2.MORPH_RECT
    side = 2 * radius + 1
    return cast("Bytes", cv2.getStructuringElement(kind, (side, side)))

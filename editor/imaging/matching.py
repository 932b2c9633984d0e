"""Matching: what OpenCV knows of where one picture lies in another.

The third typed face of OpenCV, beside imaging/cv.py and imaging/areas.py.
"""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Marks = Floats
"""(n, 128): what each of n places looks like."""


def correlation(picture: Floats, part: Floats) -> Floats:
    """Sum of products with a part laid on each place of a larger picture."""
    return cast("Floats", cv2.matchTemplate(picture, part, cv2.TM_CCORR))


def flow(one: Bytes, other: Bytes, *, roughly: bool = False) -> Floats:
    """Where each pixel of one lies in other: (rows, cols, 2) steps in x and y.

    one, other: (rows, cols) of one size, no side under 16. roughly: to a pixel or so, in a fifth
    of the time. Source: Kroeger et al., Fast Optical Flow using Dense Inverse Search, 2016.
    """
    finest = cv2.DISOPTICAL_FLOW_PRESET_FAST if roughly else cv2.DISOPTICAL_FLOW_PRESET_MEDIUM
    search = cv2.DISOpticalFlow.create(finest)
    # An array instead of None would be taken as a first guess, and followed.
    start = cast("Floats", None)
    return cast("Floats", search.calc(one, other, start))


def similarity(
    here: Floats, there: Floats, within: float
) -> tuple[NDArray[np.float64], float] | None:
    """Turn, scale and shift (2, 3) that takes most points to their partners, and their share.

    here, there: (points, 2) x and y, two or more. within: pixels by which a point may miss. None
    where no two points agree. By RANSAC (Fischler and Bolles, 1981), always with the same dice.
    """
    cv2.setRNGSeed(0)
    found, good = cv2.estimateAffinePartial2D(
        here, there, method=cv2.RANSAC, ransacReprojThreshold=within
    )
    if found is None:
        return None
    return cast("NDArray[np.float64]", found), float(good.mean())


def features(grey: Bytes, most: int) -> tuple[Floats, Floats, Marks]:
    """Places that can be found again: where (n, 2), how turned (n) in degrees, their marks.

    Where is x, y from the corner of the first pixel. The strongest ones, about so many at most.
    SIFT, after Lowe, 2004; faint places count too.
    """
    finder = cv2.SIFT.create(nfeatures=most, contrastThreshold=0.02)
    # None for no mask: OpenCV takes it; its hints forgot.
    points, marks = finder.detectAndCompute(grey, cast("Bytes", None))
    places = np.array([point.pt for point in points], np.float32).reshape(-1, 2) + 0.5
    angles = np.array([point.angle for point in points], np.float32)
    found = np.zeros((0, 128), np.float32) if marks is None else marks
    return places, angles, cast("Marks", found)

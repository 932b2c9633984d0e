"""How visible a join is: the step across the rim of a mask, beside the source's own."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""(rows, cols, 4) BGRA."""

OUTSIDE, SOFT, EVERY = 4, 2.0, 3
"""Pixels outside of the rim that are compared, sigma before it, points of the rim per point."""


def step_across(picture: Pixels, mask: Pixels, inside: int) -> float:
    """Mean difference of Lab between places outside of the rim and so many pixels inside of it.

    mask: (rows, cols), above 0 inside, one area. Places beyond the picture do not count.
    """
    painted = (mask > 0).astype(np.uint8)
    depth, away = (cv2.distanceTransform(one, cv2.DIST_L2, 5) for one in (painted, 1 - painted))
    down, across = np.gradient(np.subtract(depth, away))
    length = np.hypot(across, down) + 1e-6
    rim = cv2.findContours(painted, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0][0][::EVERY, 0]
    x, y = rim.T
    inward = np.stack([across[y, x] / length[y, x], down[y, x] / length[y, x]], axis=1)
    one, other = (rim - OUTSIDE * inward).astype(int), (rim + inside * inward).astype(int)
    most = np.array(mask.shape[::-1]) - 1
    there = ((one >= 0) & (one <= most) & (other >= 0) & (other <= most)).all(axis=1)
    lab = soft_lab(picture)
    differs = lab[one[there, 1], one[there, 0]] - lab[other[there, 1], other[there, 0]]
    return float(np.linalg.norm(differs, axis=1).mean())


def soft_lab(picture: Pixels) -> NDArray[np.float32]:
    """Lab of a picture without its grain: (rows, cols, 3)."""
    colours = picture[..., :3].astype(np.float32) / 255
    return np.asarray(
        cv2.cvtColor(cv2.GaussianBlur(colours, (0, 0), SOFT), cv2.COLOR_BGR2LAB), np.float32
    )

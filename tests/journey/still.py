"""Still: a picture of known things for the tools of the mask, and a model of what they draw.

Everything has the chart's blue, so that sight tells what is painted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.journey.sight import HEIGHT, PLAIN, WIDTH

Place = tuple[float, float]
"""x, y in picture pixels."""

Pixels = NDArray[np.uint8]

FINE = 4
"""Bits of a pixel's fraction that OpenCV draws with."""

SLACK = 5
"""Side in pixels of the square by which a rim may differ: the rim itself is soft."""

LEAVES = (100, 440), (230, 440)
"""Two discs of one flat colour: middles; LEAF is their radius."""

LEAF, HARE, BOLE, FUR = 40, (50, 34), 36, 46

HARES = (360, 440), (510, 440)
"""Two ellipses: middles; HARE is how far they reach across and down."""

TRUNKS = (650, 440), (770, 440)
"""Two squares: middles; BOLE is half of a side."""

FURRY = 910, 440
"""Middle of a disc of radius FUR that fades away over SOFT pixels."""

SOFT = 16


def disc(middle: Place, across: float, down: float = 0) -> Pixels:
    """An ellipse without a soft rim."""
    found = np.zeros((HEIGHT, WIDTH), np.uint8)
    axes = _fine((across, down or across))
    cv2.ellipse(found, _fine(middle), axes, 0, 0, 360, 255, -1, cv2.LINE_8, FINE)
    return found


def box(one: Place, other: Place) -> Pixels:
    """The pixels between two corners."""
    found = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.rectangle(found, _fine(one), _fine(other), 255, -1, cv2.LINE_8, FINE)
    return found


def polygon(corners: Sequence[Place]) -> Pixels:
    found = np.zeros((HEIGHT, WIDTH), np.uint8)
    line = np.array([_fine(corner) for corner in corners], np.int32)
    cv2.fillPoly(found, [line], 255, cv2.LINE_8, FINE)
    return found


def line(one: Place, other: Place, width: float) -> Pixels:
    """A stroke with round ends."""
    away = np.hypot(*(np.array(other) - one))
    across = np.array((one[1] - other[1], other[0] - one[0])) / max(away, 1e-9) * width / 2
    corners = [one + across, other + across, other - across, one - across]
    ends = disc(one, width / 2) | disc(other, width / 2)
    return ends | polygon([(float(x), float(y)) for x, y in corners])


def fading() -> Pixels:
    """Coverage of the disc that fades away."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    away = np.hypot(across + 0.5 - FURRY[0], down + 0.5 - FURRY[1])
    return np.round(np.clip((FUR + SOFT / 2 - away) / SOFT, 0, 1) * 255).astype(np.uint8)


def trunk(middle: Place) -> Pixels:
    x, y = middle
    return box((x - BOLE, y - BOLE), (x + BOLE, y + BOLE))


def still(path: Path) -> Path:
    """Write the picture as a PNG."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    pixels = np.dstack([across // 4, down // 3, np.full_like(down, PLAIN)]).astype(np.float32)
    things: list[tuple[Pixels, tuple[int, int]]] = [
        *((disc(middle, LEAF), (10, 10)) for middle in LEAVES),
        *((disc(middle, *HARE), (250, 250)) for middle in HARES),
        (trunk(TRUNKS[0]), (250, 20)),
        (trunk(TRUNKS[1]), (60, 255)),  # a scribble takes its own colour everywhere
        (fading(), (10, 10)),
    ]
    for coverage, colour in things:
        share = coverage[..., None] / np.float32(255)
        pixels = pixels * (1 - share) + np.array((*colour, PLAIN), np.float32) * share
    Image.fromarray(np.round(pixels).astype(np.uint8)).save(path)
    return path


def coverage_of(path: Path) -> Pixels:
    """What a soft mask says may change, 0 to 255."""
    with Image.open(path) as mask:
        return 255 - np.asarray(mask.convert("RGBA"))[..., 3]


def unlike(coverage: Pixels, model: Pixels) -> int:
    """How many pixels are not wholly in or out as the model has it, its rim left out."""
    around = np.ones((SLACK, SLACK), np.uint8)
    inside, outside = cv2.erode(model, around) == 255, cv2.dilate(model, around) == 0
    return int((coverage[inside] != 255).sum() + (coverage[outside] != 0).sum())


def overlap(coverage: Pixels, model: Pixels) -> float:
    """Intersection over union, 0.0 to 1.0."""
    one, other = coverage >= 128, model >= 128
    return float((one & other).sum() / (one | other).sum())


def _fine(place: Place) -> tuple[int, int]:
    """As OpenCV takes it: the middle of the first pixel is 0, not a half."""
    x, y = place
    return round((x - 0.5) * (1 << FINE)), round((y - 0.5) * (1 << FINE))

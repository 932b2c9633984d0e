"""Scenes with one object each, whose true coverage is known: shapes on a ground, and hair."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.imaging.geometry import Point, Rect, Size
from editor.imaging.raster import Raster
from tests.fakes.drawn import opaque

Pixels = NDArray[np.uint8]


def cup(size: Size) -> Pixels:
    """A turned ellipse with a handle."""
    width, height = size
    found = np.zeros((height, width), np.uint8)
    middle = width // 2, height // 2
    cv2.ellipse(found, middle, (width // 6, height // 4), 20, 0, 360, 255, -1, cv2.LINE_AA)
    cv2.rectangle(found, middle, (width // 2 + width // 5, height // 2 + height // 10), 255, -1)
    return found


def star(size: Size) -> Pixels:
    """Five round arms."""
    width, height = size
    angles = np.linspace(0, 2 * math.pi, 200)
    reach = 1 + 0.4 * np.cos(5 * angles)
    corners = np.stack(
        [
            width * (0.4 + 0.2 * np.cos(angles) * reach),
            height * (0.55 + 0.25 * np.sin(angles) * reach),
        ],
        axis=1,
    )
    found = np.zeros((height, width), np.uint8)
    cv2.fillPoly(found, [corners.astype(np.int32)], 255, cv2.LINE_AA)
    return found


def scene(true: Pixels, seed: int = 0, grain: float = 6.0) -> Raster:
    """A thing of this coverage, shaded and grainy, on a shaded and grainy ground."""
    height, width = true.shape
    rows, cols = np.mgrid[:height, :width]
    ground = [90 + 60 * cols / width, 120 + 50 * rows / height, 100 + 30 * np.sin(cols / 37)]
    thing = [60 + 0 * cols, 60 + 80 * rows / height, 190 + 30 * np.sin(rows / 23)]
    chance = np.random.default_rng(seed)
    share = true[..., None] / 255
    picture = np.stack(ground, -1) * (1 - share) + np.stack(thing, -1) * share
    return opaque(np.clip(picture + chance.normal(0, grain, (height, width, 1)), 0, 255))


def furry(true: Pixels, gap: float, seed: int = 0) -> Raster:
    """A brown thing with fur of this coverage on a brown, ruffled ground; gap: levels between."""
    chance = np.random.default_rng(seed)
    brown, tint = np.array([70.0, 100.0, 135.0]), np.array([0.8, 1.0, 1.1])
    ground = brown + _ruffled(true, (1, 3, 8), chance) * tint
    thing = brown + (gap + _ruffled(true, (1, 2, 5), chance)) * tint
    share = true[..., None] / 255
    grain = chance.normal(0, 3, (*true.shape, 3))
    return opaque(np.clip(ground * (1 - share) + thing * share + grain, 0, 255))


def _ruffled(
    true: Pixels, widths: tuple[int, ...], chance: np.random.Generator
) -> NDArray[np.float64]:
    """Light and shade in strands of these widths, 18 levels strong."""
    strands = [
        width * cv2.GaussianBlur(chance.normal(0, 1, true.shape), (0, 0), width, sigmaY=3 * width)
        for width in widths
    ]
    light: NDArray[np.float64] = np.sum(strands, axis=0)
    return 18 * light[..., None] / float(light.std())


def hairy(size: Size, seed: int = 0, strands: int = 350) -> tuple[Pixels, Pixels]:
    """A disc with strands of hair around it: its coverage, and that of the disc alone."""
    fine, (width, height) = 4, size
    chance = np.random.default_rng(seed)
    large = np.zeros((height * fine, width * fine), np.uint8)
    middle, radius = np.array([width, height]) * fine / 2, min(size) * fine // 4
    x, y = middle.astype(int).tolist()
    cv2.circle(large, (x, y), radius, 255, -1, cv2.LINE_AA)
    core = cv2.resize(large, size, interpolation=cv2.INTER_AREA)
    along = np.linspace(0, 1, 12)
    for _ in range(strands):
        angle, bend = chance.uniform(0, 2 * math.pi), chance.uniform(-0.8, 0.8)
        far = radius - 6 * fine + along * chance.uniform(0.1, 0.45) * radius
        turned = angle + bend * along * 0.3
        line = np.stack([np.cos(turned) * far, np.sin(turned) * far], 1) + middle
        thick = int(chance.integers(2, 6))
        cv2.polylines(large, [line.astype(np.int32)], False, 255, thick, cv2.LINE_AA)
    return cv2.resize(large, size, interpolation=cv2.INTER_AREA).astype(np.uint8), core.astype(
        np.uint8
    )


def box_around(true: Pixels, spare: int = 10) -> Rect:
    """What a person would draw around a thing."""
    rows, cols = np.nonzero(true > 127)
    left, top, right, bottom = cols.min(), rows.min(), cols.max() + 1, rows.max() + 1
    return Rect(int(left) - spare, int(top) - spare, int(right) + spare, int(bottom) + spare)


def scribble_on(true: Pixels) -> list[Point]:
    """A short line well inside of a thing."""
    depth = cv2.distanceTransform((true > 127).astype(np.uint8), cv2.DIST_L2, 5)
    row, col = np.unravel_index(int(depth.argmax()), depth.shape)
    reach = float(depth.max()) / 2
    return [Point(float(col) - reach, float(row)), Point(float(col) + reach, float(row) + 1)]


def overlap(one: Pixels, other: Pixels) -> float:
    """Intersection over union of what is edited."""
    first, second = one > 127, other > 127
    return float((first & second).sum() / max(1, (first | second).sum()))

"""A drawn portrait with a jacket in any colour, and what a chat service makes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""(rows, cols, 3) RGB."""

Field = NDArray[np.float32]
Colour = tuple[int, int, int]
Points = tuple[tuple[float, float], ...]
Shade = float | Callable[[Field, Field], Field]
"""What a colour is multiplied by, or how that follows from x and y as shares of the width."""

WIDTH, HEIGHT = 4000, 6000
"""24 megapixels, upright."""

GREEN, RED = (52, 92, 70), (150, 44, 40)

JACKET = (
    (0.10, 1.00), (0.13, 0.80), (0.20, 0.70), (0.38, 0.64), (0.44, 0.70), (0.50, 0.80),
    (0.56, 0.70), (0.62, 0.64), (0.80, 0.70), (0.87, 0.80), (0.90, 1.00),
)  # fmt: skip
"""Its outline as shares of width and height."""

_FINE = 4
# Fractional bits of a position.


def portrait(colour: Colour, width: int = WIDTH) -> Pixels:
    """The picture at any width, its height half as much again."""
    height = width * HEIGHT // WIDTH
    scene = _ground(width, height)
    hair, skin, shirt = (58, 40, 30), (214, 170, 142), (236, 234, 228)
    _ellipse(scene, (0.50, 0.375), (0.175, 0.165), hair)
    _polygon(scene, ((0.44, 0.48), (0.56, 0.48), (0.6, 0.68), (0.4, 0.68)), skin, 0.86)
    _polygon(scene, ((0.40, 0.62), (0.60, 0.62), (0.54, 0.82), (0.46, 0.82)), shirt)
    _ellipse(scene, (0.50, 0.41), (0.132, 0.135), skin)
    _ellipse(scene, (0.50, 0.29), (0.145, 0.062), hair)
    for x in (0.447, 0.553):
        _ellipse(scene, (x, 0.395), (0.021, 0.009), (250, 248, 244))
        _ellipse(scene, (x, 0.395), (0.011, 0.0085), (70, 92, 110))
        _ellipse(scene, (x, 0.372), (0.028, 0.004), hair)
    _ellipse(scene, (0.50, 0.435), (0.014, 0.022), skin, 0.93)
    _ellipse(scene, (0.50, 0.482), (0.044, 0.008), (176, 96, 92))
    _polygon(scene, JACKET, colour, _cloth)
    for side in (-1, 1):
        lapel = ((0.5 + side * 0.06, 0.70), (0.5 + side * 0.13, 0.67), (0.5, 0.80))
        _polygon(scene, lapel, colour, 0.7)
    for y in (0.85, 0.92):
        _ellipse(scene, (0.50, y), (0.012, 0.008), (24, 22, 20))
    light = np.linspace(1.08, 0.88, width, dtype=np.float32)
    grain: Any = np.random.default_rng(24).standard_normal((height, width), np.float32) * 3
    grain = cv2.GaussianBlur(grain, (0, 0), 0.7)
    for top in range(0, height, 256):
        rows = scene[top : top + 256]
        rows *= light[:, None]
        rows += grain[top : top + 256, :, None]
    return np.clip(scene, 0, 255, out=scene).astype(np.uint8)


def chat_answer(asked: Pixels) -> Pixels:
    """What a chat service returns for a picture: smaller, shifted, scaled, tinted, redrawn.

    asked: as it ought to be. Save it as a JPEG to make it complete.
    """
    small = cv2.resize(asked, (1024, 1536), interpolation=cv2.INTER_AREA).astype(np.float32)
    move = np.array([[1.018, 0, -14.0], [0, 1.018, -9.0]], np.float32)
    moved = cv2.warpAffine(small, move, (1024, 1536), flags=cv2.INTER_CUBIC, borderMode=1)
    tinted = moved * np.array([1.05, 1.0, 0.93], np.float32) + np.array([5, 2, -3], np.float32)
    soft = cv2.GaussianBlur(tinted, (0, 0), 0.8)
    return np.clip(soft, 0, 255).astype(np.uint8)


def _ground(width: int, height: int) -> Field:
    """A room out of focus."""
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    scene = np.array([128, 134, 142], np.float32) * (1.15 - 0.5 * down)
    scene = np.repeat(scene, width, axis=1)
    chance = np.random.default_rng(7)
    spots: Any = np.zeros((height // 8, width // 8, 3), np.float32)
    for _ in range(70):
        x, y = chance.uniform(0, width / 8), chance.uniform(0, height / 8 * 0.8)
        radius = chance.uniform(0.02, 0.06) * width / 8
        colour = chance.uniform(10, 46, 3) * (1.0, 0.85, 0.6)
        cv2.circle(spots, (int(x), int(y)), int(radius), colour.tolist(), -1, cv2.LINE_AA)
    spots = cv2.GaussianBlur(spots, (0, 0), width / 8 / 160)
    scene += cv2.resize(spots, (width, height), interpolation=cv2.INTER_LINEAR)
    return scene


def _cloth(across: Field, down: Field) -> Field:
    """Weave and folds of a jacket: what its colour is multiplied by."""
    weave = 1 + 0.05 * np.sin(900 * (across + down)) * np.sin(900 * (across - down))
    folds = 1 + 0.16 * np.sin(26 * across + 5 * np.sin(7 * down)) * np.clip(down - 0.95, 0, 1)
    cloth: Field = (weave * folds).astype(np.float32)
    return cloth


def _polygon(scene: Field, points: Points, colour: Colour, shade: Shade = 1.0) -> None:
    rows, cols = scene.shape[:2]
    places = np.array([(x * cols, y * rows) for x, y in points])

    def draw(area: Pixels, left: int, top: int) -> None:
        inside = ((places - (left, top)) * (1 << _FINE)).astype(np.int32)
        cv2.fillPoly(area, [inside], 255, cv2.LINE_AA, _FINE)

    _lay(scene, (*places.min(axis=0), *places.max(axis=0)), draw, colour, shade)


def _ellipse(
    scene: Field,
    centre: tuple[float, float],
    axes: tuple[float, float],
    colour: Colour,
    shade: Shade = 1.0,
) -> None:
    rows, cols = scene.shape[:2]
    x, y, wide, high = centre[0] * cols, centre[1] * rows, axes[0] * cols, axes[1] * rows
    unit = 1 << _FINE

    def draw(area: Pixels, left: int, top: int) -> None:
        middle = round((x - left) * unit), round((y - top) * unit)
        reach = round(wide * unit), round(high * unit)
        cv2.ellipse(area, middle, reach, 0, 0, 360, 255, -1, cv2.LINE_AA, _FINE)

    _lay(scene, (x - wide, y - high, x + wide, y + high), draw, colour, shade)


def _lay(
    scene: Field,
    box: tuple[float, float, float, float],
    draw: Callable[[Pixels, int, int], None],
    colour: Colour,
    shade: Shade,
) -> None:
    """Paint one shape, whose box is left, top, right, bottom in pixels."""
    rows, cols = scene.shape[:2]
    left, top = max(int(box[0]) - 2, 0), max(int(box[1]) - 2, 0)
    part = scene[top : int(box[3]) + 3, left : int(box[2]) + 3]
    area = np.zeros(part.shape[:2], np.uint8)
    draw(area, left, top)
    value: Field = np.array(colour, np.float32)
    if callable(shade):
        across = np.arange(left, left + part.shape[1], dtype=np.float32) / cols
        down = np.arange(top, top + part.shape[0], dtype=np.float32)[:, None] / rows * 1.5
        value = shade(across, down)[..., None] * value
    else:
        value = value * np.float32(shade)
    part += (value - part) * (area.astype(np.float32) / 255)[..., None]

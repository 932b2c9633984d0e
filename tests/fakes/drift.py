"""Answers that came back a little off, as models send them, and the same with that taken back."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Drift:
    """What happens to a whole frame.

    scale: about the middle. shift: pixels right and down. gamma, contrast (about the middle
    grey), cast: gains of B, G, R. vignette: share of brightness lost in the corners. blur:
    sigma in pixels. noise: deviation, share of full. warp: largest step of a smooth local
    distortion, pixels. tone: largest local change of brightness. redrawn: share of the fine
    detail that is made anew.
    """

    name: str
    scale: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    gamma: float = 1.0
    contrast: float = 1.0
    cast: tuple[float, float, float] = (1.0, 1.0, 1.0)
    vignette: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    warp: float = 0.0
    tone: float = 0.0
    redrawn: float = 0.0


DRIFTS = (
    Drift("none"),
    Drift("shift 20 px", shift=(14.3, -13.6)),
    Drift("scale 1.03", scale=1.03, shift=(3.2, 2.1)),
    Drift("scale 0.97", scale=0.97, shift=(-4.4, 1.7)),
    Drift("gamma 0.9", gamma=0.9),
    Drift("gamma 1.1, contrast", gamma=1.1, contrast=0.95),
    Drift("warm cast", cast=(0.92, 1.0, 1.05)),
    Drift("vignette 15 %", vignette=0.15),
    Drift("soft and noisy", blur=1.5, noise=0.01),
    Drift("all of it", 1.03, (11.4, -8.2), 0.93, 0.95, (0.94, 1.0, 1.04), 0.15, 0.8, 0.008),
    Drift("all, other way", 0.97, (-15.2, 12.7), 1.1, 1.05, (1.05, 1.0, 0.93), 0.1, 1.5, 0.01),
)
"""Consistent drift: one rule for the whole frame, up to the bounds that joining must take."""

REDRAWN = (
    Drift("redrawn, 12 px", warp=12, tone=0.05, redrawn=0.5),
    Drift("redrawn, 40 px", 0.99, (-9.0, -14.0), warp=40, tone=0.08, redrawn=1.0),
)
"""No one rule: things moved on their own, fine detail made anew, light changed in places."""


def drifted(picture: Floats, drift: Drift, seed: int = 0) -> Floats:
    """A picture as the answer shows it, rounded to bytes: (rows, cols, 3) BGR, 0..1."""
    chance = np.random.default_rng(seed)
    result = _detail_anew(picture, drift.redrawn, chance) if drift.redrawn else picture
    if drift.blur:
        result = np.asarray(cv2.GaussianBlur(result, (0, 0), drift.blur), np.float32)
    xs, ys = _places(result.shape, drift)
    if drift.warp:
        xs = xs + drift.warp * _waves(result.shape, chance)
        ys = ys + drift.warp * _waves(result.shape, chance)
    placed = cv2.remap(result, xs, ys, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
    toned = (np.clip(placed, 0, 1) ** drift.gamma - 0.5) * drift.contrast + 0.5
    toned = toned * np.array(drift.cast) * _shade(picture.shape, drift.vignette)[..., None]
    if drift.tone:
        toned = toned * (1 + drift.tone * _waves(picture.shape, chance))[..., None]
    if drift.noise:
        toned = toned + chance.normal(0, drift.noise, picture.shape)
    return np.asarray(np.rint(np.clip(toned, 0, 1) * 255) / 255, np.float32)


def taken_back(answer: Floats, drift: Drift) -> Floats:
    """A consistent drift removed by its own rule; blur, noise and rounding stay."""
    result = answer / (_shade(answer.shape, drift.vignette)[..., None] * np.array(drift.cast))
    result = (result - 0.5) / drift.contrast + 0.5
    result = np.clip(result, 0, 1) ** (1 / drift.gamma)
    rows, cols = answer.shape[:2]
    x, y = (cols - 1) / 2, (rows - 1) / 2
    right, down = drift.shift
    there = np.array(
        [
            [drift.scale, 0, x - drift.scale * x + right],
            [0, drift.scale, y - drift.scale * y + down],
        ]
    )
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    back = cv2.warpAffine(result, there, (cols, rows), flags=flags, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(np.clip(back, 0, 1), np.float32)


def _places(shape: tuple[int, ...], drift: Drift) -> tuple[Floats, Floats]:
    """Where each pixel of the answer comes from."""
    rows, cols = shape[:2]
    x, y = (cols - 1) / 2, (rows - 1) / 2
    right, down = drift.shift
    xs = (np.arange(cols) - x - right) / drift.scale + x
    ys = (np.arange(rows) - y - down) / drift.scale + y
    grid = np.meshgrid(xs.astype(np.float32), ys.astype(np.float32))
    return grid[0], grid[1]


def _shade(shape: tuple[int, ...], vignette: float) -> Floats:
    rows, cols = shape[:2]
    xs = np.linspace(-1, 1, cols, dtype=np.float32)
    ys = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    return np.asarray(1 - vignette * (xs**2 + ys**2) / 2, np.float32)


def _waves(shape: tuple[int, ...], chance: np.random.Generator) -> Floats:
    """A smooth field of -1..1, as long as a fifth of the picture."""
    field = chance.normal(0, 1, (7, 7)).astype(np.float32)
    smooth = cv2.resize(field, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(smooth / np.abs(smooth).max(), np.float32)


def _detail_anew(picture: Floats, share: float, chance: np.random.Generator) -> Floats:
    """Fine detail of the same strength, drawn by other dice."""
    soft = cv2.GaussianBlur(picture, (0, 0), 2.0)
    fine = picture - soft
    strength = cv2.GaussianBlur((fine**2).mean(axis=2), (0, 0), 4.0) ** 0.5
    dice = cv2.GaussianBlur(chance.normal(0, 1, strength.shape).astype(np.float32), (0, 0), 0.8)
    made = (dice / dice.std() * strength)[..., None]
    return np.asarray(soft + fine * (1 - share**2) ** 0.5 + made * share, np.float32)

"""Answers that came soft, clean or noisy, and the same with the grain of their surroundings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import field, residue, sharpness, strips
from editor.compose.fitting.grain import planned
from editor.compose.fitting.part import Part
from editor.imaging import cv

Floats = NDArray[np.float32]
Where = NDArray[np.bool_]


def as_bytes(pixels: Floats) -> NDArray[np.uint8]:
    return cv.reordered(cv.as_bytes(np.ascontiguousarray(pixels)), "bgr bgra")


def quantised(pixels: Floats) -> Floats:
    return (cv.as_bytes(np.ascontiguousarray(pixels)) / np.float32(255)).astype(np.float32)


def grained(answer: Floats, source: Floats, outside: Where, inside: Where) -> Floats:
    """The answer with the grain of its surroundings; quantised, and itself where it has it."""
    came, there = as_bytes(answer), as_bytes(source)
    told = residue.measured(came, there, outside)
    if told is None:
        return answer
    plan = planned(told)
    parts = [(Part(came, rect), outside[rect.rows_cols]) for rect in strips.strips(outside)]
    plan = plan._replace(detail=sharpness.measured(plan.detail, parts, there, told))
    if plan.lacks.any():
        plan = plan._replace(field=field.laid(there, told.flat))
    if plan.idle:
        return answer
    result = strips.grained(came, plan, inside)
    assert (result[..., 3] == 255).all()
    return (result[..., :3] / np.float32(255)).astype(np.float32)


def detail(answer: Floats, source: Floats, outside: Where) -> float:
    told = residue.measured(as_bytes(answer), as_bytes(source), outside)
    return 1.0 if told is None else told.detail


def disc(shape: tuple[int, ...], share: float = 0.42) -> Where:
    rows, cols = shape[:2]
    y, x = np.mgrid[:rows, :cols]
    return np.asarray(np.hypot(x / cols - 0.5, y / rows - 0.5) < share)


def high_pass(pixels: Floats, where: Where) -> float:
    grey = cv.reordered(pixels, "bgr grey")
    return float((grey - cv.gaussian(grey, 2.0))[where].std())


def textured(rows: int = 320, cols: int = 400) -> Floats:
    """A picture of leaves: overlapping soft-edged ellipses, with a little grain."""
    chance = np.random.default_rng(8)
    pixels = np.full((rows, cols, 3), 0.4, np.float32)
    y, x = np.mgrid[:rows, :cols].astype(np.float32)
    for _ in range(260):
        at, half = chance.uniform(0, (cols, rows)), chance.uniform(4, 18, 2)
        away = np.hypot((x - at[0]) / half[0], (y - at[1]) / half[1])
        share = np.clip((1 - away) * half.min(), 0, 1)[..., None]
        pixels = pixels * (1 - share) + chance.uniform(0.15, 0.85, 3).astype(np.float32) * share
    pixels += chance.normal(0, 0.006, (rows, cols, 1)).astype(np.float32)
    return np.clip(pixels, 0, 1).astype(np.float32)


def came(source: Floats, blur: float, noise: float) -> Floats:
    answer = cv.gaussian(source, blur) if blur else source.copy()
    answer += np.random.default_rng(9).normal(0, noise, source.shape).astype(np.float32)
    return np.clip(answer, 0, 1)

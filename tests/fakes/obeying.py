"""Answers as models make them: some keep to the mask and drift, some do as they like."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.edits.variant import Variant
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from tests.fakes.drawn import drawn, opaque

Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.uint8]
Chance = np.random.Generator

KINDS = ("restyled", "repainted", "moved", "unrelated")
"""Ways to ignore a mask."""


def picture(chance: Chance, size: Size) -> Floats:
    """A drawn picture, BGR 0..1, that is another one each time."""
    made = drawn(size, int(chance.integers(1_000_000)), int(chance.integers(30, 90)))
    return made.pixels[..., :3].astype(np.float32) / 255


def mask(chance: Chance, size: Size, share: float) -> Mask:
    """An ellipse of this share of a picture, somewhere in it."""
    coverage = np.zeros((size.height, size.width), np.uint8)
    at = chance.uniform(0.3, 0.7, 2) * size
    radius, long = np.sqrt(share * size.area / np.pi), chance.uniform(0.7, 1.4)
    axes = max(int(radius * long), 4), max(int(radius / long), 4)
    turn = float(chance.uniform(0, 90))
    cv2.ellipse(coverage, (int(at[0]), int(at[1])), axes, turn, 0, 360, 255, -1)
    return coverage


def obeyed(source: Floats, coverage: Mask, chance: Chance, *, shadow: bool | None = None) -> Raster:
    """Something new inside the mask, perhaps with a shadow beside it, and a drift everywhere."""
    made = _filled(source, coverage, chance)
    if chance.random() < 0.5 if shadow is None else shadow:
        rows, cols = coverage.shape
        cast = np.roll(coverage, (round(0.06 * rows), round(0.05 * cols)), (0, 1))
        soft = cv2.GaussianBlur(cast.astype(np.float32) / 255, (0, 0), 0.02 * cols)
        made = made * (1 - 0.4 * soft)[..., None]
    return drifted(made, chance)


def ignored(source: Floats, coverage: Mask, chance: Chance, kind: str) -> Raster:
    """The frame changed broadly; a drift on top. kind: one of KINDS."""
    made = _filled(source, coverage, chance)
    if kind == "restyled":
        made = _restyled(made, chance)
    elif kind == "repainted":
        made = _repainted(made, coverage, chance)
    elif kind == "moved":
        made = _bent(made, chance, 0.12 * made.shape[1], 4)
    else:
        made = picture(chance, Size(made.shape[1], made.shape[0]))
    return drifted(made, chance)


def drifted(made: Floats, chance: Chance) -> Raster:
    """Moved, scaled, tinted, softened and noisy; half of them redrawn with soft bends too."""
    rows, cols = made.shape[:2]
    redrawn = bool(chance.random() < 0.5)
    reach = (0.006 if redrawn else 0.02) * cols
    scale, shift = chance.uniform(0.97, 1.03), chance.uniform(-reach, reach, 2)
    if redrawn:
        scale = 1 + (scale - 1) / 3
        made = _bent(made, chance, chance.uniform(0.005, 0.026) * cols, 5)
        smooth = cv2.bilateralFilter(_bytes(made), 7, 45, 4).astype(np.float32) / 255
        made = smooth * (1 + _clouds(made, chance, 4, 0.07))
    move = np.array([[scale, 0, shift[0] + cols / 2 * (1 - scale)], [0, scale, shift[1]]])
    move[1, 2] += rows / 2 * (1 - scale)
    made = _warped(made, move)
    made = np.clip(made, 0, 1) ** chance.uniform(0.9, 1.1)
    made = ((made - 0.5) * chance.uniform(0.9, 1.1) + 0.5) * chance.uniform(0.94, 1.06, 3)
    y, x = np.mgrid[:rows, :cols]
    corner = np.hypot(x / cols - 0.5, y / rows - 0.5) / 0.707
    made = made * (1 - chance.uniform(0, 0.15) * corner**2)[..., None]
    soft = cv2.GaussianBlur(made, (0, 0), chance.uniform(0.2, 1.5))
    return opaque(_bytes(soft + chance.normal(0, 0.01, made.shape)))


def variant(answer: Raster, coverage: Mask | None, size: Size) -> Variant:
    """An answer for a whole picture of this size."""
    return Variant(
        id="v",
        job="",
        round="",
        raster=answer,
        placement=Placement(Rect(0, 0, *size), size),
        coverage=coverage,
        base="",
        provider="somebody",
        model="",
    )


def _filled(source: Floats, coverage: Mask, chance: Chance) -> Floats:
    new = picture(chance, Size(coverage.shape[1], coverage.shape[0]))
    if chance.random() < 0.5:
        new = chance.uniform(0.1, 0.9, 3) * (1 + _clouds(source, chance, 6, 0.2))
    return _mixed(source, new, coverage)


def _mixed(below: Floats, above: Floats, coverage: Mask) -> Floats:
    share = cv2.GaussianBlur(coverage, (0, 0), 2).astype(np.float32)[..., None] / 255
    return np.asarray(below * (1 - share) + above * share, np.float32)


def _restyled(made: Floats, chance: Chance) -> Floats:
    style = int(chance.integers(4))
    if style == 0:  # other hues
        hues = cv2.cvtColor(np.clip(made, 0, 1), cv2.COLOR_BGR2HSV)
        hues[..., 0] = (hues[..., 0] + chance.uniform(60, 300)) % 360
        hues[..., 1] = np.clip(hues[..., 1] * 1.4 + 0.1, 0, 1)
        return np.asarray(cv2.cvtColor(hues, cv2.COLOR_HSV2BGR))
    if style == 1:  # night
        return np.asarray(np.clip(made, 0, 1) ** 1.8 * (0.9, 0.55, 0.35), np.float32)
    if style == 2:  # pencil
        grey = cv2.cvtColor(made, cv2.COLOR_BGR2GRAY)
        lines = np.abs(cv2.GaussianBlur(grey, (0, 0), 1) - cv2.GaussianBlur(grey, (0, 0), 4))
        return np.repeat(np.clip(1 - 6 * lines, 0, 1)[..., None], 3, axis=2)
    flat = np.floor(cv2.medianBlur(_bytes(made), 9) / 85 + 0.5) / 3  # poster
    return np.asarray(flat * chance.choice((0.55, 1.6), 3), np.float32)


def _repainted(made: Floats, coverage: Mask, chance: Chance) -> Floats:
    """Other things in at least a third of what was to stay."""
    rows, cols = coverage.shape
    elsewhere = np.zeros_like(coverage)
    free = coverage == 0
    while (elsewhere[free] > 0).mean() < 0.33:
        at = int(chance.uniform(0, cols)), int(chance.uniform(0, rows))
        axes = int(chance.uniform(0.08, 0.2) * cols), int(chance.uniform(0.08, 0.2) * rows)
        cv2.ellipse(elsewhere, at, axes, 0, 0, 360, 255, -1)
    return _mixed(made, picture(chance, Size(cols, rows)), elsewhere)


def _bent(made: Floats, chance: Chance, far: float, nodes: int) -> Floats:
    """Along smooth steps, none longer than one and a half times far."""
    rows, cols = made.shape[:2]
    y, x = np.mgrid[:rows, :cols].astype(np.float32)
    across, down = (_clouds(made, chance, nodes, far)[..., 0] for _ in range(2))
    bent = cv2.remap(made, x + across, y + down, 2, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(bent, np.float32)


def _warped(made: Floats, move: Floats) -> Floats:
    size = made.shape[1], made.shape[0]
    warped = cv2.warpAffine(made, move, size, flags=2, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(warped, np.float32)


def _clouds(made: Floats, chance: Chance, nodes: int, strength: float) -> Floats:
    """A smooth field, (rows, cols, 1)."""
    steps = np.clip(chance.normal(0, 1, (nodes, nodes)), -1.5, 1.5).astype(np.float32)
    smooth = cv2.resize(steps, (made.shape[1], made.shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(smooth, -1.5, 1.5) * strength, np.float32)[..., None]


def _bytes(made: NDArray[np.floating[Any]]) -> Mask:
    levels: Mask = np.rint(np.clip(made, 0, 1) * 255).astype(np.uint8)
    return levels

"""Probe: a small made-up picture with half a mask, to see whether a model keeps to the mask."""

from __future__ import annotations

import numpy as np

from editor.capability.limits import nearest
from editor.capability.price import estimate
from editor.capability.provider import Model, Provider
from editor.edits.request import EditRequest, Frame
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster
from editor.mask.plane import Coverage

SIDE = 512
"""Pixels that are asked for; models that draw no such size get the nearest."""

ROUND = "probe"
"""The round of its job, which is of a provider and of no project."""

PROMPT = "A smooth red wall."
"""It says nothing of halves and of keeping: only the mask does."""

_CELLS = 8
"""Tiles on a side of the picture, each of another colour: what is redrawn shows at once."""


def probe(provider: Provider, model: Model) -> EditRequest:
    """The wish to paint the right half of a colourful picture over, at the cheapest speed."""
    size = nearest(model.limits.sizes, Size(SIDE, SIDE))
    return EditRequest(
        source=_picture(size),
        coverage=_right_half(size),
        prompt=PROMPT,
        provider=provider.id,
        model=model.id,
        settings=model.presets.get("draft", {}),
        frame=Frame.WHOLE,
    )


def cost(model: Model) -> float | None:
    """What the probe costs, in USD; None when nobody knows."""
    size = nearest(model.limits.sizes, Size(SIDE, SIDE))
    return estimate(model, model.presets.get("draft", {}), size, 1)


def _picture(size: Size) -> Raster:
    """Tiles of all hues, each with a lighter disc; always the same for a size."""
    rows, cols = np.mgrid[0 : size.height, 0 : size.width]
    row, col = rows * _CELLS / size.height, cols * _CELLS / size.width
    cell = row.astype(int) * _CELLS + col.astype(int)
    turn = cell * 0.618  # the golden ratio puts neighbours far apart
    inside = np.hypot(row % 1 - 0.5, col % 1 - 0.5) < 0.3
    shade = 0.55 + 0.35 * inside
    pixels = np.full((*size[::-1], 4), 255, np.uint8)
    for channel in range(3):
        wave = 0.5 + 0.5 * np.cos(2 * np.pi * (turn + channel / 3))
        pixels[..., channel] = 255 * shade * (0.35 + 0.65 * wave)
    return Raster(pixels)


def _right_half(size: Size) -> Coverage:
    coverage = np.zeros(size[::-1], np.uint8)
    coverage[:, size.width // 2 :] = 255
    coverage.flags.writeable = False
    return coverage

"""Field: grain for an answer, resampled from the flat places of a photograph."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.residue import BLOCK, Picture, bgr, split
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size

SIDE = 256
"""Pixels of a field of grain, before it is laid on again with another turn."""

WIDEST = 1024
"""Pixels that a field covers at once; it is twice as wide, so that each SIDE of rows begins
elsewhere."""

_TURNS = ((1, 1), (1, -1), (-1, 1), (-1, -1))

Floats = NDArray[np.float32]


def laid(source: Picture, flat: Iterable[Rect]) -> Floats | None:
    """Grain of deviation 1 to be laid over a picture: (3, SIDE, 2 * WIDEST); None without any.

    flat: rectangles of the source that show its grain only.

    Made of small patches of the source's residual with soft edges, turned by chance that is the
    same each time; each is as strong as its brightness makes it, so that scaling it suits all.
    """
    chance = np.random.default_rng(0)
    patches = [patch for rect in flat if (patch := _residual(source, rect)) is not None]
    if not patches:
        return None
    step, side = BLOCK, 2 * BLOCK
    rise = np.sin((np.arange(side) + 0.5) * np.pi / side).astype(np.float32)
    window = (rise[:, None] * rise)[..., None]
    tile = np.zeros((SIDE + step, SIDE + step, 3), np.float32)
    turned = [patch[::down, ::across] * window for patch in patches for down, across in _TURNS]
    picks = iter(chance.integers(len(turned), size=(SIDE // step) ** 2).tolist())
    for top in range(0, SIDE, step):
        for left in range(0, SIDE, step):
            tile[top : top + side, left : left + side] += turned[next(picks)]
    tile[:step] += tile[SIDE:]
    tile[:, :step] += tile[:, SIDE:]
    tile = tile[:SIDE, :SIDE]
    tile /= _deviation(tile)
    picks = chance.integers(len(_TURNS), size=2 * WIDEST // SIDE).tolist()
    planes = np.ascontiguousarray(tile.transpose(2, 0, 1))
    laid = np.empty((3, SIDE, len(picks) * SIDE), np.float32)
    for number, pick in enumerate(picks):
        down, across = _TURNS[pick]
        laid[..., number * SIDE : (number + 1) * SIDE] = planes[:, ::down, ::across]
    return laid


def cut(grain: Floats, rect: Rect, channel: int) -> Floats:
    """The part of a field that lies on a part, up to WIDEST, of a strip inside one SIDE."""
    number, top = divmod(rect.top, SIDE)
    shift = (rect.left + number * 389) % WIDEST
    return grain[channel, top : top + rect.size.height, shift : shift + rect.size.width]


def _residual(source: Picture, rect: Rect) -> Floats | None:
    """Grain of deviation 1 on a square of two blocks' side; None where there is none."""
    size = Size(source.shape[1], source.shape[0])
    square = rect.grown(BLOCK // 2)
    around = square.grown(BLOCK)
    if around != around.clipped(size):
        return None
    part = bgr(source[around.rows_cols])
    # Less a wide blur only: the grain keeps its width.
    patch = (part - cv.gaussian(part, BLOCK / 2))[BLOCK:-BLOCK, BLOCK:-BLOCK]
    deviation = _deviation(patch)
    return patch / deviation if deviation > 1e-5 else None


def _deviation(colours: Floats) -> float:
    """Of the fine bands together."""
    fine = split(np.ascontiguousarray(colours)).fine
    return float((fine[0] + fine[1]).std())

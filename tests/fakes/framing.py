"""A tiny edit as it is framed, for what only wants to see how it is written."""

from __future__ import annotations

from typing import Any

import numpy as np

from editor.edits.framing import Framed
from editor.edits.request import EditRequest
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster

SIZE = Size(6, 4)


def raster(seed: int = 1) -> Raster:
    """Noise, opaque."""
    pixels = np.random.default_rng(seed).integers(0, 256, (*reversed(SIZE), 4), np.uint8)
    pixels[..., 3] = 255
    return Raster(pixels)


def framed(
    *,
    masked: bool = True,
    references: int = 0,
    prompt: str = "a red jacket",
    part: Rect | None = None,
    sent: Size = SIZE,
    **settings: Any,
) -> Framed:
    """An edit of the whole picture; part: the window, when it is not the whole."""
    picture = raster()
    mask = np.zeros((4, 6), np.uint8)
    mask[1:3, 2:5] = 255
    return Framed(
        EditRequest(picture, mask, prompt, "openai", "gpt-image-2"),
        Placement(part or Rect(0, 0, 6, 4), sent),
        picture,
        mask if masked else None,
        tuple(raster(2 + number) for number in range(references)),
        settings,
    )

"""What the loopback provider draws: the sent picture again, a little off, with something new."""

from __future__ import annotations

import colorsys
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]

GAIN, LIFT = 0.985, 3.0
"""The drift outside of the mask: providers redraw everything, so nothing comes back equal."""


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def colour(seed: int) -> tuple[int, int, int]:
    """The colour of the new motif; another one for each answer."""
    red, green, blue = colorsys.hsv_to_rgb((seed * 0.381966) % 1.0, 0.75, 0.9)
    return round(255 * red), round(255 * green), round(255 * blue)


def redrawn(picture: Image.Image, mask: Image.Image | None, seed: int) -> Image.Image:
    """The picture with drift everywhere and a striped motif where the mask has alpha 0."""
    pixels = np.asarray(picture.convert("RGB")).astype(np.float32)
    drifted = np.clip(pixels * GAIN + LIFT, 0, 255).astype(np.uint8)
    motif = _motif(drifted.shape[0], drifted.shape[1], seed)
    if mask is None:
        return Image.fromarray(motif)
    edit = np.asarray(mask.getchannel("A")) == 0
    return Image.fromarray(np.where(edit[..., None], motif, drifted))


def encoded(picture: Image.Image, kind: str, quality: int) -> bytes:
    """The picture as png, jpeg or webp."""
    stream = io.BytesIO()
    options = {"compress_level": 1} if kind == "png" else {"quality": quality}
    picture.save(stream, kind.upper(), **options)
    return stream.getvalue()


def _motif(rows: int, cols: int, seed: int) -> Pixels:
    """Soft diagonal stripes of one colour."""
    down, across = np.mgrid[0:rows, 0:cols]
    light = 0.75 + 0.25 * np.sin((down + across) / 9.0)
    stripes: Pixels = (np.array(colour(seed)) * light[..., None]).astype(np.uint8)
    return stripes

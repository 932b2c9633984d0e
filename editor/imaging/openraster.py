"""The OpenRaster writer: a zip of layers as PNG, their order, the merged picture, a thumbnail.

Layout after OpenRaster 0.0.6. The format has no masks, so a mask becomes the layer's alpha;
colours under it stay as they are.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import cast
from xml.sax.saxutils import quoteattr

import numpy as np

from editor.imaging import cv, deep, png
from editor.imaging.geometry import Size
from editor.imaging.psd import Layer
from editor.imaging.raster import Native, Samples

TYPE = "image/openraster"
THUMBNAIL = 256
"""Longest side of the thumbnail; the format allows no larger one."""

_LEVEL = 4
_EPOCH = (1980, 1, 1, 0, 0, 0)
# The same picture gives the same bytes, whenever it is written.


def encode(
    merged: Native, layers: Sequence[Layer], *, dpi: tuple[float, float] = (0.0, 0.0)
) -> bytes:
    """A whole OpenRaster file; every picture in it has the depth and the profile of merged.

    merged: what the shown layers add up to. layers: from the lowest up.
    """
    chunks = [png.profile(merged.profile)] if merged.profile else []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        # First and stored, so that the type can be told from the head of the file.
        _add(file, "mimetype", TYPE.encode())
        _add(file, "stack.xml", _stack(merged.size, layers, dpi).encode())
        for number, layer in enumerate(layers):
            data = png.encode(_masked(layer), level=_LEVEL, chunks=chunks)
            _add(file, f"data/layer{number}.png", data)
        _add(file, "mergedimage.png", png.encode(merged.samples, level=_LEVEL, chunks=chunks))
        small = png.encode(_thumbnail(merged.samples), level=_LEVEL, chunks=chunks)
        _add(file, "Thumbnails/thumbnail.png", small)
    return buffer.getvalue()


def _add(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    file.writestr(zipfile.ZipInfo(name, _EPOCH), data)  # stored: PNG is packed already


def _stack(size: Size, layers: Sequence[Layer], dpi: tuple[float, float]) -> str:
    """The order of the layers, from the highest down, as the format has it."""
    resolution = f' xres="{dpi[0]:.0f}" yres="{dpi[1]:.0f}"' if all(dpi) else ""
    head = f'<image version="0.0.6" w="{size.width}" h="{size.height}"{resolution}>'
    lines = [
        f'<layer name={quoteattr(layer.name)} src="data/layer{number}.png"'
        f' x="{layer.rect.left}" y="{layer.rect.top}" opacity="1.0"'
        f' visibility="{"visible" if layer.shown else "hidden"}" composite-op="svg:src-over"/>'
        for number, layer in enumerate(layers)
    ]
    body = "\n".join(reversed(lines))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n<stack>\n{body}\n</stack>\n</image>\n'


def _masked(layer: Layer) -> Samples:
    samples, mask = layer.samples, layer.mask
    if mask is None:
        return samples
    most = np.iinfo(samples.dtype).max
    alpha = mask.astype(np.uint64) * (most // 255)
    if samples.shape[2] == 4:
        alpha = (alpha * samples[..., 3] + most // 2) // most
    return np.dstack([samples[..., :3], alpha.astype(samples.dtype)])


def _thumbnail(samples: Samples) -> cv.Bytes:
    deep_ones = samples.dtype == np.uint16
    shallow = deep.shallow(cast("deep.Deep", samples)) if deep_ones else cast("cv.Bytes", samples)
    rows, cols = shallow.shape[:2]
    ratio = min(THUMBNAIL / max(rows, cols), 1.0)
    size = Size(max(1, round(cols * ratio)), max(1, round(rows * ratio)))
    return cv.resize(shallow, size, "area")

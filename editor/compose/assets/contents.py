"""What of a finished picture goes into a file: a patch, a cut-out, or all of it made smaller."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from editor.compose.assets.manner import SHALLOW, Manner
from editor.imaging import cv, deep, icc, metadata
from editor.imaging.geometry import Size
from editor.imaging.raster import Native, Samples
from editor.mask.plane import Coverage

_BAND = 256
# Rows worked on at once, so that 60 megapixels need no second picture's worth of memory.


def patch(source: Native, result: Native) -> Native:
    """Only the pixels that differ, at full depth, on a clear canvas of the source's size.

    All samples of the others are 0. Laid over the source it gives the result.
    """
    one, other = source.samples, result.samples
    rows, cols, channels = other.shape
    laid = np.zeros((rows, cols, 4), other.dtype)
    for top in range(0, rows, _BAND):
        part = slice(top, top + _BAND)
        differs = (one[part] != other[part]).any(axis=2)
        laid[part, :, 3][differs] = np.iinfo(other.dtype).max
        laid[part, :, :channels][differs] = other[part][differs]
    return Native(laid, result.profile)


def laid_over(source: Native, patch: Native) -> Native:
    """The source with a patch on it, as every program lays them."""
    samples = source.copied()
    where = patch.samples[..., 3:] > 0
    np.copyto(samples, patch.samples[..., : samples.shape[2]], where=where)
    return Native(samples, source.profile)


def cutout(result: Native, coverage: Coverage) -> Native:
    """What lies under a mask: alpha is the coverage, and all samples are 0 where it is 0.

    coverage: (rows, cols) of the picture. Alpha of the picture itself counts too.
    """
    samples = result.samples
    most = np.iinfo(samples.dtype).max
    alpha = coverage * samples.dtype.type(most // 255)
    if samples.shape[2] == 4:
        mixed = (alpha.astype(np.uint64) * samples[..., 3] + most // 2) // most
        alpha = mixed.astype(samples.dtype)
    inside = np.where((alpha > 0)[..., None], samples[..., :3], samples.dtype.type(0))
    return Native(np.dstack([inside, alpha]), result.profile)


def reduced(native: Native, manner: Manner, format: str) -> Native:
    """A picture as small, as shallow and in the colours that a manner asks for."""
    samples, profile = native.samples, native.profile
    size = scaled_size(native.size, manner.longest)
    if size != native.size:
        samples = _scaled(samples, size)
    if manner.srgb or manner.depth == 8 or format in SHALLOW:
        samples = _shallow(samples)
    if manner.srgb:
        samples, profile = _in_srgb(cast("NDArray[np.uint8]", samples), profile), icc.srgb()
    return Native(samples, profile)


def scaled_size(size: Size, longest: int) -> Size:
    """The size whose longer side is not longer than this; 0 for any."""
    if not 0 < longest < max(size):
        return size
    ratio = longest / max(size)
    return Size(*(max(1, round(side * ratio)) for side in size))


def _scaled(samples: Samples, size: Size) -> Samples:
    """Averaged; the colour of a clear pixel does not bleed into its neighbours."""
    most = np.iinfo(samples.dtype).max
    if samples.shape[2] == 3 or samples[..., 3].min() == most:
        return cv.resize(cast("NDArray[np.uint8]", samples), size, "area")
    weight = samples[..., 3:].astype(np.float32)
    heavy = np.concatenate([samples[..., :3] * weight, weight], axis=2)
    small = cv.resize(heavy, size, "area")
    colour = small[..., :3] / np.maximum(small[..., 3:], 0.5)
    straight = np.concatenate([colour, small[..., 3:]], axis=2)
    return cast("Samples", np.clip(straight + 0.5, 0, most).astype(samples.dtype))


def _shallow(samples: Samples) -> NDArray[np.uint8]:
    if samples.dtype == np.uint16:
        return deep.shallow(cast("deep.Deep", samples))
    return cast("NDArray[np.uint8]", samples)


def _in_srgb(samples: NDArray[np.uint8], profile: bytes) -> NDArray[np.uint8]:
    if metadata.to_srgb(profile, "RGB") is None:
        return samples
    colours = metadata.convert(np.ascontiguousarray(samples[..., :3]), profile, b"")
    return np.dstack([colours, samples[..., 3:]])

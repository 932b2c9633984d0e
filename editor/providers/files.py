"""Pictures and masks as the files that are sent: bare PNG, within the bytes a model takes."""

from __future__ import annotations

import numpy as np

from editor.capability.provider import Provider
from editor.errors import InputProblem
from editor.imaging import cv
from editor.imaging.codec import encode_png
from editor.imaging.raster import Raster
from editor.mask.exchange import binary
from editor.mask.plane import Coverage

ROOMY_MASK = 3_500_000
"""Bytes; most providers refuse mask files of 4 MB."""

TOO_LARGE = (
    "A picture takes {size} MB as a file, and {provider} takes less than {limit} MB; "
    "nothing was sent. Choose a tighter frame."
)
MASK_TOO_LARGE = (
    "The mask takes {size} MB as a file, and {provider} takes less than {limit} MB; "
    "nothing was sent. Choose a tighter frame."
)


def picture_file(raster: Raster, provider: Provider, limit: int) -> bytes:
    """A picture as PNG without metadata; packed harder where it would be too large.

    limit: bytes that the file stays below, 0 for none. Raises InputProblem.
    """
    data = encode_png(raster)
    if limit and len(data) >= limit:
        data = encode_png(raster, level=9)
    return _below(limit, data, provider, TOO_LARGE)


def mask_file(mask: Coverage | None, provider: Provider, limit: int) -> bytes:
    """The mask as the provider reads it, b"" when it gets none.

    Packed harder where it comes near the usual limit of 4 MB, or to its own. limit: bytes that
    the file stays below, 0 for none. Raises InputProblem.
    """
    if mask is None or not provider.mask_field or provider.mask_mode == "off":
        return b""
    picture = _coded(mask, provider)
    data = encode_png(picture)
    if len(data) > ROOMY_MASK or 0 < limit <= len(data):
        data = encode_png(picture, level=9)
    return _below(limit, data, provider, MASK_TOO_LARGE)


def _below(limit: int, data: bytes, provider: Provider, sentence: str) -> bytes:
    """The file, unless it is as large as its limit; raises InputProblem then."""
    if 0 < limit <= len(data):
        size, most = f"{len(data) / 1e6:.1f}", f"{limit / 1e6:g}"
        raise InputProblem(sentence, size=size, provider=provider.label, limit=most)
    return data


def _coded(mask: Coverage, provider: Provider) -> Raster:
    """White and clear is edit, black and opaque is keep, unless the provider has it inverted."""
    level = binary(mask)
    if provider.mask_polarity == "inverted":
        level = np.invert(level)
    grey, alpha = level, np.invert(level)
    if provider.mask_mode == "alpha":
        grey = np.zeros_like(level)
    elif provider.mask_mode == "grey":
        alpha = np.full_like(level, 255)
    return Raster(cv.merged(grey, grey, grey, alpha))

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
"""Bytes; providers refuse mask files of 4 MB."""

TOO_LARGE = (
    "A picture takes {size} MB as a file, and {provider} takes less than {limit} MB; "
    "nothing was sent. Choose a tighter frame."
)


def picture_file(raster: Raster, provider: Provider, limit: int) -> bytes:
    """A picture as PNG without metadata; packed harder where it would be too large.

    limit: bytes that the file stays below, 0 for none. Raises InputProblem.
    """
    data = encode_png(raster)
    if limit and len(data) >= limit:
        data = encode_png(raster, level=9)
    if limit and len(data) >= limit:
        raise InputProblem(
            TOO_LARGE,
            size=f"{len(data) / 1e6:.1f}",
            provider=provider.label,
            limit=f"{limit / 1e6:g}",
        )
    return data


def mask_file(mask: Coverage | None, provider: Provider) -> bytes:
    """The mask as the provider reads it, b"" when it gets none.

    Packed harder where it comes near the limit of 4 MB.
    """
    if mask is None or not provider.mask_field or provider.mask_mode == "off":
        return b""
    picture = _coded(mask, provider)
    data = encode_png(picture)
    return data if len(data) <= ROOMY_MASK else encode_png(picture, level=9)


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

"""Digests of pictures: all samples, or the protected ones, so that two can be compared later."""

from __future__ import annotations

import hashlib

from editor.compose.patch import Where
from editor.imaging.raster import Native, Samples

_BAND = 256
# Rows hashed at once, so that no second picture's worth of memory is needed.


def of_pixels(picture: Native) -> str:
    """SHA-256 of a picture's size, depth and samples, in hex; its profile does not count."""
    return _of(picture, None)


def of_protected(picture: Native, may_change: Where) -> str:
    """SHA-256 of the samples where nothing was painted, row by row, in hex.

    may_change: (rows, cols), True where the coverage was above 0. Of a source and of the
    picture that was made of it the digests are equal.
    """
    return _of(picture, may_change)


def _of(picture: Native, may_change: Where | None) -> str:
    samples = picture.samples
    rows, cols, channels = samples.shape
    found = hashlib.sha256(f"{cols}x{rows}x{channels} {picture.depth}".encode())
    for top in range(0, rows, _BAND):
        part: Samples = samples[top : top + _BAND]
        if may_change is not None:
            part = part[~may_change[top : top + _BAND]]
        # The same bytes on every machine: low byte first.
        found.update(part.astype(part.dtype.newbyteorder("<"), copy=False).tobytes())
    return found.hexdigest()

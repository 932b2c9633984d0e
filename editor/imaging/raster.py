"""Raster: the one form of a picture outside Qt, and Native: a source at its own depth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import DTypeLike, NDArray

from editor.imaging.geometry import Size

Samples = NDArray[np.uint8] | NDArray[np.uint16]

New = Callable[[tuple[int, ...], DTypeLike], NDArray[Any]]
"""Makes an array of a shape and type, to be filled: numpy.empty, or a place elsewhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """An 8-bit sRGB picture for the eyes, for OpenCV and for what is sent.

    pixels: (rows, cols, 4) uint8, BGRA with straight alpha, contiguous, read-only. new: where
    another of its size is to lie; a picture that is too large for memory lies on the disk.
    """

    pixels: NDArray[np.uint8]
    new: New = np.empty

    def __post_init__(self) -> None:
        assert self.pixels.ndim == 3 and self.pixels.shape[2] == 4
        assert self.pixels.dtype == np.uint8
        self.pixels.flags.writeable = False

    @property
    def size(self) -> Size:
        return Size(self.pixels.shape[1], self.pixels.shape[0])

    @property
    def on_disk(self) -> bool:
        """Whether looking at a pixel may have to wait for the disk."""
        return self.new is not np.empty

    def copied(self) -> NDArray[np.uint8]:
        """The pixels once more, to be written to. Raises CannotWrite when the disk is full."""
        pixels = self.new(self.pixels.shape, np.uint8)
        pixels[...] = self.pixels
        return pixels


@dataclass(frozen=True, slots=True, eq=False)
class Native:
    """A source's own samples: upright, at its own depth, in its own colour profile.

    samples: (rows, cols, 3 or 4) uint8 or uint16, RGB or RGBA with straight alpha, read-only.
    profile: the ICC profile the samples are in; empty when the source carries none (sRGB).
    new: where another of its size is to lie.
    """

    samples: Samples
    profile: bytes = b""
    new: New = np.empty

    def __post_init__(self) -> None:
        assert self.samples.ndim == 3 and self.samples.shape[2] in {3, 4}
        assert self.samples.dtype in {np.dtype(np.uint8), np.dtype(np.uint16)}
        self.samples.flags.writeable = False

    @property
    def size(self) -> Size:
        return Size(self.samples.shape[1], self.samples.shape[0])

    def copied(self) -> Samples:
        """The samples once more, to be written to. Raises CannotWrite when the disk is full."""
        samples = cast("Samples", self.new(self.samples.shape, self.samples.dtype))
        samples[...] = self.samples
        return samples

    @property
    def depth(self) -> int:
        """Bits per sample: 8 or 16."""
        return 8 * self.samples.dtype.itemsize

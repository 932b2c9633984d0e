"""NativePatch: what an applied edit left in the picture, at the source's own depth."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from editor.errors import ProjectDamaged
from editor.imaging import deep, icc, metadata
from editor.imaging.geometry import Rect
from editor.imaging.raster import Native, Raster, Samples

Where = NDArray[np.bool_]
"""(rows, cols) of a rectangle: which of its pixels belong."""

_HEAD = struct.Struct("<4sIIIIBB")
_MARK = b"FPA1"
_MOST_PIXELS = 1 << 30
_DAMAGED = "An applied edit in this project is damaged; the source and the other edits are there."


@dataclass(frozen=True, slots=True, eq=False)
class NativePatch:
    """One sealed edit of a picture.

    rect: the part of the source it lies on. samples: (rows, cols, 3 or 4) of that part as
    they are after the edit, at the source's depth and in its profile. painted: where the
    coverage was above 0; outside of it nothing is ever written. Both read-only.
    """

    rect: Rect
    samples: Samples
    painted: Where

    def __post_init__(self) -> None:
        rows, cols = self.samples.shape[:2]
        assert self.rect.size == (cols, rows) and self.painted.shape == (rows, cols)
        self.samples.flags.writeable = False
        self.painted.flags.writeable = False

    def to_bytes(self) -> bytes:
        """The patch without loss, small enough for a project: row differences, zlib level 1."""
        rows, cols, channels = self.samples.shape
        depth = self.samples.dtype.itemsize
        head = _HEAD.pack(_MARK, self.rect.left, self.rect.top, cols, rows, channels, depth)
        told = np.where(self.painted[..., None], self.samples, 0)
        bits = np.packbits(self.painted).tobytes()
        return head + zlib.compress(bits + _differences(told), 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> NativePatch:
        """The patch of to_bytes. Raises ProjectDamaged for anything else.

        Samples that are not painted come back as 0; nobody reads them.
        """
        try:
            mark, left, top, cols, rows, channels, depth = _HEAD.unpack_from(data)
            if mark != _MARK or channels not in {3, 4} or depth not in {1, 2}:
                raise ValueError("not a patch")
            if cols * rows > _MOST_PIXELS:
                raise ValueError("too large for a picture")
            painted_length = -(-rows * cols // 8)
            length = painted_length + rows * cols * channels * depth
            plain = zlib.decompressobj().decompress(data[_HEAD.size :], length + 1)
            if len(plain) != length:
                raise ValueError("too short or too long")
        except (struct.error, zlib.error, ValueError) as error:
            raise ProjectDamaged(_DAMAGED, details=str(error)) from error
        raw = np.frombuffer(plain, np.uint8)
        painted = np.unpackbits(raw[:painted_length], count=rows * cols).astype(np.bool_)
        samples = _summed(raw[painted_length:], (rows, cols, channels), depth)
        rect = Rect(left, top, left + cols, top + rows)
        return cls(rect, samples, painted.reshape(rows, cols))


def applied(source: Native, patches: Iterable[NativePatch]) -> Native:
    """The source with patches laid on it in their order; the source itself is not touched."""
    samples = source.copied()
    for patch in patches:
        part = samples[patch.rect.rows_cols]
        np.copyto(part, patch.samples, where=patch.painted[..., None], casting="no")
    return Native(samples, source.profile, source.new)


def painted(base: Raster, patch: NativePatch, profile: bytes) -> Raster:
    """A picture for the eyes with one patch on it.

    profile: the ICC profile as found in the source's file; empty for sRGB.
    """
    samples = patch.samples
    shallow = (
        deep.shallow(cast("NDArray[np.uint16]", samples))
        if samples.dtype == np.uint16
        else cast("NDArray[np.uint8]", samples)
    )
    seen = np.full((*patch.painted.shape, 4), 255, np.uint8)
    seen[..., :3] = in_srgb(shallow[..., :3], profile)[..., ::-1]
    if samples.shape[2] == 4:
        seen[..., 3] = shallow[..., 3]
    pixels = base.copied()
    np.copyto(pixels[patch.rect.rows_cols], seen, where=patch.painted[..., None])
    return Raster(pixels, base.new)


def in_srgb(rgb: NDArray[np.uint8], profile: bytes) -> NDArray[np.uint8]:
    """RGB samples of a source in sRGB, by the same rule as its pixels at intake."""
    wide = working(profile)
    return rgb if metadata.to_srgb(wide, "RGB") is None else metadata.convert(rgb, wide, b"")


def working(profile: bytes) -> bytes:
    """The profile of a source's native samples, told from the one found in its file."""
    wide = icc.widened(profile)
    return wide if icc.space(wide) == "rgb" else b""


def _differences(samples: Samples) -> bytes:
    """Each row less the one above, high bytes before low ones, so that zlib finds runs."""
    rows = samples.reshape(samples.shape[0], -1)
    steps = rows.copy()
    np.subtract(rows[1:], rows[:-1], out=steps[1:])
    return b"".join(_planes(steps))


def _planes(steps: NDArray[np.uint8] | NDArray[np.uint16]) -> list[bytes]:
    if steps.dtype == np.uint8:
        return [steps.tobytes()]
    return [(steps >> 8).astype(np.uint8).tobytes(), (steps & 255).astype(np.uint8).tobytes()]


def _summed(raw: NDArray[np.uint8], shape: tuple[int, int, int], depth: int) -> Samples:
    """Inverse of the differences; sums wrap around as the differences did."""
    rows = shape[0]
    if depth == 1:
        return raw.reshape(rows, -1).cumsum(axis=0, dtype=np.uint8).reshape(shape)
    high, low = raw.reshape(2, -1)
    steps = (high.astype(np.uint16) << 8) | low
    return steps.reshape(rows, -1).cumsum(axis=0, dtype=np.uint16).reshape(shape)

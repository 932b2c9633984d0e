"""The banded PNG writer: Up-filtered bands of 64 rows, packed side by side, kept for re-export.

PNG, third edition: chunks section 5.3, filters section 9, one zlib stream over all IDAT chunks
section 10. Each band is a run of whole deflate blocks without reference to the rows above
it, so bands can be packed in any order and packed again alone.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, cast

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

from editor.imaging import cv
from editor.imaging.geometry import Size
from editor.imaging.parallel import at_once
from editor.imaging.raster import Samples

Rows = Callable[[int, int], Samples]
# (top, bottom) to the samples of those rows: (rows, cols[, channels]), grey, grey and alpha,
# RGB or RGBA. Called on two threads at once.
Chunk = tuple[bytes, bytes]
# Name and content.

BAND = 64
_FEW = 8
# Bands that are packed sooner on the calling thread than on two.
_AT_ONCE = 2**20
# Bytes filtered at once; few enough to stay in the cache until they are packed.
_MEMORY = 6
# Of zlib, 1 to 9: at 6 its tables stay in the cache, which packs masks a quarter faster than at
# 8 and photographs as fast and as small.
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
_UP = 2
_STREAM_HEAD, _STREAM_END = b"\x78\x01", b"\x03\x00"
# A zlib header, and an empty last deflate block.
_ADLER = 65521
_METRE = 39.37007874  # inches


class _Band(NamedTuple):
    chunk: bytes
    adler: int
    length: int  # of the rows before packing


class BandedPng:
    """A picture on its way into a PNG file; bands are packed once and kept.

    rows: where its samples come from. turned: for each of two to four channels whether it holds 255
    less the level, where rows gives levels (rows, cols) uint8 that stand in all of them.
    level: zlib's, 2 to 9, or 1 for ISA-L, twice as fast but with other bytes on another
    processor. chunks: what goes before the pixels, in order.
    """

    def __init__(
        self,
        size: Size,
        rows: Rows,
        *,
        turned: Sequence[bool] = (),
        level: int = 1,
        chunks: Sequence[Chunk] = (),
    ) -> None:
        self._size = size
        self._rows = rows
        self._turned = turned
        self._level = level
        self._chunks = chunks
        self._blank: dict[tuple[int, bytes], _Band] = {}
        # Bands whose rows are all alike, by their number and the row: most of a mask is such.
        self._bands: list[_Band | None] = [None] * -(-size.height // BAND)

    def changed(self, top: int, bottom: int) -> None:
        """Forget the bands that hold these rows; they are packed again by the next to_bytes."""
        for index in range(max(top, 0) // BAND, min(-(-bottom // BAND), len(self._bands))):
            self._bands[index] = None

    def to_bytes(self) -> bytes:
        """The whole file."""
        missing = [index for index, band in enumerate(self._bands) if band is None]
        shares = [missing] if len(missing) <= _FEW else [missing[::2], missing[1::2]]
        first = self._rows(0, 1)
        done = at_once(partial(self._share, first), shares)
        for share, packed in zip(shares, done, strict=True):
            for index, band in zip(share, packed, strict=True):
                self._bands[index] = band
        return self._assembled(first, [band for band in self._bands if band is not None])

    def _share(self, first: Samples, indices: Sequence[int]) -> list[_Band]:
        """Pack what falls to one thread, in memory that is taken from the system once.

        first: the picture's first row.
        """
        width = first.nbytes * (len(self._turned) or 1)
        scratch = np.empty((min(max(_AT_ONCE // width, 1), BAND), width + 1), np.uint8)
        return [self._packed(index, scratch) for index in indices]

    def _packed(self, index: int, scratch: NDArray[np.uint8]) -> _Band:
        top = index * BAND
        rows = self._rows(top, min(top + BAND, self._size.height))
        if not index or not _alike(rows):
            return self._deflated(rows, scratch, first=not index)
        key = (rows.shape[0], rows[0].tobytes())
        if key not in self._blank:
            self._blank[key] = self._deflated(rows, scratch, first=False)
        return self._blank[key]

    def _deflated(self, rows: Samples, scratch: NDArray[np.uint8], *, first: bool) -> _Band:
        pack = isal_zlib if self._level == 1 else zlib
        packer = pack.compressobj(self._level, zlib.DEFLATED, -zlib.MAX_WBITS, _MEMORY)
        blocks, adler, length = [_STREAM_HEAD] if first else [], 1, 0
        if self._turned:
            parts = _spread(cast("NDArray[np.uint8]", rows), self._turned, scratch)
        else:
            parts = _filtered(_lines(rows), scratch)
        for filtered in parts:
            adler = isal_zlib.adler32(filtered, adler)
            blocks.append(packer.compress(filtered))
            length += filtered.nbytes
        blocks.append(packer.flush(zlib.Z_SYNC_FLUSH))
        return _Band(_chunk(b"IDAT", b"".join(blocks)), adler, length)

    def _assembled(self, first: Samples, bands: Sequence[_Band]) -> bytes:
        channels = len(self._turned) or (1 if first.ndim == 2 else first.shape[2])
        kind = (8 * first.dtype.itemsize, _COLOUR_TYPES[channels], 0, 0, 0)
        header = struct.pack(">IIBBBBB", *self._size, *kind)
        total = 1
        for band in bands:
            total = _adler_joined(total, band.adler, band.length)
        return b"".join(
            [
                _SIGNATURE,
                _chunk(b"IHDR", header),
                *(_chunk(name, content) for name, content in self._chunks),
                *(band.chunk for band in bands),
                _chunk(b"IDAT", _STREAM_END + struct.pack(">I", total)),
                _chunk(b"IEND", b""),
            ]
        )


def encode(samples: Samples, *, level: int = 1, chunks: Sequence[Chunk] = ()) -> bytes:
    """A whole picture as PNG: (rows, cols[, 2, 3 or 4]) uint8 or uint16, straight alpha."""
    size = Size(samples.shape[1], samples.shape[0])
    rows = partial(_slice, samples)
    return BandedPng(size, rows, level=level, chunks=chunks).to_bytes()


def _slice(samples: Samples, top: int, bottom: int) -> Samples:
    return samples[top:bottom]


def profile(icc: bytes) -> Chunk:
    """An ICC profile."""
    return b"iCCP", b"ICC profile\0\0" + zlib.compress(icc)


def resolution(dpi: tuple[float, float]) -> Chunk:
    """Dots per inch across and down."""
    across, down = (round(value * _METRE) for value in dpi)
    return b"pHYs", struct.pack(">IIB", across, down, 1)


def exif(block: bytes) -> Chunk:
    """EXIF from its TIFF header on."""
    return b"eXIf", block


def _alike(rows: Samples) -> bool:
    """Whether all rows are the same; most that are not differ in the first and the last."""
    return np.array_equal(rows[0], rows[-1]) and bool((rows == rows[0]).all())


def _lines(rows: Samples) -> NDArray[np.uint8]:
    """Rows as bytes, most significant first."""
    if rows.dtype == np.uint16:
        rows = rows.astype(">u2")
    return np.ascontiguousarray(rows).view(np.uint8).reshape(rows.shape[0], -1)


def _filtered(lines: NDArray[np.uint8], scratch: NDArray[np.uint8]) -> Iterator[memoryview]:
    """Rows led by their filter, each less the one above, as many at a time as scratch has.

    The first row of a band stands as it is, so that the band needs no other.
    """
    step = scratch.shape[0]
    for top in range(0, lines.shape[0], step):
        rows = lines[top : top + step]
        filtered = scratch[: rows.shape[0]]
        filtered[:, 0] = _UP
        np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
        if top:
            np.subtract(rows[0], lines[top - 1], out=filtered[0, 1:])
        else:
            filtered[0, 0], filtered[0, 1:] = 0, rows[0]
        yield filtered.data


def _spread(
    levels: NDArray[np.uint8], turned: Sequence[bool], scratch: NDArray[np.uint8]
) -> Iterator[memoryview]:
    """The same for levels that stand in several channels: one of them is filtered, not all.

    Where a level rises, 255 less the level falls by as much.
    """
    rows, cols = levels.shape
    step = scratch.shape[0]
    samples = scratch[:, 1:].reshape(step, cols, len(turned))
    for top in range(0, rows, step):
        part = levels[top : top + step]
        rises = np.empty_like(part)
        np.subtract(part[1:], part[:-1], out=rises[1:])
        rises[0] = part[0] - levels[top - 1] if top else part[0]
        falls = np.negative(rises)
        scratch[:, 0] = _UP
        if not top:
            scratch[0, 0], falls[0] = 0, ~part[0]
        cv.merge_into(samples[: len(part)], *(falls if each else rises for each in turned))
        yield scratch[: len(part)].data


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(content, zlib.crc32(name))
    return b"".join([struct.pack(">I", len(content)), name, content, struct.pack(">I", checksum)])


def _adler_joined(first: int, second: int, length: int) -> int:
    """The checksum of two runs of bytes from theirs; length: of the second (RFC 1950, 8.2)."""
    low = (first & 0xFFFF) + (second & 0xFFFF) - 1
    high = (first >> 16) + (second >> 16) + length * ((first & 0xFFFF) - 1)
    return (high % _ADLER) << 16 | low % _ADLER

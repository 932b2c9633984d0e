"""Patch: the former contents of the tiles one edit touched, small enough to keep and to store."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from editor.errors import ProjectDamaged
from editor.imaging.geometry import NOWHERE, Rect, Size
from editor.imaging.parallel import at_once
from editor.mask.deed import UNKNOWN, Deed

Coverage = NDArray[np.uint8]
"""(rows, cols) of a picture: 0 keeps a pixel, 255 asks for it to be edited."""

TILE = 256
"""Side of an undo tile in pixels: 64 KiB, copied in about 5 microseconds."""

MANY = 32
"""Packed tiles from which two threads unpack them, in some 3 ms; they let go of Python's lock."""

Rows = int | Coverage
"""What a tile holds: one value for every pixel, or its rows."""

Tile = Rows | bytes
"""The same, or its rows packed by zlib."""

_HEAD = struct.Struct("<4sIII")
_ENTRY = struct.Struct("<IIIB")
_MAGIC = b"FMP1"


class Patch:
    """Swapping it into its plane takes an edit back and gives the patch that makes it again.

    A new patch holds plain rows. packed() makes it some hundred times smaller in place and
    may run on any thread, even while the plane swaps the same patch in. deed: what the edit did,
    whichever way the patch is swapped; UNKNOWN until somebody says it.
    """

    __slots__ = ("_tiles", "deed", "size")

    def __init__(self, size: Size, tiles: Mapping[Rect, Tile], deed: Deed = UNKNOWN) -> None:
        self.size = size
        self.deed = deed
        self._tiles = tiles

    def __bool__(self) -> bool:
        """Whether anything was changed at all."""
        return bool(self._tiles)

    @property
    def weight(self) -> int:
        """Bytes this patch keeps in memory."""
        return sum(_weight(tile) for tile in self._tiles.values())

    @property
    def area(self) -> int:
        """Pixels of the tiles that changed."""
        return sum(rect.size.area for rect in self._tiles)

    @property
    def bounds(self) -> Rect:
        """The smallest rectangle that holds all of its tiles."""
        if not self._tiles:
            return NOWHERE
        lefts, tops, rights, bottoms = zip(*self._tiles, strict=True)
        return Rect(min(lefts), min(tops), max(rights), max(bottoms))

    def rects(self) -> tuple[Rect, ...]:
        """The tiles it knows, clipped to the plane."""
        return tuple(self._tiles)

    def contents(self) -> Iterator[tuple[Rect, Rows]]:
        """Each tile with its rows, or with the one value of all its pixels."""
        tiles = list(self._tiles.items())
        many = sum(isinstance(tile, bytes) for _, tile in tiles) >= MANY
        middle = len(tiles) // 2 if many else 0
        for some in at_once(
            _all_plain, [part for part in (tiles[:middle], tiles[middle:]) if part]
        ):
            yield from some

    def packed(self) -> Patch:
        """The same patch, its rows packed."""
        self._tiles = {rect: _packed(tile) for rect, tile in self._tiles.items()}
        return self

    def to_bytes(self) -> bytes:
        """The packed patch for a file; packs it in place."""
        self.packed()
        tiles = self._tiles
        parts = [_HEAD.pack(_MAGIC, *self.size, len(tiles))]
        for rect, tile in tiles.items():
            assert not isinstance(tile, np.ndarray)
            rows, value = (tile, 0) if isinstance(tile, bytes) else (b"", tile)
            parts += [_ENTRY.pack(rect.left, rect.top, len(rows), value), rows]
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> Patch:
        """The patch that to_bytes() wrote; raises ProjectDamaged when it is not one."""
        try:
            return cls._read(data)
        except (struct.error, zlib.error, ValueError) as fault:
            raise ProjectDamaged(
                "One step of a mask cannot be read; everything else in the project is safe.",
                details=str(fault),
            ) from fault

    @classmethod
    def _read(cls, data: bytes) -> Patch:
        magic, width, height, count = _HEAD.unpack_from(data)
        if magic != _MAGIC:
            raise ValueError("not a patch")
        size = Size(width, height)
        tiles: dict[Rect, Tile] = {}
        at = _HEAD.size
        for _ in range(count):
            left, top, length, value = _ENTRY.unpack_from(data, at)
            at += _ENTRY.size + length
            rect = Rect(left, top, left + TILE, top + TILE).clipped(size)
            if left % TILE or top % TILE or rect.empty or at > len(data):
                raise ValueError("a tile lies outside")
            rows = data[at - length : at]
            if rows:
                _unpacked(rows, rect)
            tiles[rect] = rows or value
        return cls(size, tiles)


def kept(rows: Coverage) -> Rows:
    """A copy of a tile's rows, or the one value of all its pixels: most tiles have one."""
    first = int(rows[0, 0])
    return first if (rows == first).all() else rows.copy()


def alike(one: Rows, other: Rows) -> bool:
    """Whether two tiles hold the same, both as `kept` gives them."""
    if isinstance(one, int) or isinstance(other, int):
        return isinstance(one, int) and isinstance(other, int) and one == other
    return bool((one == other).all())


def _packed(tile: Tile) -> int | bytes:
    if not isinstance(tile, np.ndarray):
        return tile
    found = kept(tile)
    return found if isinstance(found, int) else zlib.compress(found.tobytes(), 1)


def _unpacked(rows: bytes, rect: Rect) -> Coverage:
    """Rows of a tile; never more than the tile holds, whatever a damaged file says."""
    width, height = rect.size
    plain = zlib.decompressobj().decompress(rows, width * height + 1)
    return np.frombuffer(plain, np.uint8).reshape(height, width)


def _all_plain(tiles: list[tuple[Rect, Tile]]) -> list[tuple[Rect, Rows]]:
    return [
        (rect, _unpacked(tile, rect) if isinstance(tile, bytes) else tile) for rect, tile in tiles
    ]


def _weight(tile: Tile) -> int:
    if isinstance(tile, np.ndarray):
        return tile.nbytes
    return len(tile) if isinstance(tile, bytes) else 1

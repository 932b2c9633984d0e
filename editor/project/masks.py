"""Masks as a project keeps them: packed tiles, and packed coverage of what was asked for."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from editor.errors import ProjectDamaged
from editor.imaging.geometry import Rect, Size, tiles_over, whole
from editor.mask.deed import Deed
from editor.mask.patch import TILE, Coverage, Patch, Tile
from editor.mask.plane import MaskPlane

_FOOT = struct.Struct("<H4s")
_MARK = b"FMD1"
_TIME_MARK = b"FMT1"


@dataclass(frozen=True, slots=True)
class StoredMask:
    """A mask as it was left, with its steps as mask.history takes them."""

    plane: MaskPlane
    undo: tuple[Patch, ...]
    redo: tuple[Patch, ...]


def packed_tiles(patch: Patch) -> dict[tuple[int, int], bytes | None]:
    """Each tile of a patch as a patch of its own, None where nothing is painted."""
    return {
        (rect.left, rect.top): Patch(patch.size, {rect: tile}).to_bytes() if _any(tile) else None
        for rect, tile in patch.contents()
    }


def packed_step(patch: Patch) -> bytes:
    """A step of a mask for a file: its patch, behind that when it was made, last what was done.

    Earlier versions read the patch from the front and what was done from the back.
    """
    deed = patch.deed
    made = _noted(deed.made, _TIME_MARK) if deed.made else b""
    return b"".join((patch.to_bytes(), made, _noted(deed.text, _MARK)))


def deed_of(data: bytes) -> Deed:
    """What a packed step did and when; UNKNOWN of one that an earlier version wrote."""
    start, text = _note_before(len(data), data, _MARK)
    deed = Deed.read(text)
    _, made = _note_before(start, data, _TIME_MARK)
    return replace(deed, made=made) if made else deed


def plane_of(size: Size, tiles: Iterable[bytes]) -> MaskPlane:
    """A mask from the tiles that packed_tiles() gave.

    Raises ProjectDamaged when a tile belongs to a picture of another size.
    """
    found: dict[Rect, Tile] = {}
    for data in tiles:
        found.update(patch_of(data, size).contents())
    plane = MaskPlane(size)
    if found:
        plane.swap(Patch(size, found))
    return plane


def stored_mask(
    size: Size, tiles: Iterable[bytes], strokes: Sequence[tuple[bytes, bool]]
) -> StoredMask:
    """A mask with its strokes, oldest first, each with whether it is done.

    Raises ProjectDamaged as plane_of() does.
    """
    undo = tuple(_step_of(data, size) for data, done in strokes if done)
    redo = tuple(_step_of(data, size) for data, done in strokes if not done)
    return StoredMask(plane_of(size, tiles), undo, redo[::-1])


def packed_coverage(coverage: Coverage) -> bytes:
    """A mask as it was when an edit was asked for; some hundred times smaller than its pixels."""
    size = Size(coverage.shape[1], coverage.shape[0])
    tiles = (tile.clipped(size) for tile in tiles_over(whole(size), TILE))
    painted = {tile: coverage[tile.rows_cols] for tile in tiles if coverage[tile.rows_cols].any()}
    return Patch(size, painted).to_bytes()


def coverage_of(data: bytes, size: Size) -> Coverage:
    """What packed_coverage() packed, read-only.

    Raises ProjectDamaged when it is not a mask of this size.
    """
    coverage = np.zeros((size.height, size.width), np.uint8)
    for rect, rows in patch_of(data, size).contents():
        coverage[rect.rows_cols] = rows
    coverage.flags.writeable = False
    return coverage


def patch_of(data: bytes, size: Size) -> Patch:
    """A step of a mask; raises ProjectDamaged when it is not one of this size."""
    patch = Patch.from_bytes(data)
    if patch.size != size:
        raise ProjectDamaged(
            "A mask in the project is of another size than its picture and was not used."
        )
    return patch


def _noted(text: str, mark: bytes) -> bytes:
    note = text.encode("ascii", "replace")
    return note + _FOOT.pack(len(note), mark)


def _note_before(place: int, data: bytes, mark: bytes) -> tuple[int, str]:
    """Where the note that ends there begins, and its text; the place itself and "" for none."""
    end = place - _FOOT.size
    length, found = _FOOT.unpack_from(data, end) if end >= 0 else (0, b"")
    if found != mark or length > end:
        return place, ""
    return end - length, data[end - length : end].decode("ascii", "replace")


def _step_of(data: bytes, size: Size) -> Patch:
    patch = patch_of(data, size)
    patch.deed = deed_of(data)
    return patch


def _any(tile: int | Coverage) -> bool:
    return bool(tile) if isinstance(tile, int) else bool(tile.any())

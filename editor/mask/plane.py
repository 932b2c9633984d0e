"""The mask plane: one flat buffer of coverage that painting writes and Qt reads in place."""

from __future__ import annotations

import numpy as np

from editor.imaging.geometry import NOWHERE, Rect, Size
from editor.mask.draft import Draft
from editor.mask.patch import TILE, Coverage, Patch, Rows, alike, kept

__all__ = ["TILE", "Coverage", "MaskEdit", "MaskPlane", "Patch"]


class MaskPlane:
    """Coverage of one picture: 0 keeps a pixel, 255 asks for it to be edited.

    The buffer stays at one address for life, so a QImage may look at it for ever; `pixels`
    is a read-only view of it, and MaskEdit the only way to write. Its pages are written here,
    because the first touch of a page costs a stroke more than the paint.
    """

    def __init__(self, size: Size) -> None:
        self.size = size
        self._sheets = _Sheets(size)
        self.pixels: Coverage = self._sheets.buffer.view()
        self.pixels.flags.writeable = False

    @property
    def version(self) -> int:
        """Another number after each change that was settled."""
        return self._sheets.version

    @property
    def box(self) -> Rect:
        """Outside of it all coverage is 0; grows while painting, exact after each commit."""
        return self._sheets.box.joined(self._sheets.open)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is painted; exact while no edit is open."""
        return self.box.empty

    @property
    def is_full(self) -> bool:
        """Whether everything is painted, and fully; False while an edit is open."""
        return self._sheets.open.empty and self._sheets.full()

    def edit(self) -> MaskEdit:
        """A new open change; only one is open at a time."""
        return MaskEdit(self.size, self._sheets)

    def swap(self, patch: Patch) -> tuple[Patch, Rect]:
        """Exchange the patch's tiles with the plane's; no edit may be open.

        Returns the inverse patch and the rectangle that must be drawn again.
        """
        assert patch.size == self.size
        inverse = self.current(patch)
        dirty = NOWHERE
        for rect, rows in patch.contents():
            self._sheets.buffer[rect.rows_cols] = rows
            self._sheets.settle(rect, rows)
            dirty = dirty.joined(rect)
        self._sheets.bound()
        return inverse, dirty

    def current(self, patch: Patch) -> Patch:
        """What the plane held in the tiles of a patch when it last changed; copies nothing."""
        tiles = {rect: self._sheets.settled(rect) for rect in patch.rects()}
        return Patch(self.size, tiles, patch.deed)

    def draft(self) -> Draft:
        """The mask as it was settled last, for work in a thread; an open edit is left out."""
        sheets = self._sheets
        return Draft(self.size, sheets.tiles, sheets.box, sheets.version)

    def snapshot(self) -> Coverage:
        """Read-only copy, for a request that outlives the next brush stroke."""
        copy = np.zeros(self.pixels.shape, np.uint8)  # a clear page costs nothing yet
        copy[self.box.rows_cols] = self.pixels[self.box.rows_cols]
        copy.flags.writeable = False
        return copy


class MaskEdit:
    """One step of undo in the making: write through region(), then commit or abandon.

    As a context manager it abandons when an exception passes, so no half stroke stays.
    """

    def __init__(self, size: Size, sheets: _Sheets) -> None:
        self.size = size
        self._sheets = sheets
        self._touched = np.zeros((-(-size.height // TILE), -(-size.width // TILE)), np.bool_)
        self._before: dict[Rect, Rows] = {}

    @property
    def dirty(self) -> Rect:
        """What may have changed since the last commit."""
        return self._sheets.open

    def region(self, rect: Rect) -> Coverage:
        """Writable view of the part of the rectangle that lies on the plane."""
        left, top, right, bottom = rect
        if left < 0 or top < 0 or right > self.size.width or bottom > self.size.height:
            rect = left, top, right, bottom = rect.clipped(self.size)
        if left >= right or top >= bottom:
            return self._sheets.buffer[:0, :0]
        rows = slice(top // TILE, (bottom - 1) // TILE + 1)
        self._touched[rows, left // TILE : (right - 1) // TILE + 1] = True
        seen = self._sheets.open
        if left < seen.left or top < seen.top or right > seen.right or bottom > seen.bottom:
            self._sheets.open = seen.joined(rect)
        return self._sheets.buffer[top:bottom, left:right]

    def settle(self, most: int) -> bool:
        """Settle up to so many of the touched tiles; whether all of them are now.

        What is left is settled by the next call, or by commit(); nothing may be written between.
        """
        sheets = self._sheets
        for row, col in np.argwhere(self._touched)[:most].tolist():
            tile = _tile(row, col, self.size)
            now, was = kept(sheets.buffer[tile.rows_cols]), sheets.settled(tile)
            if not alike(now, was):
                self._before[tile] = was
                sheets.settle(tile, now)
            self._touched[row, col] = False
        return not self._touched.any()

    def commit(self) -> Patch:
        """Seal the edit; the patch that takes it back."""
        self.settle(self._touched.size)
        before, self._before = self._before, {}
        self._sheets.bound()
        return Patch(self.size, before)

    def abandon(self) -> Rect:
        """Put every pixel back; the rectangle that must be drawn again."""
        sheets = self._sheets
        for tile, was in self._before.items():
            sheets.settle(tile, was)
            sheets.buffer[tile.rows_cols] = was
        for row, col in np.argwhere(self._touched).tolist():
            tile = _tile(row, col, self.size)
            sheets.buffer[tile.rows_cols] = sheets.settled(tile)
        self._touched[:] = False
        self._before = {}
        dirty, sheets.open = sheets.open, NOWHERE
        return dirty

    def __enter__(self) -> MaskEdit:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.abandon()


class _Sheets:
    """What plane and edit share: the paint, its tiles as of the last commit, where paint is.

    Those tiles are never written to again, so patches share them. Most have one value, which
    is why they take a fraction of a second plane.
    """

    def __init__(self, size: Size) -> None:
        self.buffer: Coverage = np.empty((size.height, size.width), np.uint8)
        self.buffer.fill(0)
        self.tiles: dict[Rect, Rows] = {}
        self._occupied = np.zeros((-(-size.height // TILE), -(-size.width // TILE)), np.bool_)
        self.box = NOWHERE
        self.open = NOWHERE
        self.version = 0

    def settled(self, tile: Rect) -> Rows:
        """The tile as of the last commit."""
        return self.tiles.get(tile, 0)

    def settle(self, tile: Rect, now: Rows) -> None:
        """Take what a tile holds from now on."""
        self.tiles[tile] = now
        painted = now > 0 if isinstance(now, int) else now.any()
        self._occupied[tile.top // TILE, tile.left // TILE] = painted

    def full(self) -> bool:
        """Whether each tile was 255 all over at the last commit."""
        settled = self.tiles.values()
        every = len(settled) == self._occupied.size
        return every and all(isinstance(rows, int) and rows == 255 for rows in settled)

    def bound(self) -> None:
        """Make the box exact: only the outermost occupied tiles are looked at."""
        self.open = NOWHERE
        self.version += 1
        rows = np.flatnonzero(self._occupied.any(axis=1))
        if not rows.size:
            self.box = NOWHERE
            return
        cols = np.flatnonzero(self._occupied.any(axis=0))
        top, bottom = int(rows[0]) * TILE, (int(rows[-1]) + 1) * TILE
        left, right = int(cols[0]) * TILE, (int(cols[-1]) + 1) * TILE
        paint = self.buffer[top:bottom, left:right]
        self.box = Rect(
            left + _first(paint[:, :TILE].max(axis=0)),
            top + _first(paint[:TILE].max(axis=1)),
            left + _last(paint[:, -TILE:].max(axis=0), paint.shape[1]),
            top + _last(paint[-TILE:].max(axis=1), paint.shape[0]),
        )


def _first(line: Coverage) -> int:
    return int(np.flatnonzero(line)[0])


def _last(line: Coverage, end: int) -> int:
    return end - line.size + int(np.flatnonzero(line)[-1]) + 1


def _tile(row: int, col: int, size: Size) -> Rect:
    return Rect(col * TILE, row * TILE, (col + 1) * TILE, (row + 1) * TILE).clipped(size)

"""The mask plane: one flat buffer of coverage that painting writes and Qt reads in place."""

from __future__ import annotations

import numpy as np

from editor.imaging.geometry import NOWHERE, Rect, Size
from editor.mask.patch import TILE, Coverage, Patch, kept

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
    def box(self) -> Rect:
        """Outside of it all coverage is 0; grows while painting, exact after each commit."""
        return self._sheets.box.joined(self._sheets.open)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is painted; exact while no edit is open."""
        return self.box.empty

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
            self._sheets.settle(rect)
            dirty = dirty.joined(rect)
        self._sheets.bound()
        return inverse, dirty

    def current(self, patch: Patch) -> Patch:
        """What the plane holds now in the tiles of a patch."""
        buffer = self._sheets.buffer
        return Patch(self.size, {rect: kept(buffer[rect.rows_cols]) for rect in patch.rects()})

    def snapshot(self) -> Coverage:
        """Read-only copy, for a request that outlives the next brush stroke."""
        copy = np.zeros_like(self.pixels)  # clear pages cost nothing until they are written
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
        self._touched = np.zeros_like(sheets.occupied)
        self._before: dict[Rect, int | Coverage] = {}

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

    def commit(self) -> Patch:
        """Seal the edit; the patch that takes it back."""
        patch = self.seal(self._touched.size)
        assert patch is not None
        return patch

    def seal(self, most: int) -> Patch | None:
        """Seal up to so many tiles; None while more are left.

        For an edit so large that the window must breathe in between: a tile takes some 30
        microseconds. Nothing else may touch the plane until the patch is there.
        """
        sheets = self._sheets
        places = np.argwhere(self._touched)
        for row, col in places[:most].tolist():
            tile = _tile(row, col, self.size)
            self._touched[row, col] = False
            before = sheets.shadow[tile.rows_cols]
            if not np.array_equal(before, sheets.buffer[tile.rows_cols]):
                self._before[tile] = kept(before)
                sheets.settle(tile)
        if len(places) > most:
            return None
        sheets.bound()
        patch, self._before = Patch(self.size, self._before), {}
        return patch

    def abandon(self) -> Rect:
        """Put every pixel back; the rectangle that must be drawn again."""
        sheets = self._sheets
        for row, col in np.argwhere(self._touched).tolist():
            tile = _tile(row, col, self.size).rows_cols
            sheets.buffer[tile] = sheets.shadow[tile]
        self._touched[:] = False
        dirty, sheets.open = sheets.open, NOWHERE
        return dirty

    def __enter__(self) -> MaskEdit:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.abandon()


class _Sheets:
    """What plane and edit share: the paint, the shadow of the last commit, where paint is."""

    def __init__(self, size: Size) -> None:
        self.buffer: Coverage = np.empty((size.height, size.width), np.uint8)
        self.buffer.fill(0)
        # Only commits write here, so its pages may come when they are painted on.
        self.shadow: Coverage = np.zeros((size.height, size.width), np.uint8)
        self.occupied = np.zeros((-(-size.height // TILE), -(-size.width // TILE)), np.bool_)
        self.box = NOWHERE
        self.open = NOWHERE

    def settle(self, tile: Rect) -> None:
        """Let shadow and occupancy follow the paint in one tile."""
        now = self.buffer[tile.rows_cols]
        self.shadow[tile.rows_cols] = now
        self.occupied[tile.top // TILE, tile.left // TILE] = now.max() > 0

    def bound(self) -> None:
        """Make the box exact: only the outermost occupied tiles are looked at."""
        self.open = NOWHERE
        rows = np.flatnonzero(self.occupied.any(axis=1))
        if not rows.size:
            self.box = NOWHERE
            return
        cols = np.flatnonzero(self.occupied.any(axis=0))
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

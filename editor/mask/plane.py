"""The mask plane: one flat buffer of coverage that painting writes and Qt reads in place."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from editor.imaging.geometry import NOWHERE, Rect, Size, tiles_over, whole
from editor.mask.draft import Draft
from editor.mask.outline import LEVEL
from editor.mask.patch import TILE, Coverage, Patch, Rows, alike, kept
from editor.mask.runs import MIXED, Grid, rims, runs

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
        self._copied: tuple[int, Callable[[], Coverage | None]] = 0, _nobody

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
        sheets = self._sheets
        changed = np.full_like(sheets.values, MIXED)
        for tile, rows in patch.contents():
            sheets.settle(tile, rows)
            if isinstance(rows, int):
                changed[_place(tile)] = rows
            else:
                sheets.buffer[tile.rows_cols] = rows
        for places, value in runs(changed):
            if value != MIXED:
                sheets.buffer[_pixels(places, self.size).rows_cols] = value
        sheets.bound()
        return inverse, patch.bounds

    def recast(self, cast: Callable[[Rows], Rows]) -> Patch:
        """Make of each tile another one, most of them as one value; no edit may be open.

        cast: gives for the value or rows of a tile those it has from now on, in a new array; it
        gives one value for one, and rows that differ for such. Returns what takes it back.
        """
        changed: dict[Rect, Rows] = {}
        for tile, was in self._sheets.tiles.items():
            now = cast(was)
            if not alike(now, was):
                changed[tile] = now
        return self.swap(Patch(self.size, changed))[0]

    def parts(self, rect: Rect) -> Iterator[tuple[Rect, int | None]]:
        """Rectangles that hold all of another one, each with the one value of its pixels.

        None where they differ, or may, because an edit is open there.
        """
        rect = rect.clipped(self.size)
        if rect.empty:
            return
        left, top, _, _ = places = _places(rect)
        for part, value in runs(self._sheets.now()[places.rows_cols]):
            seen = part.seen_from(Rect(-left, -top, 0, 0))
            yield _pixels(seen, self.size), None if value == MIXED else value

    def rims(self, times: int) -> list[Rect]:
        """Squares, so many tiles a side, that may hold a rim."""
        places = np.argwhere(rims(self._sheets.now(), LEVEL, times)) * times
        return [
            _pixels(Rect(col, row, col + times, row + times), self.size)
            for row, col in places.tolist()
        ]

    def current(self, patch: Patch) -> Patch:
        """What the plane held in the tiles of a patch when it last changed; copies nothing."""
        tiles = {rect: self._sheets.settled(rect) for rect in patch.rects()}
        return Patch(self.size, tiles, patch.deed)

    def draft(self) -> Draft:
        """The mask as it was settled last, for work in a thread; an open edit is left out."""
        sheets = self._sheets
        return Draft(self.size, sheets.tiles, sheets.box, sheets.version)

    def snapshot(self) -> Coverage:
        """Read-only copy, for a request that outlives the next brush stroke.

        While nothing has changed all who ask share one, as long as somebody holds it.
        """
        version, made = self._copied
        if (known := made()) is not None and version == self.version and self._sheets.open.empty:
            return known
        copy = np.zeros(self.pixels.shape, np.uint8)  # a clear page costs nothing yet
        copy[self.box.rows_cols] = self.pixels[self.box.rows_cols]
        copy.flags.writeable = False
        if self._sheets.open.empty:
            self._copied = self.version, weakref.ref(copy)
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
        places = (tile.clipped(size) for tile in tiles_over(whole(size), TILE))
        self.tiles: dict[Rect, Rows] = dict.fromkeys(places, 0)
        self.values: Grid = np.zeros((-(-size.height // TILE), -(-size.width // TILE)), np.int16)
        self.box = NOWHERE
        self.open = NOWHERE
        self.version = 0

    def settled(self, tile: Rect) -> Rows:
        """The tile as of the last commit."""
        return self.tiles[tile]

    def settle(self, tile: Rect, now: Rows) -> None:
        """Take what a tile holds from now on."""
        self.tiles[tile] = now
        self.values[_place(tile)] = now if isinstance(now, int) else MIXED * now.any()

    def now(self) -> Grid:
        """The one value of each tile, MIXED where an open edit may have written."""
        values = self.values.copy()
        values[_places(self.open).rows_cols] = MIXED
        return values

    def full(self) -> bool:
        """Whether each tile was 255 all over at the last commit."""
        return bool((self.values == 255).all())

    def bound(self) -> None:
        """Make the box exact: only the outermost occupied tiles are looked at."""
        self.open = NOWHERE
        self.version += 1
        rows = np.flatnonzero(self.values.any(axis=1))
        if not rows.size:
            self.box = NOWHERE
            return
        cols = np.flatnonzero(self.values.any(axis=0))
        top, bottom = int(rows[0]) * TILE, (int(rows[-1]) + 1) * TILE
        left, right = int(cols[0]) * TILE, (int(cols[-1]) + 1) * TILE
        paint = self.buffer[top:bottom, left:right]
        solid = self.values > 0
        self.box = Rect(
            left + _first(solid[:, cols[0]], paint[:, :TILE], 0),
            top + _first(solid[rows[0]], paint[:TILE], 1),
            left + paint.shape[1] - _first(solid[:, cols[-1]], paint[:, : -TILE - 1 : -1], 0),
            top + paint.shape[0] - _first(solid[rows[-1]], paint[: -TILE - 1 : -1], 1),
        )


def _first(solid: NDArray[np.bool_], paint: Coverage, axis: int) -> int:
    """How many lines of the outermost tiles hold no paint. solid: which of them are all paint."""
    return 0 if solid.any() else int(np.flatnonzero(paint.max(axis=axis))[0])


def _tile(row: int, col: int, size: Size) -> Rect:
    return Rect(col * TILE, row * TILE, (col + 1) * TILE, (row + 1) * TILE).clipped(size)


def _place(tile: Rect) -> tuple[int, int]:
    """Row and column of a tile among all."""
    return tile.top // TILE, tile.left // TILE


def _places(rect: Rect) -> Rect:
    """The tiles that a rectangle touches, counted in tiles."""
    return Rect(
        rect.left // TILE, rect.top // TILE, -(-rect.right // TILE), -(-rect.bottom // TILE)
    )


def _pixels(tiles: Rect, size: Size) -> Rect:
    """What a rectangle of tiles, counted in tiles, covers."""
    return Rect(*(side * TILE for side in tiles)).clipped(size)


def _nobody() -> None:
    """Nothing was copied yet."""

"""The tables of a project file, each row sealed by a hash of what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from editor.project.project import Kept, Slot, Step, StoredVariant
from editor.project.records import decode, encode
from editor.storage import blobs
from editor.storage.blobs import Blobs
from editor.storage.database import Database, Row

APPLICATION_ID = 0x46726B74
""""Frkt", as the file command shows it."""

VERSION = 2
"""1 had its kept edits in the steps alone, so that undone ones went with them."""

SCHEMA = f"""{blobs.SCHEMA};
CREATE TABLE records (
    kind TEXT NOT NULL, id TEXT NOT NULL, seal BLOB NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (kind, id));
CREATE TABLE steps (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, slot TEXT NOT NULL, done INTEGER NOT NULL,
    seal BLOB NOT NULL, data BLOB NOT NULL);
CREATE INDEX steps_of_slot ON steps (slot, done);
CREATE TABLE tiles (
    slot TEXT NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL, seal BLOB NOT NULL,
    data BLOB NOT NULL, PRIMARY KEY (slot, x, y))"""
"""records: one value each, as JSON. steps: the timeline; of a stroke, data is the patch that
swaps its other side in. tiles: the masks as they are now, a patch of one tile each, so that
opening a project replays nothing; a missing tile is empty."""

STROKES_KEPT = 200
"""Strokes per mask that can be undone after a restart; older ones are final."""

Tiles = Mapping[tuple[int, int], bytes | None]
"""Left and top of a tile in picture pixels to its packed content, None for nothing painted."""


@dataclass(frozen=True, slots=True)
class Order:
    """Ids of the slots shown, before and after a change."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """A form or a recipe: whatever its owner wants back."""

    values: Mapping[str, object]


class Mask(NamedTuple):
    """Packed tiles of a mask, and its strokes, oldest first, each with whether it is done."""

    tiles: list[bytes]
    strokes: list[tuple[bytes, bool]]


def open_database(path: Path, *, rescue: bool = False) -> Database:
    """Open a project file, or make it; raises as Database does."""
    return Database(
        path,
        application_id=APPLICATION_ID,
        version=VERSION,
        schema=SCHEMA,
        older={1},
        rescue=rescue,
    )


class Tables:
    """Reading and writing single rows; whoever writes holds a transaction where it matters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, kind: str, id: str, value: object) -> None:
        """Write a value over what was there of this kind and id."""
        self.put_text(kind, id, encode(value))

    def put_text(self, kind: str, id: str, data: str) -> None:
        """Write a value that is JSON already."""
        self._database.execute(
            "INSERT INTO records VALUES (?, ?, ?, ?) ON CONFLICT (kind, id)"
            " DO UPDATE SET seal = excluded.seal, data = excluded.data",
            kind,
            id,
            _seal(kind, id, data),
            data,
        )

    def drop(self, kind: str, id: str) -> None:
        self._database.execute("DELETE FROM records WHERE kind = ? AND id = ?", kind, id)

    def record(self, kind: str, id: str) -> str | None:
        """The JSON of a value, None when it is missing or damaged."""
        row = self._database.row(
            "SELECT seal, data FROM records WHERE kind = ? AND id = ?", kind, id
        )
        return row[1] if row and row[0] == _seal(kind, id, row[1]) else None

    def push(self, number: int, kind: str, slot: str, data: bytes) -> None:
        """Append a done step; steps of the slot that were undone, and too old ones, go."""
        execute = self._database.execute
        execute("DELETE FROM steps WHERE slot = ? AND done = 0 AND number < ?", slot, number)
        self.put_step(number, kind, slot, data, done=True)
        execute(
            "DELETE FROM steps WHERE slot = ?1 AND kind = 'stroke' AND number <= (SELECT number"
            " FROM steps WHERE slot = ?1 AND kind = 'stroke'"
            f" ORDER BY number DESC LIMIT 1 OFFSET {STROKES_KEPT})",
            slot,
        )

    def put_step(self, number: int, kind: str, slot: str, data: bytes, *, done: bool) -> None:
        """Write a step over the one of the same number."""
        self._database.execute(
            "INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?, ?, ?)",
            number,
            kind,
            slot,
            int(done),
            _seal(number, kind, slot, int(done), data),
            data,
        )

    def step(self, number: int) -> tuple[str, str, bool, bytes] | None:
        """Kind, slot, done and data of a step, None when it is missing or damaged."""
        row = self._database.row(
            "SELECT kind, slot, done, data, seal FROM steps WHERE number = ?", number
        )
        if row is None or row[4] != _seal(number, *row[:4]):
            return None
        return row[0], row[1], bool(row[2]), row[3]

    def to_move(self, slot: str, kind: str, *, done: bool) -> int:
        """Number of the step that becomes done, or undone.

        A stroke too old to be in the file any more gets a number before all others.
        """
        which = "MIN(number)" if done else "MAX(number)"
        row = self._database.row(
            f"SELECT {which} FROM steps WHERE slot = ? AND done = ? AND kind = ?",
            slot,
            int(not done),
            kind,
        )
        if row and row[0] is not None:
            return int(row[0])
        first = self._database.row("SELECT MIN(number) FROM steps")
        return first[0] - 1 if first and first[0] is not None else 0

    def move(self, slot: str, kind: str, *, done: bool) -> None:
        """Mark the step that undo (done=False) or redo comes to."""
        number = self.to_move(slot, kind, done=done)
        step = self.step(number)
        if step is not None:
            self.put_step(number, kind, slot, step[3], done=done)

    def renew(self, edits: Mapping[str, Kept], steps: Iterable[Step]) -> None:
        """Write the kept edits of an older file as the newest version has them."""
        self._database.execute("DELETE FROM steps WHERE kind = 'keep'")
        for id, kept in edits.items():
            self.put("kept", id, kept)
        for step in steps:
            if step.move is not None:
                data = encode(step.move).encode("ascii")
                self.put_step(step.number, step.kind.value, step.slot, data, done=step.done)
        self._database.renew()

    def mask(self, slot: str) -> Mask:
        """All that is kept of a mask; between rows, strokes of another may be written."""
        database = self._database
        tiles = [
            tile
            for x, y in database.rows("SELECT x, y FROM tiles WHERE slot = ?", slot)
            if (tile := self.tile(slot, x, y)) is not None
        ]
        numbers = database.rows(
            "SELECT number FROM steps WHERE slot = ? AND kind = 'stroke' ORDER BY number", slot
        )
        steps = [step for (number,) in numbers if (step := self.step(number)) is not None]
        return Mask(tiles, [(data, done) for _, _, done, data in steps])

    def put_tiles(self, slot: str, tiles: Tiles) -> None:
        """Let the mask of a slot hold this from now on, in these tiles."""
        for (x, y), data in tiles.items():
            if data is None:
                self._database.execute(
                    "DELETE FROM tiles WHERE slot = ? AND x = ? AND y = ?", slot, x, y
                )
            else:
                self._database.execute(
                    "INSERT OR REPLACE INTO tiles VALUES (?, ?, ?, ?, ?)",
                    slot,
                    x,
                    y,
                    _seal(slot, x, y, data),
                    data,
                )

    def tile(self, slot: str, x: int, y: int) -> bytes | None:
        """Packed content of a tile, None when it is missing or damaged."""
        row = self._database.row(
            "SELECT seal, data FROM tiles WHERE slot = ? AND x = ? AND y = ?", slot, x, y
        )
        return row[1] if row and row[0] == _seal(slot, x, y, row[1]) else None

    def tidy(self, shown: Collection[str]) -> None:
        """Let go of pictures that are no longer shown, of their steps, masks and blobs.

        Answers stay whatever happened to their picture: they were paid for.
        """
        database = self._database
        with database.transaction():
            for id, _ in self._of("slot"):
                if id not in shown:
                    self.drop("slot", id)
                    database.execute("DELETE FROM steps WHERE slot = ?", id)
                    database.execute("DELETE FROM tiles WHERE slot = ?", id)
                    for edit, data in self._of("kept"):
                        if decode(Kept, data).slot == id:
                            self.drop("kept", edit)
            database.execute("DELETE FROM steps WHERE kind = 'slots'")
        Blobs(database).tidy(self._wanted())

    def _wanted(self) -> set[str]:
        """Digests of all blobs that a record speaks of."""
        return (
            {decode(Slot, data).digest for _, data in self._of("slot")}
            | {
                digest
                for _, data in [*self._of("variant"), *self._of("asked")]
                for variant in [decode(StoredVariant, data)]
                for digest in (variant.answer, variant.coverage)
            }
            | {decode(Kept, data).patch for _, data in self._of("kept")}
        )

    def _of(self, kind: str) -> list[Row]:
        return self._database.rows("SELECT id, data FROM records WHERE kind = ?", kind)


def _seal(*parts: object) -> bytes:
    """SHA-256 over the parts, each with its length and type, so that none runs into the next."""
    found = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode("ascii", "backslashreplace")
        found.update(b"%d%c" % (len(data), 98 if isinstance(part, bytes) else 114))
        found.update(data)
    return found.digest()

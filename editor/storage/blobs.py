"""Large values by their SHA-256, in rows of 1 MiB so that nothing waits long for one of them."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Collection, Iterator

from editor.errors import CannotWrite, ProjectDamaged
from editor.storage.database import Database
from editor.storage.names import shown_name

SCHEMA = """
CREATE TABLE blobs (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, size INTEGER NOT NULL);
CREATE TABLE pieces (id INTEGER PRIMARY KEY, data BLOB NOT NULL)
"""
"""A piece's id is its blob's id shifted by 20 bits, plus its number. A blob counts only when
its own row is there, which is written last."""

PIECE = 2**20
"""Bytes in a row, written in about 5 ms."""

LARGEST = 2**30
"""Bytes in a blob; a file that claims more was not written by this program."""

_NUMBER_BITS = 20


class Blobs:
    """The blobs of one database, used on the thread that has the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their digest; the same bytes are kept once.

        Raises CannotWrite. Rows that no blob owns may be left by a crash; tidy() removes them.
        """
        assert len(data) <= LARGEST
        view = memoryview(data)
        digest = self._digest(view)
        if not self.holds(digest):
            number = self._next_id()
            try:
                self._write(number, digest, view)
            except CannotWrite:
                self._forget(number)
                raise
        return digest

    def get(self, digest: str) -> bytes:
        """Read a blob back.

        Raises ProjectDamaged when it is missing or no longer matches its digest.
        """
        pieces = list(self._pieces(digest))
        found = hashlib.sha256()
        for piece in pieces:
            found.update(piece)
        if found.hexdigest() != digest:
            raise _damaged(self._database)
        return b"".join(pieces)

    def holds(self, digest: str) -> bool:
        """Whether a blob of this digest was kept whole; its bytes are not looked at."""
        return self._database.row("SELECT 1 FROM blobs WHERE digest = ?", digest) is not None

    def verify(self, digest: str) -> bool:
        """Whether the blob is there and matches its digest; about 1 GB/s."""
        found = hashlib.sha256()
        try:
            for piece in self._pieces(digest):
                found.update(piece)
        except ProjectDamaged:
            return False
        return found.hexdigest() == digest

    def tidy(self, wanted: Collection[str]) -> None:
        """Remove every blob that is not wanted, and pieces that belong to none."""
        database = self._database
        for number, digest in database.rows("SELECT id, digest FROM blobs"):
            if digest not in wanted:
                database.execute("DELETE FROM blobs WHERE id = ?", number)
        owned = {number for (number,) in database.rows("SELECT id FROM blobs")}
        for (piece,) in database.rows("SELECT id FROM pieces"):
            if piece >> _NUMBER_BITS not in owned:
                database.execute("DELETE FROM pieces WHERE id = ?", piece)
                database.between()

    def _write(self, number: int, digest: str, data: memoryview) -> None:
        database = self._database
        last = max(len(data) - 1, 0) // PIECE
        for index in range(last + 1):
            with database.transaction():
                database.execute(
                    "INSERT INTO pieces VALUES (?, ?)",
                    number << _NUMBER_BITS | index,
                    data[index * PIECE : (index + 1) * PIECE],
                )
                if index == last:
                    database.execute(
                        "INSERT INTO blobs VALUES (?, ?, ?)", number, digest, len(data)
                    )
            database.between()

    def _forget(self, number: int) -> None:
        """Give the room of a blob that did not fit back, as far as the disk allows."""
        first = number << _NUMBER_BITS
        with contextlib.suppress(CannotWrite):
            self._database.execute(
                "DELETE FROM pieces WHERE id >= ? AND id < ?", first, first + (1 << _NUMBER_BITS)
            )

    def _digest(self, view: memoryview) -> str:
        found = hashlib.sha256()
        for start in range(0, len(view), 8 * PIECE):
            found.update(view[start : start + 8 * PIECE])
            self._database.between()
        return found.hexdigest()

    def _next_id(self) -> int:
        """An id that neither a blob nor a piece left behind by a crash has."""
        found = self._database.row("SELECT MAX(id) FROM pieces")
        highest = found[0] if found else None
        return (highest >> _NUMBER_BITS) + 1 if isinstance(highest, int) else 1

    def _pieces(self, digest: str) -> Iterator[bytes]:
        found = self._database.row("SELECT id, size FROM blobs WHERE digest = ?", digest)
        if found is None or not all(isinstance(value, int) for value in found):
            raise _damaged(self._database)
        number, size = found
        if not 0 <= size <= LARGEST:
            raise _damaged(self._database)
        for index in range(max(size - 1, 0) // PIECE + 1):
            piece = self._database.row(
                "SELECT data FROM pieces WHERE id = ?", number << _NUMBER_BITS | index
            )
            if piece is None or not isinstance(piece[0], bytes):
                raise _damaged(self._database)
            yield piece[0]
            self._database.between()


def _damaged(database: Database) -> ProjectDamaged:
    return ProjectDamaged(
        "A picture in {name} is damaged and was not used; everything else is as it was.",
        name=shown_name(database.path.name),
    )

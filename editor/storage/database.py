"""One SQLite file with one connection, set up so that what was committed survives a power cut."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from editor.errors import CannotWrite, InputProblem, Problem, ProjectDamaged
from editor.storage.atomic import cannot_write
from editor.storage.names import shown_name

BUSY_SECONDS = 2.0
"""How long to wait for somebody else's lock on the file, such as a backup program's."""

LONGEST_VALUE = 64 * 2**20
"""Bytes in one value; a file that claims more was not written by this program."""

COPY_PAGES = 256
"""Pages copied at a time, 1 MiB; strokes are written in between."""

_HEADER = 100
"""Bytes; the version is at 60, the application at 68 (sqlite.org/fileformat.html)."""

_PRAGMAS = (
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "fullfsync=ON",
    "journal_mode=DELETE",
    "synchronous=EXTRA",  # FULL does not sync the folder when the journal goes
)

_TO_RESCUE = ("query_only=ON", "writable_schema=ON")
"""With the second, before anything is read, SQLite goes by the real size of a file."""

Row = tuple[Any, ...]


class Database:
    """A database of one known form; whoever holds it uses it from one thread at a time.

    between: called wherever long work can be interrupted, never inside a transaction.
    Every method raises CannotWrite when the disk refuses and ProjectDamaged when the file
    contradicts itself.
    """

    def __init__(
        self,
        path: Path,
        *,
        application_id: int,
        version: int,
        schema: str,
        older: Collection[int] = (),
        rescue: bool = False,
    ) -> None:
        """Open the file, or make it when it is missing or empty.

        application_id: 32 bits that mark the form. version: of the form, at least 1. older:
        versions of the same tables that are taken too, until they are renewed. rescue: only
        read, also from a file that ends too early.
        Raises InputProblem for a file of another form or of another version.
        """
        self.path = path
        self.rescue = rescue
        self.between: Callable[[], None] = _nothing
        self.version = self._newest = version
        fresh = not path.exists() or path.stat().st_size == 0
        if not fresh:
            self.version = _version_of(path, application_id, {version, *older})
        with _told(path.name):
            self._connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        self._connection.text_factory = _lenient
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        try:
            for pragma in (*(_TO_RESCUE if rescue else ()), *_PRAGMAS):
                self.execute(f"PRAGMA {pragma}")
            if fresh:
                self._make(application_id, version, schema)
            elif self._form() != _form_of(schema):
                raise _foreign(path.name)
        except sqlite3.DatabaseError as error:
            self.close()
            raise _foreign(path.name) from error
        except BaseException:
            self.close()
            raise

    def execute(self, sql: str, *values: object) -> None:
        """Carry out one statement."""
        with _told(self.path.name):
            self._connection.execute(sql, values)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """All rows that a query finds."""
        with _told(self.path.name):
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> Row | None:
        """First row that a query finds, None when there is none."""
        with _told(self.path.name):
            found: Row | None = self._connection.execute(sql, values).fetchone()
            return found

    def readable(self, sql: str, *values: object) -> list[Row]:
        """Rows that a query finds before it meets a damaged page."""
        found: list[Row] = []
        with suppress(ProjectDamaged), _told(self.path.name):
            found.extend(self._connection.execute(sql, values))
        return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside or none; on the disk for good when the block is left."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.rollback()

    def renew(self) -> None:
        """Say that the file is of the newest version now; inside a transaction."""
        self.execute(f"PRAGMA user_version={self._newest}")
        self.version = self._newest

    def sound(self) -> bool:
        """Whether the file's own structure holds together; reads all of it, about 4 GB/s."""
        try:
            return self.rows("PRAGMA quick_check(1)") == [("ok",)]
        except ProjectDamaged:
            return False

    def copy_to(self, path: Path, *, at_once: bool = False) -> None:
        """Copy the database into an empty file; what is written meanwhile is in the copy too.

        at_once: in one step, for a file that another process writes.
        """
        pages = -1 if at_once else COPY_PAGES
        with _told(path.name), closing(sqlite3.connect(path, isolation_level=None)) as copy:
            self._connection.backup(copy, pages=pages, progress=self._copied)

    def close(self) -> None:
        """Let go of the file; nothing is pending, ever."""
        self._connection.close()

    def _copied(self, status: int, remaining: int, total: int) -> None:
        if status != sqlite3.SQLITE_DONE:  # what is written after the last step is not copied
            self.between()

    def _make(self, application_id: int, version: int, schema: str) -> None:
        with self.transaction():
            for statement in _statements(schema):
                self.execute(statement)
            self.execute(f"PRAGMA application_id={application_id}")
            self.execute(f"PRAGMA user_version={version}")

    def _form(self) -> set[Row]:
        return set(self.rows("SELECT type, name, tbl_name, sql FROM sqlite_master LIMIT 100"))


def _nothing() -> None:
    """Stand in for work between; there is none."""


def _lenient(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _statements(schema: str) -> list[str]:
    return [statement.strip() for statement in schema.split(";") if statement.strip()]


def _form_of(schema: str) -> set[Row]:
    """What sqlite_master holds after the schema was carried out; nothing else is accepted."""
    with closing(sqlite3.connect(":memory:")) as memory:
        for statement in _statements(schema):
            memory.execute(statement)
        return set(memory.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


def _version_of(path: Path, application_id: int, versions: Collection[int]) -> int:
    """Version of a file of this form, one of these. Raises InputProblem."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise InputProblem(
            "{name} can't be read ({reason}); nothing was changed.",
            name=shown_name(path.name),
            reason=(error.strerror or "no reason given").lower(),
        ) from error
    if header[68:72] != application_id.to_bytes(4, "big"):
        raise _foreign(path.name)
    version = int.from_bytes(header[60:64], "big")
    if version not in versions:
        raise InputProblem(
            "{name} was made by another version of Frisket and was left untouched; "
            "open it with that version or a newer one.",
            name=shown_name(path.name),
        )
    return version


def _foreign(name: str) -> InputProblem:
    return InputProblem(
        "{name} is not a Frisket file or its first page is damaged; it was left untouched.",
        name=shown_name(name),
    )


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn what SQLite says about the disk or the file into a sentence; bugs pass."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        problem = _problem(name, error)
        if problem is None:
            raise
        raise problem from error
    except UnicodeDecodeError as error:  # words of SQLite's own that quote a damaged name
        raise _damaged(name, "a name is no text") from error


def _problem(name: str, error: sqlite3.DatabaseError) -> Problem | None:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return cannot_write(name, OSError(errno.ENOSPC, str(error)))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return cannot_write(name, OSError(errno.EACCES, str(error)))
        case sqlite3.SQLITE_IOERR:
            return cannot_write(name, OSError(errno.EIO, str(error)))
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return CannotWrite(
                "{name} is held by another program, so nothing was written to it yet; "
                "close that program or save under another name.",
                name=shown_name(name),
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_TOOBIG:
            return _damaged(name, str(error))
        case _:
            return None


def _damaged(name: str, details: str) -> ProjectDamaged:
    return ProjectDamaged(
        "{name} is damaged in places, so this was neither read nor written; "
        "save the project under another name.",
        name=shown_name(name),
        details=details,
    )

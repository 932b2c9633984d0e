"""Who may write: one lock per file, let go by the system however the holder ends."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from editor.storage.atomic import cannot_write


class FileLock:
    """A lock with a file of its own; held by at most one process, and by one FileLock in it.

    The lock is the one SQLite puts on an empty database. SQLite has it right on every system
    (fcntl, LockFileEx), so there is one mechanism here and not one for each of them.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None

    @property
    def held(self) -> bool:
        return self._connection is not None

    def acquire(self) -> bool:
        """Take the lock without waiting; False when somebody else has it.

        Raises CannotWrite when the lock's file cannot be made.
        """
        if self._connection is not None:
            return False
        try:
            self.path.touch(mode=0o600)
        except OSError as error:
            raise cannot_write(self.path.name, error) from error
        connection = sqlite3.connect(
            self.path, timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            connection.close()
            return False
        self._connection = connection
        return True

    def release(self) -> None:
        """Let go; nothing happens when the lock is not held."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

"""Spool: the raw answer of a provider, on the disk before anybody tries to read it."""

from __future__ import annotations

import hashlib
import logging
import os
from pathlib import Path

from editor.errors import AnswerUnusable, CannotWrite
from editor.storage.atomic import cannot_write, sync_folder

log = logging.getLogger(__name__)


class Spool:
    """A file that grows up to a cap in bytes, with a running SHA-256. size: bytes so far.

    When the disk refuses, the rest is held in memory and sync() tries again: what was paid
    for is never thrown away. Used from one thread.
    """

    def __init__(self, path: Path, cap: int) -> None:
        """Begin a file, or go on with one that is there. Raises CannotWrite."""
        self.path = path
        self._cap = cap
        self._held = bytearray()
        try:
            self._file = path.open("a+b", buffering=0)
            sync_folder(path.parent)
        except OSError as error:
            raise cannot_write(path.name, error) from error
        self._file.seek(0)
        self._hash = hashlib.file_digest(self._file, "sha256")
        self.size = self._written = self._file.tell()

    @property
    def digest(self) -> str:
        """SHA-256 of everything written so far, in hex."""
        return self._hash.hexdigest()

    def write(self, chunk: bytes) -> None:
        """Append; raises AnswerUnusable when the answer grows over the cap."""
        if self.size + len(chunk) > self._cap:
            raise AnswerUnusable(
                "The answer is larger than {limit} MB, so the rest was not kept; "
                "it may have been charged.",
                limit=self._cap // 10**6,
            )
        self.size += len(chunk)
        self._hash.update(chunk)
        self._held += chunk
        try:
            self._pour()
        except OSError as error:
            log.warning("raw answer held in memory: %s", error.strerror)

    def sync(self) -> None:
        """Return when everything written so far is on the disk.

        Raises CannotWrite when the disk refuses; then read() still has all of it.
        """
        try:
            self._pour()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise CannotWrite(
                "The paid answer is not saved yet, because the disk refuses it; it is held "
                "in memory. Free some space and keep this window open.",
                details=error.strerror or "",
            ) from error

    def cut_back(self, size: int) -> None:
        """Forget what came after so many bytes: the same is asked for once more.

        Raises CannotWrite.
        """
        kept = min(self._written, size)
        try:
            self._file.truncate(kept)
        except OSError as error:
            raise cannot_write(self.path.name, error) from error
        del self._held[size - kept :]
        self._written = kept
        self.size = kept + len(self._held)
        self._file.seek(0)
        self._hash = hashlib.file_digest(self._file, "sha256")
        self._hash.update(self._held)

    def read(self) -> bytes:
        """Everything written so far, from the disk and from memory."""
        self._file.seek(0)
        return self._file.read(self._written) + bytes(self._held)

    def close(self) -> None:
        """Close the file; sync() first what shall be durable."""
        self._file.close()

    def _pour(self) -> None:
        """Move what is held to the file, as far as the disk takes it."""
        while self._held:
            taken = self._file.write(self._held[: 2**20]) or 0
            self._written += taken
            del self._held[:taken]

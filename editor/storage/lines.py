"""Lines: a text file that only grows, each line durable before anything depends on it."""

from __future__ import annotations

import os
from pathlib import Path

from editor.storage.atomic import cannot_write, sync_folder

CANCEL = b"\x18\n"
"""Ends a line that was cut off, ASCII's own sign for it: such a line never counts.

It is not taken away: between a look at the file and a cut, another process may have added more.
"""


class Lines:
    """Whole lines that survive a crash and a power cut, in the order of their coming.

    Several processes may add to one file. read: those that were there; a last line that was cut
    off in the middle never counts. Raises CannotWrite.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = path.open("a+b", buffering=0)
            self._file.seek(0)
            data = self._file.read()
            sync_folder(path.parent)
        except OSError as error:
            raise cannot_write(path.name, error) from error
        whole = data[: data.rfind(b"\n") + 1]
        self.read = _texts(whole)
        self._seen = len(whole)
        self._torn = len(whole) < len(data)

    def append(self, line: str) -> None:
        """Write a line that holds no line break; durable on return. Raises CannotWrite."""
        data = (CANCEL if self._torn else b"") + line.encode() + b"\n"
        self._torn = True
        try:
            while data:
                data = data[self._file.write(data) or 0 :]
            os.fsync(self._file.fileno())
        except OSError as error:
            raise cannot_write(self._path.name, error) from error
        self._torn = False

    def news(self) -> tuple[str, ...]:
        """Lines that were added since they were read, by whomever. Raises CannotWrite."""
        try:
            self._file.seek(self._seen)
            data = self._file.read()
        except OSError as error:
            raise cannot_write(self._path.name, error) from error
        whole = data[: data.rfind(b"\n") + 1]
        self._seen += len(whole)
        return _texts(whole)

    def close(self) -> None:
        self._file.close()


def _texts(lines: bytes) -> tuple[str, ...]:
    """What counts of whole lines."""
    counting = (line for line in lines.split(b"\n")[:-1] if not line.endswith(CANCEL[:-1]))
    return tuple(line.decode("utf-8", "replace") for line in counting)

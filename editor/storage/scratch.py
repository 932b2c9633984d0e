"""Scratch: a file without a name for what is too large to hold, gone when it is closed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from editor.storage.atomic import cannot_write


def scratch(folder: Path, blocks: Iterable[bytes]) -> BinaryIO:
    """Write blocks into a new file and give it, at its beginning. Raises CannotWrite.

    folder: on a real disk; the system's own folder for such files may be memory. Nobody else
    can open the file, and it does not outlive this process.
    """
    with _filled(folder) as file:
        for block in blocks:
            file.write(block)
        file.seek(0)
    return file


def reserved(folder: Path, size: int) -> BinaryIO:
    """Give a new file of so many bytes that the disk has room for. Raises CannotWrite.

    Otherwise like scratch(). Room is taken here, since a mapped file that the disk cannot hold
    ends the program at the byte that does not fit.
    """
    with _filled(folder) as file:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        else:
            file.truncate(size)
    return file


@contextmanager
def _filled(folder: Path) -> Iterator[BinaryIO]:
    """A new file that stays open, unless filling it fails."""
    try:
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # handed over to the caller
    except OSError as error:
        raise cannot_write(str(folder), error) from error
    try:
        yield cast("BinaryIO", file)
    except BaseException as error:
        file.close()
        if isinstance(error, OSError):
            raise cannot_write(str(folder), error) from error
        raise

"""Files to bytes: regular files only, never blocking, up to a size, each failure a sentence."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from editor.errors import InputProblem
from editor.storage.names import shown_name

MEBIBYTES = 512
# The largest file that is opened.

EMPTY = "{name} is empty, so there is nothing to open."
FOLDER = "{name} is a folder, so it was not opened; name the files in it."
NOT_REGULAR = "{name} is not a regular file, so it was not opened."
MISSING = "{name} is not there. Nothing has changed."
FORBIDDEN = "{name} can't be read (permission denied). Nothing has changed."
UNREADABLE = "{name} can't be read. Nothing has changed."
TOO_LARGE = "{name} is larger than {limit} MiB, the most that is opened."


def read_file(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises InputProblem for anything else, for an empty or too large file, and where the
    system refuses. The file is looked at before it is opened, and opened without waiting,
    so that pipes and devices cannot hold the caller.
    """
    name = shown_name(path.name or str(path))
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise InputProblem(FOLDER if stat.S_ISDIR(mode) else NOT_REGULAR, name=name)
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise InputProblem(NOT_REGULAR, name=name)
            data = file.read(MEBIBYTES * 2**20 + 1)
    except (OSError, ValueError) as error:
        raise _refused(error, name) from error
    if not data:
        raise InputProblem(EMPTY, name=name)
    if len(data) > MEBIBYTES * 2**20:
        raise InputProblem(TOO_LARGE, name=name, limit=MEBIBYTES)
    return data


def _refused(error: Exception, name: str) -> InputProblem:
    if isinstance(error, FileNotFoundError):
        return InputProblem(MISSING, name=name)
    if isinstance(error, PermissionError):
        return InputProblem(FORBIDDEN, name=name)
    if isinstance(error, IsADirectoryError):
        return InputProblem(FOLDER, name=name)
    return InputProblem(UNREADABLE, name=name, details=str(error))

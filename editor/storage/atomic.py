"""The one way a file is written: whole beside its place, then put there in one step."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from editor.errors import CannotWrite
from editor.storage.names import shown_name

_LONGEST_SUFFIX = 16
"""Characters of the target's suffix that the temporary file may carry."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR})
_TAKEN = frozenset({errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP})
_FOLDERS_DO_NOT_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
"""What exFAT and some network shares answer when a folder is synced; nothing can be done."""


def write(
    path: Path,
    data: bytes | Callable[[BinaryIO], None],
    *,
    verify: Callable[[Path], None] | None = None,
) -> None:
    """Write a file so that a crash or a full disk leaves either the old one or the new one.

    data: the content, or what writes it into a file opened for writing. verify: looks at the
    finished file before it takes its place and raises what it finds wrong. The mode of a file
    that was there is kept, and a link is followed.
    Raises CannotWrite; then the old file is untouched and nothing is left beside it.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".frisket-{os.urandom(8).hex()}{_short_suffix(target)}")
    try:
        mode = _mode_of(target)
        try:
            _fill(temporary, data, mode)
            if verify is not None:
                verify(temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(target.parent)
    except OSError as error:
        raise cannot_write(path.name, error) from error


def sync_folder(folder: Path) -> None:
    """Make a new, renamed or deleted name in the folder outlive a power cut."""
    if os.name == "nt":
        return  # Windows opens no folders and keeps names by its own journal.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _FOLDERS_DO_NOT_SYNC:
            raise
    finally:
        os.close(handle)


def cannot_write(name: str, error: OSError) -> CannotWrite:
    """Put into a sentence why the system refused to write something."""
    name = shown_name(name)
    if error.errno in _FULL:
        return CannotWrite(
            "The disk is full, so {name} was not written; nothing is lost. "
            "Free some space and try again.",
            name=name,
        )
    if error.errno in _FORBIDDEN:
        return CannotWrite(
            "{name} can't be written there (no permission); nothing was changed. "
            "Choose another folder.",
            name=name,
        )
    if error.errno in _GONE:
        return CannotWrite(
            "The folder for {name} is not there; nothing was written. Choose another folder.",
            name=name,
        )
    if error.errno in _TAKEN:
        return CannotWrite(
            "{name} can't be the name of a file there; nothing was changed. Choose another name.",
            name=name,
        )
    return CannotWrite(
        "The disk refused to write {name}; what was there is safe. Write it somewhere else.",
        name=name,
        details=error.strerror or "",
    )


def _short_suffix(path: Path) -> str:
    return path.suffix if len(path.suffix) <= _LONGEST_SUFFIX else ""


def _mode_of(target: Path) -> int | None:
    """Permissions of the file that is replaced; None when there is none."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found):
        raise FileExistsError(errno.EEXIST, "not a regular file")
    return stat.S_IMODE(found)


def _fill(temporary: Path, data: bytes | Callable[[BinaryIO], None], mode: int | None) -> None:
    with temporary.open("xb") as file:
        if callable(data):
            data(file)
        else:
            file.write(data)
        file.flush()
        if mode is not None:
            temporary.chmod(mode)
        os.fsync(file.fileno())

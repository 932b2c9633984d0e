"""Scratch: a file without a name for what is too large to hold, gone when it is closed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, cast

from editor.storage.atomic import cannot_write


def scratch(folder: Path, blocks: Iterable[bytes]) -> BinaryIO:
    """Write blocks into a new file and give it, at its beginning. Raises CannotWrite.

    folder: on a real disk; the system's own folder for such files may be memory. Nobody else
    can open the file, and it does not outlive this process.
    """
    try:
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # handed over to the caller
    except OSError as error:
        raise cannot_write(str(folder), error) from error
    try:
        for block in blocks:
            file.write(block)
        file.seek(0)
    except BaseException as error:
        file.close()
        if isinstance(error, OSError):
            raise cannot_write(str(folder), error) from error
        raise
    return cast("BinaryIO", file)

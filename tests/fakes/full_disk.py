"""A full disk: stands in the place of whatever would write."""

from __future__ import annotations

import errno
from typing import NoReturn

from editor.errors import CannotWrite

FULL = "The disk is full."


def full(*_: object, **__: object) -> NoReturn:
    """Refuse as the program does."""
    raise CannotWrite(FULL)


def no_space(*_: object, **__: object) -> NoReturn:
    """Refuse as the system does."""
    raise OSError(errno.ENOSPC, "No space left on device")

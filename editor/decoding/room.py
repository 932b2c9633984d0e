"""Room: whether pixels lie in memory, or on the disk because too little memory is free."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from editor.decoding.memory import free_memory
from editor.errors import CannotWrite
from editor.preferences.places import cache_folder
from editor.storage.scratch import reserved

log = logging.getLogger(__name__)

COPIES = 2
"""An open picture weighs about twice its pixels: smaller copies, the mask, the mask's own."""


class Room:
    """Looks anew for every picture.

    folder: finds one on a real disk. free: tells how many bytes of memory could be had.
    """

    def __init__(
        self, folder: Callable[[], Path] = cache_folder, free: Callable[[], int] = free_memory
    ) -> None:
        self._folder = folder
        self._free = free

    def file(self, size: int) -> BinaryIO | None:
        """A file to hold so many bytes of pixels; None where they belong in memory.

        They belong on the disk when an open picture of this many bytes would take more than
        half of the free memory. The file has no name and is gone when nobody holds it, also
        after a kill. Raises CannotWrite when the disk refuses and memory cannot hold it.
        """
        free = self._free()
        if 2 * COPIES * size <= free:
            return None
        try:
            return reserved(self._folder(), size)
        except CannotWrite as refusal:
            if COPIES * size > free:
                raise
            log.warning("a large picture lies in memory: %s", refusal.template)
            return None

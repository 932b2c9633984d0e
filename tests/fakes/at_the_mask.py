"""At the mask: a painting by itself, the work that is begun for it, and what it seals."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from editor.imaging.geometry import Size
from editor.mask.patch import Patch
from editor.mask.plane import Coverage
from editor.session.painting import Painting


class AtTheMask:
    """A mask of picture "a". sealed: the slot of each step of undo, from the first on."""

    def __init__(self, size: Size) -> None:
        self.painting = Painting()
        self.painting.turn_to("a", size)
        self.sealed: list[str] = []
        self.painting.sealed.connect(self._seal)
        self._tasks: list[asyncio.Task[None]] = []

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Begin work, as the session does."""
        self._tasks.append(asyncio.get_running_loop().create_task(work, name=name))

    async def settled(self) -> None:
        """Wait until all that was begun has ended."""
        while self._tasks:
            await self._tasks.pop()

    @property
    def pixels(self) -> Coverage:
        """What the mask holds now."""
        assert self.painting.plane is not None
        return self.painting.plane.pixels

    def _seal(self, slot: str, _: Patch) -> None:
        self.sealed.append(slot)


Here = TypeVar("Here", bound=AtTheMask)


def run(here: Here, script: Callable[[Here], Awaitable[None]]) -> Here:
    """Let a script work at a mask until all that it began has ended; the same mask."""

    async def main() -> None:
        await script(here)
        await here.settled()

    asyncio.run(main())
    return here

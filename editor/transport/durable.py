"""What the transport must be able to make durable, and how it waits until that is done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import BinaryIO, Protocol, TypeVar

T = TypeVar("T")


class Spool(Protocol):
    """A file that takes an answer as it comes in, before anybody reads it."""

    @property
    def size(self) -> int:
        """Bytes so far."""
        ...

    def write(self, chunk: bytes) -> None:
        """Append raw bytes; what the disk refuses is held in memory."""
        ...

    def sync(self) -> None:
        """Return when everything written is on the disk. Raises CannotWrite."""
        ...

    def cut_back(self, size: int) -> None:
        """Forget what came after so many bytes. Raises CannotWrite."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class Record(Protocol):
    """The ledger's entry of one paid request, as far as the transport moves it."""

    @property
    def id(self) -> str:
        """Its name, the same however often it goes out."""
        ...

    @property
    def spool(self) -> Spool:
        """Where the raw answer goes."""
        ...

    def scratch(self, blocks: Iterable[bytes]) -> BinaryIO:
        """A file without a name that holds these blocks, at its beginning. Raises CannotWrite."""
        ...

    def sending(self, count: int) -> None:
        """Count bytes are about to go out; durable on return."""
        ...

    def sent(self) -> None:
        """The last byte is about to go out, so it may be charged; durable on return."""
        ...


async def settled(work: Callable[[], T]) -> T:
    """Run blocking work in a thread to its very end, even when this task is stopped meanwhile.

    Whoever is stopped then knows that nothing is still being written behind its back.
    """
    done = asyncio.get_running_loop().run_in_executor(None, work)
    stopped: asyncio.CancelledError | None = None
    while not done.done():
        try:
            await asyncio.wait([done])
        except asyncio.CancelledError as stop:
            stopped = stop
    if stopped is None:
        return done.result()
    if problem := done.exception():
        raise stopped from problem
    raise stopped

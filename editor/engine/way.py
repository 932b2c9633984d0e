"""Way: what an engine asks of the transport that leads to its provider."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from editor.edits.events import Progress, Sent
from editor.providers.dialect import Call, Message


class Transport(Protocol):
    """One job's way to its provider; see transport.http."""

    @property
    def sent(self) -> bool:
        """Whether the last byte of the paid request may be out."""
        ...

    def enough(self) -> None:
        """Say that the picture is in."""
        ...

    def not_taken(self) -> None:
        """Say that what was sent was not accepted, so that nothing of it is out."""
        ...

    def close(self) -> None:
        """Let go of what went out."""
        ...

    async def load(self, call: Call) -> Call:
        """Put what a paid call carries where it is not held, and give the call without it."""
        ...

    def send(self, call: Call) -> AsyncGenerator[Message | Progress | Sent, None]:
        """Make the call and yield what is heard."""
        ...

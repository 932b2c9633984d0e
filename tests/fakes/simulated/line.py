"""A request that is kept in memory, with the real states and the real order of them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from editor.engine.entry import Entry
from editor.engine.note import Asked, Note


class Spool:
    """What came, in memory."""

    def __init__(self) -> None:
        self.data = bytearray()

    @property
    def size(self) -> int:
        return len(self.data)

    def write(self, chunk: bytes) -> None:
        self.data += chunk

    def sync(self) -> None:
        pass

    def cut_back(self, size: int) -> None:
        del self.data[size:]

    def close(self) -> None:
        pass


class Line(Entry):
    """One request without a ledger."""

    def __init__(self, job: str) -> None:
        note = Note(job, "2026-01-01T00:00:00+00:00", Asked(job, "openai", "m", "h", "0"))
        super().__init__(note, Path(), lambda note: None)
        self.answer = Spool()

    @property
    def spool(self) -> Spool:  # type: ignore[override]  # in memory
        return self.answer

    def scratch(self, blocks: Iterable[bytes]) -> BinaryIO:
        """What goes out, in memory."""
        return io.BytesIO(b"".join(blocks))

    def close(self) -> None:
        pass

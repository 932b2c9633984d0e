"""Held: an open picture in its slot, with the edits that were kept on it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from editor.imaging.facts import Facts
from editor.imaging.raster import Raster
from editor.project.project import Kept

MOST = 16
"""Pictures open at once: the target and 15 references, as many as any provider takes."""


class Vault(Protocol):
    """Where encoded bytes rest; both calls may come from any thread and may take their time."""

    def keep(self, data: bytes) -> str:
        """Store the bytes; their digest. They can be read at once, durable a little later."""
        ...

    def read(self, digest: str) -> bytes:
        """Hand the bytes of a digest back. Raises ProjectDamaged when they changed."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One open picture.

    slot: its id, never used again. digest: SHA-256 of the source's bytes. thumb: a small
    copy of it; shown: the same with what was kept on it, None while nothing was. reference:
    whether it is sent along as a reference when it is not the target.
    """

    slot: str
    name: str
    facts: Facts
    digest: str
    thumb: Raster
    path: Path | None = None
    reference: bool = True
    kept: tuple[Kept, ...] = field(default=())
    shown: Raster | None = None

    @property
    def base_digest(self) -> str:
        """Names the base as it is now: the source and every edit kept on it."""
        parts = [self.digest, *(kept.patch for kept in self.kept)]
        return hashlib.sha256("+".join(parts).encode()).hexdigest()

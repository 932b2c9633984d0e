"""Entries: one tile of the results each, and what strip, grid and stage show of the target."""

from __future__ import annotations

from dataclasses import dataclass

from editor.compose.blend import Overlay
from editor.edits.variant import Variant
from editor.imaging.raster import Raster


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One tile: a job under way, or the variant that came of it.

    id: of the variant once it is there, of the job before. joined: the variant or its preview
    on the base named by joined_on. proof: changed and protected pixels of that join. tile:
    small picture for the strip. stale: asked on a base that has changed since where the answer
    belongs.
    """

    id: str
    round: str
    job: str = ""
    variant: Variant | None = None
    joined: Overlay | None = None
    joined_on: str = ""
    proof: tuple[int, int] | None = None
    tile: Raster | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class GalleryState:
    """What strip, grid and stage show of the target.

    entries: newest round first, in the order of their jobs. shown: None while editing, 0 for
    the original, k for the k-th entry. current: the tile that keys go to, as shown is.
    """

    entries: tuple[Entry, ...] = ()
    shown: int | None = None
    current: int = 0

    @property
    def entry(self) -> Entry | None:
        """The entry on the stage, None while editing and for the original."""
        return self.at(self.shown or 0)

    def at(self, number: int) -> Entry | None:
        """The entry of a digit, None for the original and beyond the last."""
        return self.entries[number - 1] if 0 < number <= len(self.entries) else None

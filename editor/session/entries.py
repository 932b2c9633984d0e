"""Entries: one tile of the results each, and what strip, grid and stage show of the target."""

from __future__ import annotations

from dataclasses import dataclass

from editor.compose.blend import Overlay
from editor.compose.fitting.fit import Fit
from editor.compose.recipe import Recipe
from editor.edits.variant import Variant
from editor.imaging.raster import Raster


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One tile: a job under way, or the variant that came of it.

    id: of the variant once it is there, of the job before. joined: the variant on the ground
    named by joined_on, fit: how it lies there. usual: the recipe that suits its mask, known
    once it is joined; tuned: the one that the person wants. proof: changed and protected
    pixels of that join, spread: those beyond what was painted that may change, and painted
    ones that may not. tile: small picture for the strip. stale: asked on a base that has
    changed since where the answer belongs. starred, rejected: by the person. anyway: digest of
    the base that the person took as its own, "" for none.
    """

    id: str
    round: str
    job: str = ""
    variant: Variant | None = None
    joined: Overlay | None = None
    joined_on: str = ""
    fit: Fit | None = None
    usual: Recipe | None = None
    tuned: Recipe | None = None
    proof: tuple[int, int] | None = None
    spread: tuple[int, int] = (0, 0)
    tile: Raster | None = None
    stale: bool = False
    starred: bool = False
    rejected: bool = False
    anyway: str = ""

    @property
    def recipe(self) -> Recipe:
        """How its answer is joined: as tuned, or as it suits the mask."""
        assert self.variant is not None
        return self.tuned or self.usual or Recipe.of(self.variant)


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

    def with_entries(self, entries: tuple[Entry, ...]) -> GalleryState:
        """These entries, with the same ones shown and current, whatever their numbers are now.

        The next takes the place of one that is gone; on the stage only an answer of the same
        round that has arrived.
        """
        places = {entry.id: number for number, entry in enumerate(entries, 1)}
        shown, was = self.shown, self.entry
        if was is not None:
            shown = places.get(was.id) or _heir(was, self.shown or 0, entries)
        ringed = self.at(self.current)
        current = min(self.current, len(entries))
        return GalleryState(entries, shown, places.get(ringed.id, current) if ringed else current)


def _heir(gone: Entry, number: int, entries: tuple[Entry, ...]) -> int | None:
    """Who is shown in the place of an entry that is gone, None for nobody."""
    number = min(number, len(entries))
    heir = entries[number - 1] if entries else None
    return number if heir and heir.round == gone.round and heir.joined is not None else None

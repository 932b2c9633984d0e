"""Ground: what an answer is joined onto, the base without the edit that it would replace."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from editor.compose.blend import Overlay
from editor.imaging.geometry import NOWHERE, Rect
from editor.imaging.raster import Raster
from editor.project.project import Kept
from editor.session.document import Document
from editor.session.entries import Entry
from editor.session.held import Held


def instead_of(held: Held, entry: Entry) -> Kept | None:
    """The newest kept edit when it came of the same round: keeping replaces it."""
    last = held.kept[-1] if held.kept else None
    return last if last is not None and last.round == entry.round else None


def without(held: Held, gone: Kept | None) -> Held:
    """The picture as it was before an edit was kept on it; None takes nothing away."""
    return replace(held, kept=tuple(kept for kept in held.kept if kept is not gone))


def lies_on(held: Held, entry: Entry) -> bool:
    """Whether an entry is joined as it is seen on this picture now."""
    if entry.joined is None:
        return False
    last = instead_of(held, entry)
    there = last is None or _covers(entry.joined.rect, last.rect)
    return there and entry.joined_on == without(held, last).base_digest


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Where an answer is joined.

    held: the picture without what the answer would replace. base: its pixels. hides: where
    the stage shows what the answer would replace, so that the answer has to cover it.
    """

    held: Held
    base: Raster
    hides: Rect = NOWHERE

    def covering(self, joined: Overlay) -> Overlay:
        """A join on this ground, as it lies on what the stage shows."""
        if _covers(joined.rect, self.hides):
            return joined
        rect = joined.rect.joined(self.hides)
        pixels = self.base.pixels[rect.rows_cols].copy()
        pixels[joined.rect.seen_from(rect).rows_cols] = joined.pixels
        return Overlay(rect, pixels, joined.note)


class Grounds:
    """Finds the ground of any answer to the target; remembers what the newest edit hides."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._reading = asyncio.Lock()
        self._patch = ""
        self._part: Overlay | None = None

    async def of(self, held: Held, base: Raster, entry: Entry) -> Ground:
        """The ground of an entry of the target, whose pixels are these."""
        last = instead_of(held, entry)
        if last is None:
            return Ground(held, base)
        under = without(held, last)
        async with self._reading:
            if self._part is None or self._patch != last.patch:
                before = await self._document.shown(under)
                self._part = await asyncio.to_thread(part_of, before, last.rect)
                self._patch = last.patch
            part = self._part
        return Ground(under, await asyncio.to_thread(overlaid, base, part), last.rect)


def overlaid(base: Raster, overlay: Overlay) -> Raster:
    """Copy the base with one part of it replaced."""
    pixels = base.copied()
    pixels[overlay.rect.rows_cols] = overlay.pixels
    return Raster(pixels, base.new)


def part_of(base: Raster, rect: Rect) -> Overlay:
    """Copy one part of the base."""
    return Overlay(rect, base.pixels[rect.rows_cols].copy())


def _covers(outer: Rect, inner: Rect) -> bool:
    return inner.empty or outer.joined(inner) == outer

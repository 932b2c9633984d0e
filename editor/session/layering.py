"""Layering: the target, its kept edits and its results as layers of one file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from editor.compose.assets.layers import Answer, layers
from editor.compose.blend import join
from editor.compose.fitting.fit import fit
from editor.compose.patch import NativePatch
from editor.session.ground import instead_of, without

if TYPE_CHECKING:
    from editor.imaging.psd import Layer
    from editor.imaging.raster import Raster
    from editor.project.project import Kept
    from editor.session.document import Document
    from editor.session.entries import Entry
    from editor.session.finishing import Finished
    from editor.session.gallery import Gallery


class Layering:
    """Makes the layers of the target; the shown answer's eye is open."""

    def __init__(self, document: Document, gallery: Gallery) -> None:
        self._document = document
        self._gallery = gallery

    async def of(
        self, finished: Finished, shown: Entry | None, entries: Sequence[Entry]
    ) -> tuple[Layer, ...]:
        """The layers from the lowest up. entries: the results that become layers."""
        wanted = {entry.id: entry for entry in (*entries, *([shown] if shown else []))}
        # The highest layer is the newest answer, as in the strip the first.
        stack = sorted(wanted.values(), key=self.number, reverse=True)
        open_ = shown.id if shown else ""
        under = finished.held
        if shown is not None:
            under = without(under, instead_of(under, shown))
        base = self._document.base
        assert base is not None

        def made() -> tuple[Layer, ...]:
            answers = [
                self._answer(each, base, shown=each.id == open_) for each in stack if each.variant
            ]
            kept = [self._edit(each) for each in under.kept]
            return layers(finished.source, finished.held.name, kept, answers)

        return await asyncio.to_thread(made)

    def _edit(self, kept: Kept) -> tuple[str, NativePatch]:
        return kept.title, NativePatch.from_bytes(self._document.vault.read(kept.patch))

    def _answer(self, entry: Entry, base: Raster, *, shown: bool) -> Answer:
        variant = entry.variant
        assert variant is not None
        name = " ".join(filter(None, (f"v{self.number(entry)}", variant.model)))
        found = entry.fit or fit(base, variant)
        put = partial(join, variant=variant, recipe=entry.recipe, fit=found)
        return Answer(name, put, shown)

    def number(self, entry: Entry | None) -> int:
        """Its digit; 0 for none, or one that is not there any more."""
        entries = self._gallery.state.entries
        return next((n for n, each in enumerate(entries, 1) if entry and each.id == entry.id), 0)

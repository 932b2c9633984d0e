"""Joining for the eyes: an answer on the base as it is now, its tile, and what it left alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from editor.compose.blend import Overlay, preview
from editor.compose.fitting.fit import Fit, fit
from editor.compose.recipe import Recipe
from editor.edits.variant import Variant
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.mask.derive import bounds
from editor.mask.plane import Coverage
from editor.project.project import Kept
from editor.session.held import Held
from editor.session.tiles import tile_picture


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A joined answer: what lies on the base, its small picture, changed and protected pixels.

    fit: how it lies there, for joining it again with another recipe. usual: the recipe
    that suits the mask. spread: pixels that may change beyond what was painted, and painted
    ones that may not.
    """

    joined: Overlay
    tile: Raster
    proof: tuple[int, int]
    fit: Fit
    usual: Recipe
    spread: tuple[int, int] = (0, 0)


def seen_on(
    base: Raster, variant: Variant, recipe: Recipe | None = None, known: Fit | None = None
) -> Seen:
    """Join an answer to a base. Takes some 0.1 s and more: off the GUI thread.

    recipe: the one that suits the mask when None. known: the fit of this answer to this base,
    which takes most of the time; found when None.
    """
    usual = Recipe.of(variant)
    recipe = recipe or usual
    found = known or fit(base, variant)
    joined = preview(base, variant, recipe, found)
    tile = tile_picture(base, joined, bounds_of(variant, base.size))
    may_change = None if variant.coverage is None else recipe.may_change(variant.coverage)
    proof = compared(base, joined, may_change)
    return Seen(joined, tile, proof, found, usual, spread(variant.coverage, may_change))


def compared(base: Raster, joined: Overlay, coverage: Coverage | None) -> tuple[int, int]:
    """Count the protected pixels that a join changed, and all that are protected."""
    if coverage is None:
        return 0, 0
    part = joined.rect.rows_cols
    differs = (base.pixels[part] != joined.pixels).any(axis=2)
    protected = coverage.size - int(np.count_nonzero(coverage))
    return int(np.count_nonzero(differs & (coverage[part] == 0))), protected


def spread(painted: Coverage | None, may_change: Coverage | None) -> tuple[int, int]:
    """How many pixels may change beyond what was painted, and how many painted ones may not."""
    if painted is None or may_change is None or painted is may_change:
        return 0, 0
    one, other = painted > 0, may_change > 0
    return int(np.count_nonzero(other & ~one)), int(np.count_nonzero(one & ~other))


def bounds_of(variant: Variant, size: Size) -> Rect:
    """Where an answer may change the picture: the box of its mask, or all of it."""
    return Rect(0, 0, *size) if variant.coverage is None else bounds(variant.coverage)


class Bases:
    """Remembers what was kept on each base there was, by its digest."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Kept, ...]] = {}

    def note(self, held: Held) -> None:
        """Remember the base of a picture, and those that it came from."""
        for count in range(len(held.kept) + 1):
            base = replace(held, kept=held.kept[:count])
            self._kept[base.base_digest] = base.kept

    def changed(self, variant: Variant, held: Held, box: Rect) -> bool:
        """Whether edits were kept or taken back, inside a box, since an answer was asked.

        The answer itself is no such edit. Of an unknown base nothing is known to be kept.
        """
        before = self._kept.get(variant.base, ())
        since = [kept for kept in held.kept if kept not in before]
        since += [kept for kept in before if kept not in held.kept]
        return any(kept.rect.overlaps(box) for kept in since if kept.variant != variant.id)

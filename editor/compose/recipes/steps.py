"""Steps: edits laid on a source one after the other, as the window keeps them and recipes tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editor.compose.blend import Joined, join
from editor.compose.fitting.fit import fit
from editor.compose.patch import Where, applied, painted
from editor.compose.proof import painted_over
from editor.compose.recipe import Recipe
from editor.edits.variant import Variant
from editor.imaging.raster import Native, Raster


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """One answer and how it is joined. fitted: through compose.fit, not as its window lies."""

    variant: Variant
    recipe: Recipe
    fitted: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Composite:
    """A source with its edits. may_change: (rows, cols), True where any of them was painted."""

    result: Native
    may_change: Where
    joined: tuple[Joined, ...]

    @property
    def note(self) -> str:
        """The first sentence that a join said, or empty."""
        return next((joined.note for joined in self.joined if joined.note), "")


def composed(source: Native, shown: Raster, profile: bytes, edits: Sequence[Edit]) -> Composite:
    """Join every edit on what the earlier ones left.

    shown: the source for the eyes. profile: as found in the source's file, empty for sRGB.
    Raises InputProblem when an edit has nothing painted.
    """
    joined: list[Joined] = []
    under = source
    for number, edit in enumerate(edits):
        found = fit(shown, edit.variant) if edit.fitted else None
        joined.append(join(under, edit.variant, edit.recipe, found))
        patch = joined[-1].patch
        under = applied(under, [patch])
        if number < len(edits) - 1:
            shown = painted(shown, patch, profile)
    may_change = painted_over(source.size, (each.patch for each in joined))
    return Composite(under, may_change, tuple(joined))

"""Filling a hole in a picture: small first, then ever larger, the finest detail copied."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from editor.imaging import areas, cv
from editor.imaging.removal.detail import detailed
from editor.imaging.removal.field import Field, Hole
from editor.imaging.removal.levels import Level, halved, levels, touched, window
from editor.imaging.removal.patches import Channels, busyness
from editor.imaging.removal.peel import peel
from editor.imaging.removal.seams import smoothed
from editor.imaging.removal.shifts import shift

Heard = Callable[[float], None]
"""Hears how much is done, 0.0 to 1.0; what it raises ends the work."""

Colours = NDArray[np.uint8]
"""(rows, cols, 3) BGR."""

_SEED = 0
# The same picture and hole always give the same result.


@dataclass(frozen=True, slots=True)
class Filler:
    """One way of filling.

    start: how the first guess is made. first: radius of the hole, in pixels, at which it is
    made. targets, searched: how many patches to place and pixels to search at most; finer
    levels only copy. context: how much around the hole is looked at, in hole sizes. rounds: of
    searching and voting at each level; last_rounds: at the finest searched. bond: how much
    neighbours want to come from one piece, see Field.settle.
    """

    start: Literal["peel", "shift"]
    first: float
    targets: int
    searched: int
    context: float
    rounds: int
    last_rounds: int
    bond: float = 2.0

    @property
    def full_size(self) -> Filler:
        """The same, searching at the picture's own size; takes many seconds."""
        return replace(self, targets=1_500_000, searched=6_000_000)


QUICK = Filler("peel", 15.0, 4_000, 80_000, 1.6, 3, 1)
TEXTURE = Filler("shift", 20.0, 16_000, 300_000, 2.5, 3, 1)
PATCH = Filler("peel", 15.0, 16_000, 300_000, 2.5, 6, 2)


def fill(picture: Colours, hole: Hole, filler: Filler, heard: Heard) -> Colours:
    """The picture with its hole filled from what surrounds it; a new array.

    hole: (rows, cols), at least one pixel True. Where there is too little around the hole to
    copy from, its rim is continued smoothly.
    """
    view = window(hole, filler.context).rows_cols
    part, gap = picture[view], hole[view]
    found = levels(part, gap, filler.first)
    filled = _copied(found, filler, heard) if found else _continued(part, gap)
    result = picture.copy()
    rows, cols = gap.shape
    np.copyto(result[view], filled[:rows, :cols], where=gap[..., None])
    heard(1.0)
    return result


def _continued(picture: Colours, hole: Hole) -> Colours:
    return areas.inpaint(np.ascontiguousarray(picture), hole.view(np.uint8), 5)


def _copied(found: list[Level], filler: Filler, heard: Heard) -> Colours:
    finest = _finest(found, filler)
    field = _searched(found[finest:], filler, heard)
    colours = cv.reordered(smoothed(field), "ycc bgr")
    return detailed(found[: finest + 1], colours, field)


def _finest(found: list[Level], filler: Filler) -> int:
    """The first level that is small enough to be searched."""
    for index, level in enumerate(found):
        if level.hole.size <= filler.searched and touched(level.hole).sum() <= filler.targets:
            return index
    return len(found) - 1


def _searched(found: list[Level], filler: Filler, heard: Heard) -> Field:
    """Patches placed from the smallest level up; the field of the first one."""
    chance = np.random.default_rng(_SEED)
    work = [level.hole.size for level in found]
    pictures = _channels(found)
    field = _begun(Field(pictures[-1], found[-1].hole), filler, chance)
    for index in reversed(range(len(found))):
        if index < len(found) - 1:
            coarse, field = field, Field(pictures[index], found[index].hole)
            field.guess_from(coarse, chance)
            field.vote(0.0)
        rounds = filler.rounds if index else filler.last_rounds
        before, share = sum(work[index + 1 :]) / sum(work), work[index] / sum(work)
        for turn in range(rounds):
            heard(0.9 * (before + share * turn / rounds))
            field.describe()
            field.search(2, chance)
            heard(0.9 * (before + share * (turn + 0.7) / rounds))
            field.vote(1.0)
    heard(0.9)
    field.describe()
    field.search(1, None)
    field.settle(4, filler.bond)
    return field


def _begun(field: Field, filler: Filler, chance: np.random.Generator) -> Field:
    if filler.start == "shift":
        shift(field, chance)
    else:
        peel(field)
    return field


def _channels(found: list[Level]) -> list[Channels]:
    """Luma, chromas and busyness of each level; busyness is measured on the first."""
    colours = cv.reordered(found[0].colours.astype(np.float32), "bgr ycc")
    busy = busyness(colours[..., 0], (~found[0].hole).astype(np.float32))
    pictures = [np.dstack([colours, busy])]
    for finer, level in itertools.pairwise(found):
        colours = cv.reordered(level.colours.astype(np.float32), "bgr ycc")
        busy = halved(busy, finer.hole)
        pictures.append(np.dstack([colours, busy]))
    return pictures

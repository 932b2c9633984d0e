"""What is odd about a mask, each finding one sentence, with the change that mends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from editor.imaging import areas, cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.mask.derive import beside_the_rim, bounds
from editor.mask.exchange import binary
from editor.mask.mend import Mend
from editor.mask.patch import Coverage

SPECK = 64
"""Pixels; an island or a hole up to this size is rarely meant."""

SLIT = 2
"""Pixels; half the width up to which a gap in what may change is rarely meant."""

Fix = tuple[tuple[Mend, int], ...]

CLOSE: Fix = (("grow", SLIT), ("shrink", SLIT), ("fill-holes", 2 * SPECK))
"""What closes slits, and the pinholes that are left where one ends."""

SLIGHT = 16
"""Levels from either end up to which coverage counts as hard."""

SOFT = 0.05
"""Share of soft pixels among the painted ones from which it is said."""

MUCH, LITTLE = 0.6, 0.001
"""Shares of the picture above and below which a mask is worth a word."""

SPARE = 8
"""Pixels by which a mask that ends at the edge of a thing should be wider."""

LEAVE: Fix = (("withdraw", SPARE), ("drop-specks", 2 * SPECK))
"""What leaves the border of the picture, and no crumbs beside it."""

TIGHT = 1.8
"""How many times the picture's edges are stronger under a tight rim than beside it."""

FLAT = 1.0
"""Levels a pixel that grain alone makes."""

EMPTY = "Nothing may change: the mask is empty."
FULL = "Everything may change: no pixel is protected."
SPECKS = "Specks of at most {pixels} pixels may change ({count}): clean them if not meant."
PINHOLES = "Pinholes of at most {pixels} pixels are kept ({count}): fill them if not meant."
SLITS = "Slits thinner than {width} pixels are kept: close them if not meant."
SOFTNESS = (
    "{share} % of what is painted is soft: the exact mask cuts it hard, the soft one keeps it."
)
EDGE = "The mask ends right at an edge of the picture: models leave a rim there, so widen it."
BORDER = "The mask touches the border of the picture: there is nothing to join it with there."
LARGE = "{share} % of the picture may change: little is left to join the answer with."
SMALL = "Only {pixels} of {area} pixels may change: models hardly see so little."

Level = Literal["note", "warn"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a mask, as template and values.

    fix: changes of the mask that mend it, one after the other; () where only the person can
    tell. level: a note is often meant; a warning rarely.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    fix: Fix = ()
    level: Level = "warn"

    def __str__(self) -> str:
        return self.template.format(**self.values)


def findings(coverage: Coverage, picture: Raster | None = None) -> tuple[Finding, ...]:
    """Everything odd about a mask, most telling first; () for one that is as it should be.

    picture: of the same size; without it the edges in it are not looked at.
    """
    if not coverage.any():
        return (Finding(EMPTY),)
    found = [
        *_pieces(coverage[_around(coverage).rows_cols]),
        *_rim(coverage, picture),
        *_extent(coverage),
    ]
    return tuple(sorted(found, key=lambda finding: finding.level == "note"))


def _around(coverage: Coverage) -> Rect:
    """So much of a mask that its pieces and holes are those of the whole.

    The ground beside it must stay larger than a speck, and closing a slit must not meet the end.
    """
    size = Size(coverage.shape[1], coverage.shape[0])
    return bounds(coverage).grown(SPECK + 2 * SLIT + 1).clipped(size)


def _pieces(coverage: Coverage) -> Iterator[Finding]:
    edited = binary(coverage)
    _, islands = areas.components(edited)
    if count := int(np.count_nonzero(islands[1:, -1] <= SPECK)):
        values = {"count": count, "pixels": SPECK}
        yield Finding(SPECKS, values, (("drop-specks", 2 * SPECK),))
    kept = np.invert(edited)
    _, islands = areas.components(kept)
    holes = islands[areas.enclosed(islands, kept.shape)]
    if count := int(np.count_nonzero(holes[:, -1] <= SPECK)):
        values = {"count": count, "pixels": SPECK}
        yield Finding(PINHOLES, values, (("fill-holes", 2 * SPECK),))
    closed = areas.narrowed(areas.widened(edited, SLIT), SLIT)
    _, gaps = areas.components(cv.product(closed, kept))
    if (gaps[1:, -1] > SPECK).any():
        yield Finding(SLITS, {"width": 2 * SLIT}, CLOSE)


def _rim(coverage: Coverage, picture: Raster | None) -> Iterator[Finding]:
    painted = int(np.count_nonzero(coverage))
    soft = int(np.count_nonzero((coverage > SLIGHT) & (coverage < 255 - SLIGHT)))
    if soft > SOFT * painted:
        share = {"share": round(100 * soft / painted)}
        yield Finding(SOFTNESS, share, (("harden", 1),), "note")
    if picture is not None and _is_tight(binary(coverage), picture):
        yield Finding(EDGE, {}, (("grow", SPARE),))


def _extent(coverage: Coverage) -> Iterator[Finding]:
    if coverage.min() > 0:
        yield Finding(FULL)
        return
    pixels, area = int(np.count_nonzero(coverage)), coverage.size
    if pixels > MUCH * area:
        share = min(99, round(100 * pixels / area))  # something is kept, so it is never all
        yield Finding(LARGE, {"share": share}, (("invert", 0),), "note")
    elif pixels < LITTLE * area:
        yield Finding(SMALL, {"pixels": pixels, "area": area}, level="note")
    if any(side.any() for side in (coverage[0], coverage[-1], coverage[:, 0], coverage[:, -1])):
        yield Finding(BORDER, {}, LEAVE, "note")


def _is_tight(edited: Coverage, picture: Raster) -> bool:
    """Whether edges of the picture run under most of the rim, and not so a little outside."""
    under, beside = [0.0, 0], [0.0, 0]
    for tiles in beside_the_rim(edited, 2 * SPARE):
        part = edited[tiles.rows_cols]
        grey = cv.reordered(picture.pixels[tiles.rows_cols], "bgra grey")
        edges = areas.steepness(grey)
        rim = areas.widened(part, 2) & np.invert(areas.narrowed(part, 2))
        around = areas.widened(part, 2 * SPARE) & np.invert(areas.widened(part, SPARE))
        for sums, where in ((under, rim > 0), (beside, around > 0)):
            sums[0] += float(edges[where].sum())
            sums[1] += int(where.sum())
    if not under[1] or not beside[1]:
        return False
    return under[0] / under[1] > TIGHT * beside[0] / beside[1] + FLAT

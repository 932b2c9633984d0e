"""Difference: how far an answer on the stage is from what was there, pixel by pixel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.compose.blend import Overlay
from editor.imaging.geometry import Rect
from editor.imaging.raster import Raster
from editor.mask.plane import Coverage

LEVELS = 256
"""How many distances there are: 0 for the same pixel to 255."""

_SMALLEST = 64
# Smaller copies end when no side is longer.

_BAND = 64
# Rows compared at once; what lies between stays in the cache.


class Tally(NamedTuple):
    """Pixels by how much they differ: not at all, up to a threshold, beyond it."""

    same: int
    small: int
    large: int

    @property
    def all(self) -> int:
        return self.same + self.small + self.large

    @property
    def changed(self) -> int:
        return self.small + self.large


@dataclass(frozen=True, eq=False)
class Difference:
    """An answer beside the picture under it.

    rect: where the two may differ, in pixels of the picture; all others are the same. levels:
    (rows, cols) of rect, the largest distance of the four channels, 0 to 255. inside, outside:
    how many pixels of the whole picture have each distance, where anything was painted and
    where nothing was.
    """

    rect: Rect
    levels: NDArray[np.uint8]
    inside: NDArray[np.int64]
    outside: NDArray[np.int64]

    def tallies(self, threshold: int) -> tuple[Tally, Tally]:
        """The pixels inside the mask and those outside; a small distance is 1 to threshold."""
        return _tally(self.inside, threshold), _tally(self.outside, threshold)

    @cached_property
    def copies(self) -> tuple[NDArray[np.uint8], ...]:
        """The levels and ever smaller copies of them, each half as wide and high.

        A pixel of a copy has the largest distance of those it stands for, so that a single
        changed pixel is seen from any distance.
        """
        found = [self.levels]
        while max(found[-1].shape) > _SMALLEST:
            found.append(_halved(found[-1]))
        return tuple(found)


def difference(base: Raster, joined: Overlay, coverage: Coverage | None) -> Difference:
    """Compare an answer that was laid on a picture with the picture.

    coverage: (rows, cols) of the picture, what was painted; None for all of it. Takes some
    10 ms for each megapixel of the answer.
    """
    rows, cols = joined.rect.rows_cols
    levels = np.empty((joined.rect.size.height, joined.rect.size.width), np.uint8)
    inside, outside = np.zeros(LEVELS, np.int64), np.zeros(LEVELS, np.int64)
    for top in range(0, joined.rect.size.height, _BAND):
        band = slice(top, top + _BAND)
        under = base.pixels[rows, cols][band]
        levels[band] = _distance(under, joined.pixels[band])
        counts = np.bincount(levels[band].ravel(), minlength=LEVELS)
        if coverage is not None:
            free = coverage[rows, cols][band] == 0
            beyond = np.bincount(levels[band][free], minlength=LEVELS)
            outside += beyond
            counts = counts - beyond
        inside += counts
    painted = base.size.area if coverage is None else int(np.count_nonzero(coverage))
    inside[0] += painted - inside.sum()
    outside[0] += base.size.area - painted - outside.sum()
    return Difference(joined.rect, levels, inside, outside)


def _distance(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The largest distance of the channels; colours that are clear in both are the same."""
    apart = np.maximum(one, other) - np.minimum(one, other)
    largest: NDArray[np.uint8] = np.maximum(apart[..., 0], apart[..., 1])
    np.maximum(largest, apart[..., 2], out=largest)
    seen = (one[..., 3] | other[..., 3]) > 0
    np.multiply(largest, seen, out=largest)
    np.maximum(largest, apart[..., 3], out=largest)
    return largest


def _halved(levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The largest of each 2 x 2; single rows and columns at the end stand alone."""
    down = np.maximum(levels[0 : levels.shape[0] // 2 * 2 : 2], levels[1::2])
    if levels.shape[0] % 2:
        down = np.concatenate([down, levels[-1:]])
    across = np.maximum(down[:, 0 : down.shape[1] // 2 * 2 : 2], down[:, 1::2])
    if down.shape[1] % 2:
        across = np.concatenate([across, down[:, -1:]], axis=1)
    return np.ascontiguousarray(across)


def _tally(counts: NDArray[np.int64], threshold: int) -> Tally:
    return Tally(
        int(counts[0]),
        int(counts[1 : threshold + 1].sum()),
        int(counts[threshold + 1 :].sum()),
    )

"""Residue: fine detail in bands, and how much of it is noise."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.neighbourhood import shares
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.parallel import at_once

SHADES = 64
"""Steps of brightness at which noise is known; sensors and film differ by brightness."""

FLAT = (0.25 / 255) ** 2
"""Variance under which there is nothing to measure: a quarter of a level of 8 bits."""

FEWEST = 24
"""Blocks of 8 x 8 pixels that must lie outside before anything is told."""

_LEVELS = 8
# Bands of brightness in which it is measured; between them it is interpolated.

BLOCK = 8
"""Pixels of a block: some inside a narrow rim, enough samples for a deviation."""

_SEEN = 400_000
# Pixels measured at most; more only cost time.

_WIDE = 256
# Columns looked at at once; where all of them lie inside there is nothing to measure.

_QUIET = 0.08
# Noise is the power of the flattest blocks: those up to this share.

_MOST = 0.04**2
# No noise is stronger, as variance: what is so rough everywhere is leaves, hair or letters.

_BIAS, _TINT_BIAS = np.array([1.4, 1.85]), np.array([1.25, 1.5])
# Mean power of blocks of pure noise over that quantile of theirs, by band.

_PATCHES = 48
# Places of the source from which grain is resampled.

_PLAIN = 2.0
# Times the power of noise that a block may have which still counts as flat.

_TINY = 1e-12
# So that nothing is divided by 0.

_FINE = np.array([1, 4, 6, 4, 1], np.float32) / np.float32(16)
_COARSE = np.array([1, 0, 4, 0, 6, 0, 4, 0, 1], np.float32) / np.float32(16)
# B3 spline with holes: Starck and Murtagh, Astronomical Image and Data Analysis, 2002.

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Picture = Floats | Bytes
"""BGR shares of full, or BGRA bytes, of which only the part looked at is converted."""

Where = NDArray[np.bool_]


class Bands(NamedTuple):
    """A picture as the sum of two fine bands, some 1 and 2 pixels wide, and the rest."""

    fine: tuple[Floats, Floats]
    coarse: Floats


class Noise(NamedTuple):
    """Variances by band of detail.

    power: of all detail outside, (2,). noise: of what is left in the flattest places, by
    brightness, (2, SHADES). floor: the same over the brightness that occurs outside, (2,).
    """

    power: NDArray[np.float64]
    noise: NDArray[np.float64]
    floor: NDArray[np.float64]

    @property
    def signal(self) -> NDArray[np.float64]:
        """Variance of what is no noise, (2,); never quite 0."""
        found: NDArray[np.float64] = np.maximum(self.power - self.floor, FLAT / 100)
        return found


class Told(NamedTuple):
    """What the surroundings tell.

    source, answer: of their brightness; tints: of what their colours add to it, source first.
    flat: rectangles of the source that show its grain only.
    """

    source: Noise
    answer: Noise
    tints: tuple[Noise, Noise]
    flat: tuple[Rect, ...]

    @property
    def detail(self) -> float:
        """Share of the source's fine detail that an answer has, 1.0 for as much or more.

        The high-pass deviation of the answer over that of the source, on the places where both
        show the same. 1.0 where the source itself is flat.
        """
        wanted, floor = float(self.source.signal.sum()), float(self.source.floor.sum())
        if wanted < FLAT + floor / 4:
            return 1.0
        return min(float(np.sqrt(self.answer.signal.sum() / wanted)), 1.0)


class _Blocks(NamedTuple):
    """Blocks of 8 x 8 pixels that lie whole outside.

    own: mean squares of both bands of the source and of the answer, and their products,
    (blocks, 3, 2). tint: the same of what the colours add. mean: brightness of both, (blocks, 2).
    at: left and top, (blocks, 2).
    """

    own: NDArray[np.float64]
    tint: NDArray[np.float64]
    mean: NDArray[np.float64]
    at: NDArray[np.int64]


def split(picture: Picture) -> Bands:
    """The bands of a picture (rows, cols, 3 or 4), of its brightness."""
    return layers(grey(picture))


def layers(plane: Floats) -> Bands:
    """The bands of a plane (rows, cols), or of several (rows, cols, planes)."""
    softer = cv.separable(plane, _FINE, _FINE)
    coarse = cv.separable(softer, _COARSE, _COARSE)
    return Bands((plane - softer, softer - coarse), coarse)


def grey(picture: Picture) -> Floats:
    """Brightness of a picture (rows, cols, 3 or 4), share of full: (rows, cols)."""
    if picture.dtype == np.uint8:
        levels = cv.reordered(cast("Bytes", picture), "bgra grey")
        return np.multiply(levels, np.float32(1 / 255), dtype=np.float32)
    return cv.reordered(cast("Floats", picture), "bgr grey")


def tinted(picture: Picture) -> Bands:
    """The bands of what each colour of a picture is more than grey: (rows, cols, 3) BGR."""
    plain = grey(picture)
    # Planes put together: numpy takes twice as long to spread one over three colours.
    found: Floats = bgr(picture) - cv.merged(plain, plain, plain)
    return layers(found)


def bgr(picture: Picture) -> Floats:
    """Shares of full of a picture, (rows, cols, 3)."""
    if picture.dtype == np.uint8:
        return shares(cast("Bytes", picture))
    return cast("Floats", picture)


def averaged(plane: Floats, size: Size) -> Floats:
    """Means of a plane on a smaller grid (rows, cols), or the sums of those of several planes."""
    found = cv.resize(plane, size, "area")
    return found if found.ndim == 2 else found.sum(axis=2)


def brightness(level: Floats) -> NDArray[np.intp]:
    """Which step of brightness each place belongs to, 0 to SHADES - 1."""
    return np.clip(level * SHADES, 0, SHADES - 1).astype(np.intp)


def measured(answer: Picture, source: Picture, outside: Where) -> Told | None:
    """Compare the detail of two pictures of one place; None where too little is outside.

    Noise is what the flattest places show, but no more than what the two do not share: where
    nothing is flat, as among hair, they show detail, and nobody draws the same grain twice.
    """

    def blocks(rect: Rect) -> _Blocks:
        part = rect.rows_cols
        return _blocks(source[part], answer[part], outside[part], rect)

    parts = at_once(blocks, _looked_at(outside))
    seen = _Blocks(*(np.concatenate(each) for each in zip(*parts, strict=True))) if parts else None
    if seen is None or len(seen.at) < FEWEST:
        return None
    of_source, of_answer = _noises(seen.own, seen.mean, _BIAS)
    tints = _noises(seen.tint, seen.mean, _TINT_BIAS)
    flattest = _noise(seen.own[:, 0], seen.mean[:, 0], _BIAS)
    return Told(of_source, of_answer, tints, _flattest(seen, flattest))


def _looked_at(outside: Where) -> list[Rect]:
    """Where to measure: on all rows, or evenly spread ones of a large picture."""
    rows, cols = outside.shape
    strip = 4 * BLOCK
    step = max(strip, rows * strip // max(_SEEN // cols, strip) // BLOCK * BLOCK)
    parts = (
        Rect(left, top, min(left + _WIDE, cols), min(top + strip, rows))
        for top in range(0, rows - BLOCK + 1, step)
        for left in range(0, cols, _WIDE)
    )
    return [part for part in parts if outside[part.rows_cols].any()]


def _blocks(source: Picture, answer: Picture, where: Where, part: Rect) -> _Blocks:
    rows, cols = (side // BLOCK for side in where.shape)
    size, full = Size(cols, rows), (slice(0, rows * BLOCK), slice(0, cols * BLOCK))
    if not rows or not cols:
        none = np.empty((0, 3, 2))
        return _Blocks(none, none, np.empty((0, 2)), np.empty((0, 2), np.int64))
    whole = where[full].reshape(rows, BLOCK, cols, BLOCK).all(axis=(1, 3))

    def mean(plane: Floats) -> NDArray[np.float64]:
        return averaged(plane[full], size)[whole].astype(np.float64)

    def products(one: Bands, other: Bands) -> NDArray[np.float64]:
        pairs = ((one, one), (other, other), (one, other))
        each = [
            [mean(one * other) for one, other in zip(a.fine, b.fine, strict=True)] for a, b in pairs
        ]
        return np.array(each).transpose(2, 0, 1)

    own = split(source), split(answer)
    at = np.argwhere(whole)[:, ::-1] * BLOCK + np.array(part[:2])
    level = np.stack([mean(each.coarse) for each in own], axis=1)
    return _Blocks(products(*own), products(tinted(source), tinted(answer)), level, at)


def _noises(
    powers: NDArray[np.float64], mean: NDArray[np.float64], bias: NDArray[np.float64]
) -> tuple[Noise, Noise]:
    """Of the source and of the answer. powers: (blocks, 3, 2), as in blocks."""
    one, other, both = powers.mean(axis=0)
    alone = 1 - np.maximum(both, 0) ** 2 / np.maximum(one * other, _TINY)
    found = []
    for which, power in enumerate((one, other)):
        noise = _noise(powers[:, which], mean[:, which], bias)
        floor = noise[:, brightness(mean[:, which].astype(np.float32))].mean(axis=1)
        share = np.minimum(1, np.minimum(alone * power, _MOST) / np.maximum(floor, _TINY))
        found.append(Noise(power, noise * share[:, None], floor * share))
    return found[0], found[1]


def _noise(
    power: NDArray[np.float64], mean: NDArray[np.float64], bias: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Power of the flattest blocks by brightness, (2, SHADES); from neighbours where few are."""
    found = np.zeros((2, _LEVELS))
    middles = (np.arange(_LEVELS) + 0.5) / _LEVELS
    for level, middle in enumerate(middles):
        away = np.abs(mean - middle)
        reach = max(0.5 / _LEVELS, float(np.partition(away, FEWEST - 1)[FEWEST - 1]))
        found[:, level] = np.quantile(power[away <= reach], _QUIET, axis=0) * bias
    shades = (np.arange(SHADES) + 0.5) / SHADES
    return np.stack([np.interp(shades, middles, band) for band in found])


def _flattest(blocks: _Blocks, noise: NDArray[np.float64]) -> tuple[Rect, ...]:
    """Squares of two blocks' side around blocks that show little more than noise."""
    floor = noise[:, brightness(blocks.mean[:, 0].astype(np.float32))].sum(axis=0) + FLAT / 100
    excess = blocks.own[:, 0].sum(axis=1) / floor
    # All that may well be noise: the very flattest alone would be grain that is too fine.
    quiet = np.flatnonzero(excess < _PLAIN)
    if len(quiet) < _PATCHES:
        quiet = np.argsort(excess, kind="stable")[:_PATCHES]
    picked = quiet[np.linspace(0, len(quiet) - 1, min(_PATCHES, len(quiet))).astype(int)]
    corners = blocks.at[picked]
    return tuple(Rect(int(x), int(y), int(x) + BLOCK, int(y) + BLOCK) for x, y in corners)

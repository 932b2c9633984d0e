"""Residue: fine detail in bands, how much of it is noise, and the grain of a photograph."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.neighbourhood import shares
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size

SHADES = 64
"""Steps of brightness at which noise is known; sensors and film differ by brightness."""

FLAT = (0.25 / 255) ** 2
"""Variance under which there is nothing to measure: a quarter of a level of 8 bits."""

FEWEST = 24
"""Blocks of 8 x 8 pixels that must lie outside before anything is told."""

SIDE = 256
"""Pixels of a field of grain, before it is laid on again with another turn."""

_LEVELS = 8
# Bands of brightness in which it is measured; between them it is interpolated.

_BLOCK = 8
# Pixels of a block: some inside a narrow rim, enough samples for a deviation.

_SEEN = 700_000
# Pixels measured at most; more only cost time.

_QUIET = 0.08
# Noise is the power of the flattest blocks: those up to this share.

_BIAS = np.array([1.4, 1.85])
# Mean power of blocks of pure noise over that quantile of theirs, by band.


_PATCHES = 48
# Places of the source from which grain is resampled.

_PLAIN = 2.0
# Times the power of noise that a block may have which still counts as flat.

_SHIFT = 1024
# Pixels by which a field is wider than a picture, so that each SIDE of rows begins elsewhere.

_TURNS = ((1, 1), (1, -1), (-1, 1), (-1, -1))

_FINE = np.array([1, 4, 6, 4, 1], np.float32) / np.float32(16)
_COARSE = np.array([1, 0, 4, 0, 6, 0, 4, 0, 1], np.float32) / np.float32(16)
# B3 spline with holes: Starck and Murtagh, Astronomical Image and Data Analysis, 2002.

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Picture = Floats | Bytes
"""BGR shares of full, or BGRA bytes, of which only the part looked at is converted."""

Where = NDArray[np.bool_]


class Bands(NamedTuple):
    """A grey picture as the sum of two fine bands, some 1 and 2 pixels wide, and the rest."""

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
    """What the surroundings tell. flat: rectangles of the source that show its grain only."""

    source: Noise
    answer: Noise
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

    power: of both bands, (blocks, 2). mean: brightness, (blocks,). at: left and top, (blocks, 2).
    """

    power: NDArray[np.float64]
    mean: NDArray[np.float64]
    at: NDArray[np.int64]


def split(picture: Picture) -> Bands:
    """The bands of a picture (rows, cols, 3 or 4), of its brightness."""
    grey = _grey(picture)
    softer = cv.separable(grey, _FINE, _FINE)
    coarse = cv.separable(softer, _COARSE, _COARSE)
    return Bands((grey - softer, softer - coarse), coarse)


def brightness(grey: Floats) -> NDArray[np.intp]:
    """Which step of brightness each place belongs to, 0 to SHADES - 1."""
    return np.clip(grey * SHADES, 0, SHADES - 1).astype(np.intp)


def measured(answer: Picture, source: Picture, outside: Where) -> Told | None:
    """Compare the detail of two pictures of one place; None where too little is outside."""
    theirs, ours = [], []
    for rows in _looked_at(outside):
        part = outside[rows]
        source_bands, answer_bands = split(source[rows]), split(answer[rows])
        theirs.append(_blocks(source_bands, part, rows.start))
        ours.append(_blocks(answer_bands, part, rows.start))
    seen = _together(theirs) if theirs else None
    if seen is None or len(seen.mean) < FEWEST:
        return None
    there = _together(ours)
    noise = _noise(seen.power, seen.mean)
    answered = _noise(there.power, there.mean)
    return Told(
        Noise(seen.power.mean(axis=0), noise, _floor(noise, seen.mean)),
        Noise(there.power.mean(axis=0), answered, _floor(answered, there.mean)),
        _flattest(seen, noise),
    )


def field(source: Picture, told: Told, width: int) -> Floats | None:
    """Grain of deviation 1 to be laid over a picture: (3, SIDE, width + SHIFT); None without any.

    Made of small patches of the source's residual with soft edges, turned by chance that is the
    same each time; each is as strong as its brightness makes it, so that scaling it suits all.
    """
    chance = np.random.default_rng(0)
    patches = [patch for rect in told.flat if (patch := _residual(source, rect)) is not None]
    if not patches:
        return None
    step, side = _BLOCK, 2 * _BLOCK
    rise = np.sin((np.arange(side) + 0.5) * np.pi / side).astype(np.float32)
    window = (rise[:, None] * rise)[..., None]
    tile = np.zeros((SIDE + step, SIDE + step, 3), np.float32)
    turned = [patch[::down, ::across] * window for patch in patches for down, across in _TURNS]
    picks = iter(chance.integers(len(turned), size=(SIDE // step) ** 2).tolist())
    for top in range(0, SIDE, step):
        for left in range(0, SIDE, step):
            tile[top : top + side, left : left + side] += turned[next(picks)]
    tile[:step] += tile[SIDE:]
    tile[:, :step] += tile[:, SIDE:]
    tile = tile[:SIDE, :SIDE]
    tile /= _deviation(tile)
    picks = chance.integers(len(_TURNS), size=-(-(width + _SHIFT) // SIDE)).tolist()
    sides = [tile[:: _TURNS[pick][0], :: _TURNS[pick][1]] for pick in picks]
    laid = np.concatenate(sides, axis=1)[:, : width + _SHIFT]
    return np.ascontiguousarray(laid.transpose(2, 0, 1))


def cut(grain: Floats, rect: Rect, channel: int) -> Floats:
    """The part of a field that lies on a strip inside one SIDE; each SIDE has its own shift."""
    number, top = divmod(rect.top, SIDE)
    shift = rect.left + number * 389 % _SHIFT
    return grain[channel, top : top + rect.size.height, shift : shift + rect.size.width]


def _bgr(picture: Picture) -> Floats:
    if picture.dtype == np.uint8:
        return shares(cast("Bytes", picture))
    return cast("Floats", picture)


def _grey(picture: Picture) -> Floats:
    if picture.dtype == np.uint8:
        levels = cv.reordered(cast("Bytes", picture), "bgra grey")
        return np.multiply(levels, np.float32(1 / 255), dtype=np.float32)
    return cv.reordered(cast("Floats", picture), "bgr grey")


def _residual(source: Picture, rect: Rect) -> Floats | None:
    """Grain of deviation 1 on a square of two blocks' side; None where there is none."""
    size = Size(source.shape[1], source.shape[0])
    square = rect.grown(_BLOCK // 2)
    around = square.grown(_BLOCK)
    if around != around.clipped(size):
        return None
    part = _bgr(source[around.rows_cols])
    # Less a wide blur only: the grain keeps its width.
    patch = (part - cv.gaussian(part, _BLOCK / 2))[_BLOCK:-_BLOCK, _BLOCK:-_BLOCK]
    deviation = _deviation(patch)
    return patch / deviation if deviation > 1e-5 else None


def _deviation(bgr: Floats) -> float:
    """Of the fine bands together."""
    fine = split(np.ascontiguousarray(bgr)).fine
    return float((fine[0] + fine[1]).std())


def _looked_at(outside: Where) -> list[slice]:
    """Rows to measure: all, or evenly spread ones of a large picture."""
    rows, cols = outside.shape
    strip = 4 * _BLOCK
    step = max(strip, rows * strip // max(_SEEN // cols, strip) // _BLOCK * _BLOCK)
    return [slice(top, min(top + strip, rows)) for top in range(0, rows - _BLOCK + 1, step)]


def _blocks(bands: Bands, where: Where, top: int) -> _Blocks:
    rows, cols = (side // _BLOCK for side in where.shape)
    size, part = Size(cols, rows), (slice(0, rows * _BLOCK), slice(0, cols * _BLOCK))
    if not rows or not cols:
        return _Blocks(np.empty((0, 2)), np.empty(0), np.empty((0, 2), np.int64))
    whole = where[part].reshape(rows, _BLOCK, cols, _BLOCK).all(axis=(1, 3))
    power = [cv.resize(band[part] * band[part], size, "area")[whole] for band in bands.fine]
    mean = cv.resize(bands.coarse[part], size, "area")[whole]
    at = np.argwhere(whole)[:, ::-1] * _BLOCK + np.array([0, top])
    return _Blocks(np.stack(power, axis=1).astype(np.float64), mean.astype(np.float64), at)


def _together(parts: list[_Blocks]) -> _Blocks:
    return _Blocks(*(np.concatenate(values) for values in zip(*parts, strict=True)))


def _noise(power: NDArray[np.float64], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Power of the flattest blocks by brightness, (2, SHADES); from neighbours where few are."""
    found = np.zeros((2, _LEVELS))
    middles = (np.arange(_LEVELS) + 0.5) / _LEVELS
    for level, middle in enumerate(middles):
        away = np.abs(mean - middle)
        reach = max(0.5 / _LEVELS, float(np.partition(away, FEWEST - 1)[FEWEST - 1]))
        found[:, level] = np.quantile(power[away <= reach], _QUIET, axis=0) * _BIAS
    shades = (np.arange(SHADES) + 0.5) / SHADES
    return np.stack([np.interp(shades, middles, band) for band in found])


def _floor(noise: NDArray[np.float64], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    levels = brightness(mean.astype(np.float32))
    floor: NDArray[np.float64] = noise[:, levels].mean(axis=1)
    return floor


def _flattest(blocks: _Blocks, noise: NDArray[np.float64]) -> tuple[Rect, ...]:
    """Squares of two blocks' side around blocks that show little more than noise."""
    floor = noise[:, brightness(blocks.mean.astype(np.float32))].sum(axis=0) + FLAT / 100
    excess = blocks.power.sum(axis=1) / floor
    # All that may well be noise: the very flattest alone would be grain that is too fine.
    quiet = np.flatnonzero(excess < _PLAIN)
    if len(quiet) < _PATCHES:
        quiet = np.argsort(excess, kind="stable")[:_PATCHES]
    picked = quiet[np.linspace(0, len(quiet) - 1, min(_PATCHES, len(quiet))).astype(int)]
    corners = blocks.at[picked]
    return tuple(Rect(int(x), int(y), int(x) + _BLOCK, int(y) + _BLOCK) for x, y in corners)

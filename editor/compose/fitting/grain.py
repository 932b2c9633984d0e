"""Grain: the answer given the grain and the sharpness of the photograph around it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import field, residue
from editor.compose.fitting.residue import Noise, Told, layers
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.parallel import at_once

DETAIL = "Detail {share} % of the photo"
"""Said where an answer has fewer pixels, or softer ones, than the source; share in percent."""

SOFTEST, SHARPEST = 0.5, 20.0
"""Bounds of the gain of a band; beyond them noise and halos are made, not detail."""

SAME = 0.05
"""Share by which deviations may differ before anything is done; the eye does not see less."""

_DOUBT = 0.25
# Share of the noise's power by which that of a signal may be wrong.

_OVER = 1.5
# Times of the noise to be lost that count as such (Berouti et al., 1979): where there is only
# noise its power varies, and what is above its mean would stay as blotches.

_ROWS, _TALL = 64, 128
# Rows looked at at once to judge, and to change all: parts of the side of a field.

_COLS = field.WIDEST
# Columns worked on at once; the planes stay in the cache.

_MARGIN = 8
# Rows and columns more on each side, for the filters; a multiple of the coarse grid's step.

_HALF, _STEP = 2, 4
# Pixels between two places of the grids in which the local gain is found; it changes slowly.

_THERE = 3
# Side of the square, in the finer of them, in which detail that is to grow must stand out from
# the noise: the paper between letters is clean although the letters beside it are not.

_HALO, _BESIDE = np.float32(0.9), 13
# Share of the range of brightness that a soft answer has within a square of this side, pixels,
# by which sharpening may leave it.

_TINY = np.float32(1e-9)
# So that nothing is divided by 0.

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Where = NDArray[np.bool_]


class Plan(NamedTuple):
    """What is to be done, by band of detail and by brightness.

    gain: of each band's signal, (2,). noise: variances of the answer, (2, SHADES). target: those
    it is brought down to.
    """

    gain: NDArray[np.float32]
    noise: NDArray[np.float32]
    target: NDArray[np.float32]

    @property
    def idle(self) -> bool:
        """Whether all stays as it is."""
        return bool((self.gain == 1).all()) and not self.noisy

    @property
    def noisy(self) -> bool:
        """Whether there is more noise than there should be."""
        return _noisy(self.noise, self.target)

    @property
    def sharpens(self) -> bool:
        """Whether any detail grows."""
        return bool((self.gain > 1).any())

    @property
    def kept(self) -> Plan:
        """The same with nothing to do."""
        return Plan(np.ones_like(self.gain), self.noise, self.noise)


class Grain(NamedTuple):
    """What an answer lacks or has too much of.

    detail: for its brightness, tint: for what its colours add to it. lacks: deviations of the
    grain to be added, (SHADES,). field: of grain to be laid on, None for none.
    """

    detail: Plan
    tint: Plan
    lacks: NDArray[np.float32]
    field: Floats | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is to be done."""
        return self.detail.idle and self.tint.idle and self.field is None


def planned(told: Told) -> Grain:
    """What is to be done with an answer, without a field."""
    source, answer = told.source, told.answer
    # What little signal there is beside much noise is known badly: then the gain is near 1.
    doubt = _DOUBT * np.maximum(source.floor, answer.floor)
    gain = np.sqrt((source.signal + doubt) / (answer.signal + doubt))
    gain = np.clip(gain, SOFTEST, SHARPEST)
    gain[source.signal < residue.FLAT + source.floor / 4] = 1
    gain[np.abs(gain - 1) < SAME] = 1
    lacks = np.maximum(source.noise - answer.noise, 0).sum(axis=0)
    seen = lacks > 2 * SAME * source.noise.sum(axis=0) + residue.FLAT / 4
    grain = np.sqrt(np.where(seen, lacks, 0)).astype(np.float32)
    return Grain(_plan(gain, source, answer), _plan(np.ones(2), *told.tints), grain)


def grained(fitted: Bytes, grain: Grain, inside: Where) -> Bytes:
    """Bring the detail and the grain of an answer to those of the source around it.

    fitted: the answer at its place, (rows, cols, 4) BGRA. inside: places that are changed.
    Fine detail is scaled by what the surroundings lack, at most to the source's own; noise
    beyond the source's is taken out; grain it lacks is added, resampled from the residual of
    flat places of the source, by brightness. The same input gives the same output.
    """
    result = np.empty_like(fitted) if inside.all() else fitted.copy()

    def change(rect: Rect) -> None:
        where = inside[rect.rows_cols]
        told = None if where.all() else where.view(np.uint8)
        *colours, alpha = cv.parted(fitted[rect.rows_cols])
        for colour, more in zip(colours, Part(fitted, rect).added(grain), strict=True):
            cv.add_into(more, colour, told)
        cv.merge_into(result[rect.rows_cols], *colours, alpha)

    at_once(change, [rect for strip in strips(inside, _TALL) for rect in _in_tiles(strip)])
    return result


def strips(where: Where, height: int = _ROWS) -> list[Rect]:
    """The rows and columns of some places, at least one, in parts of a height that suits."""
    rows = np.flatnonzero(where.any(axis=1))
    found = []
    for start in (
        range(int(rows[0]) // height * height, int(rows[-1]) + 1, height) if rows.size else ()
    ):
        cols = np.flatnonzero(where[start : start + height].any(axis=0))
        if cols.size:
            bottom = min(start + height, where.shape[0])
            found.append(Rect(int(cols[0]), start, int(cols[-1]) + 1, bottom))
    return found


def _in_tiles(strip: Rect) -> list[Rect]:
    return [
        Rect(left, strip.top, min(left + _COLS, strip.right), strip.bottom)
        for left in range(strip.left, strip.right, _COLS)
    ]


class Part:
    """A part of an answer, looked at once for whatever is then tried with it.

    rect: of the answer.
    """

    def __init__(self, fitted: Bytes, rect: Rect) -> None:
        around = rect.grown(_MARGIN).clipped(Size(fitted.shape[1], fitted.shape[0]))
        self.rect, self._here = rect, rect.seen_from(around).rows_cols
        self._pixels = fitted[around.rows_cols]
        self._grey = residue.grey(self._pixels)
        bands = layers(self._grey)
        self._grid = _Grid(bands.coarse)
        self._fine = [_Band(band, self._grid) for band in bands.fine]
        # Not as cached_property: before Python 3.12 parts on two threads wait for each other in it.
        self._tinted: list[_Band] | None = None
        self._ranged: tuple[Floats, Floats] | None = None

    def added(self, grain: Grain) -> list[Floats]:
        """What comes to it, in levels: planes (rows, cols) of blue, green and red."""
        change = self._change(grain.detail)
        if grain.detail.sharpens:
            change = self._without_halos(change)
        delta = change[self._here] * np.float32(255)
        planes = [delta] * 3
        if not grain.tint.idle:
            tint = self._grid.change(self._tints, grain.tint)[self._here]
            planes = [delta + tint[..., channel] * np.float32(255) for channel in range(3)]
        if grain.field is not None:
            planes = [plane.copy() for plane in planes]
            deviation = self._grid.spread(grain.lacks[self._grid.level] * np.float32(255))
            for channel, plane in enumerate(planes):
                laid = field.cut(grain.field, self.rect, channel)
                cv.add_product(deviation[self._here], laid, plane)
        return planes

    def sharpened(self, plan: Plan) -> Floats:
        """Its brightness, share of full, with its detail as planned and halos left in.

        Gains are found by it: what halos lose must not be made up for by what else there is.
        """
        changed: Floats = self._grey + self._change(plan)
        return changed[self._here]

    def _change(self, plan: Plan) -> Floats:
        return self._grid.change(self._fine, plan)

    @property
    def _tints(self) -> list[_Band]:
        if self._tinted is None:
            fine = residue.tinted(self._pixels).fine
            self._tinted = [_Band(band, self._grid) for band in fine]
        return self._tinted

    def _without_halos(self, change: Floats) -> Floats:
        """A change of brightness that leaves the range found nearby by a share of it at most.

        An edge gets steeper, and then ends near the brightness of its two sides instead of far
        beyond.
        """
        if self._ranged is None:
            self._ranged = self._range()
        least, most = self._ranged
        aim = self._grey + change
        np.maximum(aim, least, out=aim)
        np.minimum(aim, most, out=aim)
        aim -= self._grey
        return aim

    def _range(self) -> tuple[Floats, Floats]:
        """Least and most brightness that sharpening may lead to."""
        softer = self._grid.halved(self._grey) - self._grid.halved(self._fine[0].plane)
        least, most = cv.extremes(softer, _BESIDE // _HALF | 1)
        room = _HALO * (most - least)
        least, most = self._grid.spread(least - room), self._grid.spread(most + room)
        # What is noise may lie beyond already.
        return np.minimum(least, self._grey, out=least), np.maximum(most, self._grey, out=most)


class _Grid:
    """Coarse grids over a part, by which gains change from place to place."""

    def __init__(self, coarse: Floats) -> None:
        rows, cols = coarse.shape
        self._size = Size(cols, rows)
        self._half, self._small = (
            Size(-(-cols // step), -(-rows // step)) for step in (_HALF, _STEP)
        )
        self.level = residue.brightness(cv.resize(coarse, self._small, "area"))

    def spread(self, values: Floats) -> Floats:
        """From a coarse grid to every pixel."""
        return cv.resize(values, self._size, "linear")

    def halved(self, plane: Floats) -> Floats:
        """Means in the finer grid, of several planes together."""
        return residue.averaged(plane, self._half)

    def powers(self, band: Floats) -> tuple[Floats, Floats]:
        """Mean squares of a band close by, in the half grid, and further around, in the small."""
        square = self.halved(band * band)
        return cv.box(square, _THERE), cv.box(cv.resize(square, self._small, "area"), 3)

    def change(self, fine: list[_Band], plan: Plan) -> Floats:
        """What is added to a plane, or to several, of which these are the bands."""
        delta = None
        for number, band in enumerate(fine):
            gain, noise, target = plan.gain[number], plan.noise[number], plan.target[number]
            if gain == 1 and not _noisy(noise, target):
                continue
            close, wide = band.powers
            # What is above the noise floor counts as signal, as in Lee, 1980.
            floor = target + np.float32(_OVER) * np.maximum(noise - target, 0)
            lost = (gain * gain * floor - target)[self.level]
            floor = floor[self.level]
            factor = _factor(wide, gain, floor, lost)
            if gain > 1:
                factor, floor, lost = (
                    cv.resize(each, self._half, "linear") for each in (factor, floor, lost)
                )
                np.minimum(factor, _factor(close, gain, floor, lost), out=factor)
            factor = self.spread(factor)
            more = band.plane * (factor if band.plane.ndim == 2 else factor[..., None])
            delta = more if delta is None else np.add(delta, more, out=delta)
        return np.zeros_like(fine[0].plane) if delta is None else delta


class _Band:
    """One band of a part, and how strong it is from place to place."""

    def __init__(self, plane: Floats, grid: _Grid) -> None:
        self.plane = plane
        self._grid = grid
        self._powers: tuple[Floats, Floats] | None = None

    @property
    def powers(self) -> tuple[Floats, Floats]:
        if self._powers is None:
            self._powers = self._grid.powers(self.plane)
        return self._powers


def _factor(power: Floats, gain: np.float32, floor: Floats, lost: Floats) -> Floats:
    """By how much of itself a band of this power grows, (rows, cols) as all but the gain.

    floor: power of what is no signal. lost: what of it is not left, once the gain is applied.
    """
    factor = np.maximum(power, floor) + _TINY
    np.divide(lost, factor, out=factor)
    np.subtract(gain * gain, factor, out=factor)
    np.sqrt(np.maximum(factor, 0, out=factor), out=factor)
    factor -= 1
    return factor


def _plan(gain: NDArray[np.float64], source: Noise, answer: Noise) -> Plan:
    target = np.minimum(source.noise, answer.noise)
    return Plan(*(part.astype(np.float32) for part in (gain, answer.noise, target)))


def _noisy(noise: Floats, target: Floats) -> bool:
    return bool((noise > target * (1 + 2 * SAME) + residue.FLAT / 4).any())

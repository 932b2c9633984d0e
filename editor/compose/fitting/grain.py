"""Grain: the answer given the grain and the sharpness of the photograph around it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import field, residue
from editor.compose.fitting.residue import Bands, Noise, Told, layers
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size

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

_ROWS = 64
# Rows worked on at once; their planes stay in the cache. A quarter of the side of a field.

_MARGIN = 8
# Rows and columns more on each side, for the filters; a multiple of the coarse grid's step.

_STEP = 4
# Pixels between two places at which the local gain is found; it changes slowly.

_THERE = 5
# Side of the square, pixels, in which detail that is to grow must stand out from the noise: the
# paper between letters is clean although the letters beside it are not.

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
    result = fitted.copy()
    for rect in strips(inside):
        more = added(fitted, rect, grain)
        cv.add_into(more, result[rect.rows_cols], inside[rect.rows_cols].view(np.uint8))
    return result


def strips(where: Where) -> list[Rect]:
    """The rows and columns of some places, at least one, in parts of a height that suits."""
    rows = np.flatnonzero(where.any(axis=1))
    found = []
    for start in (
        range(int(rows[0]) // _ROWS * _ROWS, int(rows[-1]) + 1, _ROWS) if rows.size else ()
    ):
        cols = np.flatnonzero(where[start : start + _ROWS].any(axis=0))
        if cols.size:
            bottom = min(start + _ROWS, where.shape[0])
            found.append(Rect(int(cols[0]), start, int(cols[-1]) + 1, bottom))
    return found


def added(fitted: Bytes, rect: Rect, grain: Grain) -> Floats:
    """What comes to a strip of an answer, in levels of BGRA."""
    around = rect.grown(_MARGIN).clipped(Size(fitted.shape[1], fitted.shape[0]))
    part = rect.seen_from(around).rows_cols
    pixels = fitted[around.rows_cols]
    bands = residue.split(pixels)
    local = _Local(bands.coarse)
    change = local.change(bands.fine, grain.detail)
    if grain.detail.sharpens:
        change = _without_halos(bands, change)
    delta = change[part] * np.float32(255)
    planes = [delta] * 3
    if not grain.tint.idle:
        tint = local.change(residue.tinted(pixels).fine, grain.tint)[part]
        tint *= np.float32(255)
        planes = [delta + tint[..., channel] for channel in range(3)]
    if grain.field is not None:
        deviation = local.spread(grain.lacks[local.level])[part] * np.float32(255)
        planes = [
            plane + deviation * field.cut(grain.field, rect, channel)
            for channel, plane in enumerate(planes)
        ]
    return cv.merged(*planes, np.zeros_like(delta))


def sharpened(fitted: Bytes, rect: Rect, plan: Plan) -> Floats:
    """The brightness of a strip of an answer, with its detail as planned and halos left in.

    Gains are found by it: what halos lose must not be made up for by what else there is.
    """
    around = rect.grown(_MARGIN).clipped(Size(fitted.shape[1], fitted.shape[0]))
    grey = residue.grey(fitted[around.rows_cols])
    bands = layers(grey)
    changed: Floats = grey + _Local(bands.coarse).change(bands.fine, plan)
    return changed[rect.seen_from(around).rows_cols]


def _without_halos(bands: Bands, change: Floats) -> Floats:
    """A change of brightness that leaves the range found nearby by a share of it at most.

    An edge gets steeper, and then ends near the brightness of its two sides instead of far beyond.
    """
    softer = bands.coarse + bands.fine[1]
    grey = softer + bands.fine[0]
    least, most = cv.extremes(softer, _BESIDE)
    room = _HALO * (most - least)
    found: Floats = np.clip(
        change, np.minimum(least - room - grey, 0), np.maximum(most + room - grey, 0)
    )
    return found


class _Local:
    """A coarse grid over a part, by which gains change from place to place."""

    def __init__(self, coarse: Floats) -> None:
        rows, cols = coarse.shape
        self._size, self._small = Size(cols, rows), Size(-(-cols // _STEP), -(-rows // _STEP))
        self.level = residue.brightness(cv.resize(coarse, self._small, "area"))

    def spread(self, values: Floats) -> Floats:
        """From the coarse grid to every pixel."""
        return cv.resize(values, self._size, "linear")

    def change(self, fine: tuple[Floats, Floats], plan: Plan) -> Floats:
        """What is added to a plane, or to several, of which these are the bands."""
        delta = np.zeros_like(fine[0])
        for number, band in enumerate(fine):
            gain, noise, target = plan.gain[number], plan.noise[number], plan.target[number]
            if gain == 1 and not _noisy(noise, target):
                continue
            square = residue.product(band, band)
            power = cv.box(cv.resize(square, self._small, "area"), 3)
            goal, came = target[self.level], noise[self.level]
            factor = self.spread(_factor(power, gain, came, goal))
            if gain > 1:
                there = cv.box(square, _THERE)
                close = _factor(there, gain, self.spread(came), self.spread(goal))
                factor = np.minimum(factor, close)
            delta += band * (factor if band.ndim == 2 else factor[..., None])
        return delta


def _factor(power: Floats, gain: np.float32, noise: Floats, goal: Floats) -> Floats:
    """By how much of itself a band of this power grows, (rows, cols) as all but the gain.

    What is above the noise floor counts as signal, as in Lee, 1980.
    """
    floor = goal + np.float32(_OVER) * np.maximum(noise - goal, 0)
    signal = np.maximum(power - floor, 0)
    factor: Floats = np.sqrt((gain * gain * signal + goal) / (signal + floor + _TINY)) - 1
    return factor


def _plan(gain: NDArray[np.float64], source: Noise, answer: Noise) -> Plan:
    target = np.minimum(source.noise, answer.noise)
    return Plan(*(part.astype(np.float32) for part in (gain, answer.noise, target)))


def _noisy(noise: Floats, target: Floats) -> bool:
    return bool((noise > target * (1 + 2 * SAME) + residue.FLAT / 4).any())

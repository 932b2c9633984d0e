"""Part: a part of an answer, looked at once, and what its bands gain from place to place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import field, residue
from editor.compose.fitting.grain import Grain, Plan, beyond
from editor.compose.fitting.residue import layers
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size

_OVER = 1.5
# Times of the noise to be lost that count as such (Berouti et al., 1979): where there is only
# noise its power varies, and what is above its mean would stay as blotches.

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
            if gain == 1 and not beyond(noise, target):
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

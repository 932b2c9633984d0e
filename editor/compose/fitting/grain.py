"""Grain: the answer given the grain and the sharpness of the photograph around it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import residue
from editor.compose.fitting.residue import Told, split
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size

DETAIL = "Detail {share} % of the photo"
"""Said where an answer has fewer pixels, or softer ones, than the source; share in percent."""

SOFTEST, SHARPEST = 0.5, 5.0
"""Bounds of the gain of a band; beyond them noise and halos are made, not detail."""

SAME = 0.05
"""Share by which deviations may differ before anything is done; the eye does not see less."""

_DOUBT = 0.25
# Share of the noise's power by which that of a signal may be wrong.

_ROWS = 64
# Rows worked on at once; their planes stay in the cache. A quarter of the side of a field.

_MARGIN = 8
# Rows and columns more on each side, for the filters; a multiple of the coarse grid's step.

_STEP = 4
# Pixels between two places at which the local gain is found; it changes slowly.

_TINY = np.float32(1e-9)
# So that nothing is divided by 0.

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Where = NDArray[np.bool_]


class _Plan(NamedTuple):
    """What is to be done, by band of detail and by brightness.

    gain: of each band's signal. noise: variances of the answer, (bands, brightness). target:
    those it is brought down to. grain: deviations to be added, (brightness,).
    """

    gain: NDArray[np.float32]
    noise: NDArray[np.float32]
    target: NDArray[np.float32]
    grain: NDArray[np.float32]


class Grain(NamedTuple):
    """What an answer lacks or has too much of. field: of grain to be laid on, None for none."""

    plan: _Plan
    field: Floats | None


def planned(told: Told, source: Bytes, width: int) -> Grain | None:
    """What is to be done with an answer so wide; None for nothing."""
    plan = _planned(told)
    field = residue.field(source, told, width) if plan.grain.any() else None
    return None if field is None and _idle(plan) else Grain(plan, field)


def grained(fitted: Bytes, grain: Grain, inside: Where, strength: float = 1.0) -> Bytes:
    """Bring the detail and the grain of an answer to those of the source around it.

    fitted: the answer at its place, (rows, cols, 4) BGRA. inside: places that are changed.
    strength: share of it that is done. Fine detail is scaled by what the surroundings lack, at
    most to the source's own; noise beyond the source's is taken out; grain it lacks is added,
    resampled from the residual of flat places of the source, by brightness. The same input
    gives the same output.
    """
    result = fitted.copy()
    for rect in strips(inside):
        more = added(fitted, rect, grain, strength)
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


def added(fitted: Bytes, rect: Rect, grain: Grain, strength: float = 1.0) -> Floats:
    """What comes to a strip of an answer, in levels of BGRA."""
    delta, deviation = _strip(fitted, rect, grain.plan)
    delta *= np.float32(255 * strength)
    planes = [delta] * 3
    if grain.field is not None:
        deviation *= np.float32(255 * strength)
        planes = [deviation * residue.cut(grain.field, rect, channel) for channel in range(3)]
        for plane in planes:
            plane += delta
    return cv.merged(*planes, np.zeros_like(delta))


def _planned(told: Told) -> _Plan:
    source, answer = told.source, told.answer
    # What little signal there is beside much noise is known badly: then the gain is near 1.
    doubt = _DOUBT * np.maximum(source.floor, answer.floor)
    gain = np.sqrt((source.signal + doubt) / (answer.signal + doubt))
    gain = np.clip(gain, SOFTEST, SHARPEST)
    gain[source.signal < residue.FLAT + source.floor / 4] = 1
    gain[np.abs(gain - 1) < SAME] = 1
    target = np.minimum(source.noise, answer.noise)
    lacks = np.maximum(source.noise - answer.noise, 0).sum(axis=0)
    seen = lacks > 2 * SAME * source.noise.sum(axis=0) + residue.FLAT / 4
    grain = np.sqrt(np.where(seen, lacks, 0))
    return _Plan(*(part.astype(np.float32) for part in (gain, answer.noise, target, grain)))


def _idle(plan: _Plan) -> bool:
    """Whether all detail stays as it is."""
    return bool((plan.gain == 1).all()) and not _noisy(plan.noise, plan.target)


def _noisy(noise: Floats, target: Floats) -> bool:
    """Whether there is more noise than there should be."""
    return bool((noise > target * (1 + 2 * SAME) + residue.FLAT / 4).any())


def _strip(fitted: Bytes, rect: Rect, plan: _Plan) -> tuple[Floats, Floats]:
    """What is added to each channel of a part, and the deviation of the grain there."""
    around = rect.grown(_MARGIN).clipped(Size(fitted.shape[1], fitted.shape[0]))
    bands = split(fitted[around.rows_cols])
    rows, cols = bands.coarse.shape
    small = Size(-(-cols // _STEP), -(-rows // _STEP))
    level = residue.brightness(cv.resize(bands.coarse, small, "area"))
    delta = np.zeros((rows, cols), np.float32)
    for number, band in enumerate(bands.fine):
        factor = _factor(band, small, level, plan, number)
        if factor is not None:
            factor = cv.resize(factor, Size(cols, rows), "linear")
            factor *= band
            delta += factor
    grain = cv.resize(plan.grain[level], Size(cols, rows), "linear")
    part = Rect(
        rect.left - around.left,
        rect.top - around.top,
        rect.right - around.left,
        rect.bottom - around.top,
    ).rows_cols
    return delta[part], grain[part]


def _factor(
    band: Floats, small: Size, level: NDArray[np.intp], plan: _Plan, number: int
) -> Floats | None:
    """By how much of itself a band grows, on the coarse grid; None where it stays.

    What is above the noise floor counts as signal, as in Lee, 1980.
    """
    gain, noise, target = plan.gain[number], plan.noise[number], plan.target[number]
    if gain == 1 and not _noisy(noise, target):
        return None
    power = cv.box(cv.resize(band * band, small, "area"), 3)
    floor = noise[level]
    signal = np.maximum(power - floor, 0)
    wanted = gain * gain * signal + target[level]
    factor: Floats = np.sqrt(wanted / (signal + floor + _TINY)) - 1
    return factor

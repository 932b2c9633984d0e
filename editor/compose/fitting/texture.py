"""Texture: grain and sharpness given to an answer as far as the surroundings bear it out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import field, learned, residue, sharpness
from editor.compose.fitting.grain import Grain, planned
from editor.compose.fitting.part import Part
from editor.compose.fitting.residue import Told
from editor.compose.fitting.strips import grained, strips
from editor.compose.patch import Where
from editor.imaging import cv
from editor.imaging.geometry import Rect

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Levels = Floats | Bytes

MOST_WORSE = 0.3
"""Difference of colour by which grain may lead away from the source where that is known.

Grain of other dice is right for the eye and wrong for every single pixel; beyond this the
surroundings are so rough that it would be another pattern, not grain.
"""

REDRAWN = 8.0
"""Difference of colour from which on the surroundings were drawn anew, not only softened.

What they lack then tells nothing of what a new thing inside of them should have.
"""

_SHARES = (1.0, 0.85, 0.7, 0.4, 0.0)
# Of the gains, tried in turn.

_KEPT, _KEPT_OF_ALL, _UNSEEN = 0.55, 0.6, 0.05
# Shares of what the best of them wins that detail, and grain after it, leave; and a difference
# of colour that nobody sees. They may cost the rest: what is right in strength looks right.

_FILTERED = 600_000
# Pixels of a part up to which filters are learned for it; they take 0.1 to 0.25 s more.

_CLEAN = 0.7
# Share of the power of the source's detail that is no grain, from which on it teaches: grain of
# which a little is left in the answer would be brought back to a half.

_SQUARE = 16
# Side, pixels, of the squares by which places teach, or are kept back to be judged by.

_NEARER = 0.97
# Share of the other way's error below which learned filters are taken.

_MADE_UP = 0.8
# Share of an answer's detail that filters leave at least, unless it was drawn anew: of what is not
# in the source they make nothing.

_JUDGED, _WIDTH, _PIXELS = 4, 1024, 6_000
# Strips in which it is tried, about, their width, and pixels of each that are compared; the
# whole would take far longer.


def textured(
    came: Bytes, source: Bytes, outside: Where, inside: Where, *, won: bool = False
) -> tuple[Bytes, float]:
    """The answer with the grain and sharpness of its surroundings; itself where it has them.

    came, source: (rows, cols, 4) BGRA. outside: where the two may be compared. won: whether
    the answer is already far nearer to the source than it came, of which some may be spent. Also
    tells the share of the source's detail that it came with.
    """
    told = residue.measured(came, source, outside)
    if told is None:
        return came, 1.0
    plan = planned(told)
    free = won or not (plan.detail.noisy or plan.tint.noisy)
    kept = _kept_back(told, outside) if plan.detail.sharpens else None
    judge = _Judge(came, source, outside, outside if kept is None else kept)
    way = _way(judge, told, source, judge.before, free=free)
    if kept is not None:
        way = _by_filters(way, source, outside & ~kept, inside, free=free)
    came, grain = way.judge.came, way.grain
    if way.room > 0 and grain.lacks.any() and judge.before <= REDRAWN:
        laid = field.laid(source, way.told.flat)
        grain = _no_worse(grain._replace(field=laid), way.judge, way.room)
    if grain.idle:
        return came, told.detail
    return grained(came, grain, inside | outside), told.detail


class _Way(NamedTuple):
    """One way to give an answer what it lacks.

    judge, told: of what it starts from. grain: to be taken. room: by how much grain of the source
    may then lead away again. least: difference of colour that may be reached.
    """

    judge: _Judge
    told: Told
    grain: Grain
    room: float
    least: float


def _way(judge: _Judge, told: Told, source: Bytes, before: float, *, free: bool) -> _Way:
    """before: difference of colour as the answer came. free: whether detail may cost some."""
    grain = planned(told)
    if not grain.detail.idle:
        plan = sharpness.measured(grain.detail, judge.parts, source, told)
        grain = grain._replace(detail=plan)
    return _Way(judge, told, *_borne_out(grain, judge, before, free=free))


def _by_filters(way: _Way, source: Bytes, taught: Where, inside: Where, *, free: bool) -> _Way:
    """The way over filters that the surroundings teach, if that leads nearer to the source.

    way: the one without them. taught: places that teach; others judge.
    """
    filters = learned.learned(way.judge.came, source, taught)
    if filters is None:
        return way
    outside = way.judge.outside
    near = learned.nearer(way.judge.came, filters, strips(inside | outside))
    told = residue.measured(near, source, outside)
    assert told is not None
    if told.answer.signal.sum() < _MADE_UP * way.told.answer.signal.sum():
        return way
    judge = _Judge(near, source, outside, way.judge.kept)
    other = _way(judge, told, source, way.judge.before, free=free)
    return other if other.least < _NEARER * way.least else way


def _kept_back(told: Told, outside: Where) -> Where | None:
    """A fifth of all places, in squares that lie to each other as a knight jumps; others teach.

    None where surroundings are too large, show too little or are hardly more than grain.
    """
    if outside.size > _FILTERED:
        return None
    if float(told.source.signal.sum()) < _CLEAN * float(told.source.power.sum()):
        return None
    rows, cols = (np.arange(side) // _SQUARE for side in outside.shape)
    kept: Where = outside & ((rows[:, None] + 2 * cols) % 5 == 0)
    return kept if 4 * np.count_nonzero(kept) >= learned.FEWEST else None


class _Judge:
    """Compares an answer with the source on some parts of what is outside.

    came: the answer. parts: of it, with their places at which both show the same. kept: those of
    outside by which is judged. before: mean difference of colour.
    """

    def __init__(self, came: Bytes, source: Bytes, outside: Where, kept: Where) -> None:
        rects = [_narrowed(rect, outside) for rect in strips(outside)]
        rects = rects[:: max(1, len(rects) // _JUDGED)]
        self.parts = [(Part(came, rect), outside[rect.rows_cols]) for rect in rects]
        self._some = [_some(kept[rect.rows_cols]) for rect in rects]
        self.came, self.outside, self.kept = came, outside, kept
        self._levels, self._true = self._of(came), self._of(source)
        self.before = _differs(self._levels, self._true)

    def after(self, grain: Grain) -> float:
        """Mean difference of colour with a grain laid on."""
        more = [
            np.stack([plane[some] for plane in part.added(grain)], axis=1)
            for (part, _), some in zip(self.parts, self._some, strict=True)
        ]
        return _differs(self._levels + np.concatenate(more), self._true)

    def _of(self, pixels: Bytes) -> Bytes:
        """Levels of BGR at the places looked at, (places, 3)."""
        return np.concatenate(
            [
                pixels[part.rect.rows_cols][some][:, :3]
                for (part, _), some in zip(self.parts, self._some, strict=True)
            ]
        )


def _narrowed(rect: Rect, outside: Where) -> Rect:
    """A strip without its middle or so, where it is wide: the columns that show most outside."""
    if rect.size.width <= _WIDTH:
        return rect
    counts = np.count_nonzero(outside[rect.rows_cols], axis=0).cumsum()
    left = rect.left + int((counts[_WIDTH:] - counts[:-_WIDTH]).argmax())
    return Rect(left, rect.top, left + _WIDTH, rect.bottom)


def _some(where: Where) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    places = np.flatnonzero(where)
    rows, cols = np.divmod(places[:: max(1, len(places) // _PIXELS)], where.shape[1])
    return rows, cols


def _borne_out(
    grain: Grain, judge: _Judge, before: float, *, free: bool
) -> tuple[Grain, float, float]:
    """As much sharpness as the source bears out, and less noise only if that is nearer to it.

    before: difference of colour as the answer came. Also tells by how much grain may lead away
    again, and the least difference: in place of noise that came with the answer, where it is not
    free, neither detail nor grain may cost what was won by taking that out.
    """
    if grain.detail.idle and grain.tint.idle:
        return grain, MOST_WORSE, judge.before
    tried = [grain._replace(detail=sharpness.weaker(grain.detail, share)) for share in _SHARES]
    errors = [judge.after(each) for each in tried]
    least = min(errors)
    gained = max(before - least, 0)
    most = before + (MOST_WORSE if free else _UNSEEN - _KEPT * gained)
    for each, error in zip(tried, errors, strict=True):
        if error <= most:
            left = before - _KEPT_OF_ALL * gained - error
            return each, MOST_WORSE if free else min(max(left, 0), MOST_WORSE), least
    kept = grain._replace(detail=grain.detail.kept, tint=grain.tint.kept)
    return kept, MOST_WORSE, least


def _no_worse(grain: Grain, judge: _Judge, room: float) -> Grain:
    """With a field only as strong as the source bears it out."""
    if grain.field is None:
        return grain
    worse = judge.after(grain) - judge.after(grain._replace(field=None))
    share = min(1.0, room / worse) if worse > 0 else 1.0
    return grain._replace(lacks=grain.lacks * np.float32(share))


def _differs(one: Levels, other: Levels) -> float:
    """Mean difference of colour, CIE 1976, of BGR or BGRA levels (places, 3 or 4)."""
    steps = _lab(one) - _lab(other)
    return float(np.sqrt((steps**2).sum(axis=-1)).mean())


def _lab(levels: Levels) -> Floats:
    colours = np.clip(levels[None, :, :3] * np.float32(1 / 255), 0, 1)
    return cv.reordered(np.ascontiguousarray(colours, np.float32), "bgr lab")

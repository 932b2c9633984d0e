"""Alignment: an answer brought to its surroundings, each step kept only if the rim meets better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import colour, registration, rim
from editor.compose.fitting.colour import Curve
from editor.compose.fitting.neighbourhood import FAR, Answer, Neighbourhood, Sight, bent, sight
from editor.compose.fitting.placed import Matrix, back, times
from editor.compose.fitting.registration import Flow
from editor.compose.fitting.rule import rule, unchanged, without
from editor.imaging import cv

Floats = NDArray[np.float32]

GAIN = 0.97
"""A step is kept if it leaves less than this of the error at the rim."""

_LOOKED = 20_000
# Places of which a mean is taken, about; more only cost time.

_SEEN = 0.1 / 255
# Nothing is moved for less.

ALIKE = 0.45
"""Likeness of a redrawn frame, from which on it is one; other pictures reach 0.33."""

SAME_COLOUR = 0.15
"""Share of full by which flat surroundings may differ and still be the same."""

RING = 30.0
"""Working pixels beside the rim whose colours are compared."""

_FAR, _NEAR = 0.12, 0.06
# Shares of the longest side, searched in the frame and beside the mask.
_CLOSE = 10.0
# Working pixels beside the rim, searched last.
_AGREE, _ONE_RULE = 3.0, 0.6
# Pixels by which steps of the flow may differ, and how many must agree that the frame moved as one.
_HEARD, _SURE = 0.3, 0.9
# Shares of the flow: what fewer agree on is chance, what as many agree on is the right way.
_BEND_RING, _BEND_CARRIED, _BEND_FADE, _MOST_BEND = 16.0, 10.0, 16.0, 16.0
# Working pixels.
_BEND_GAIN = 0.9
_LEFT = 0.3
# Share of the rim that must show what it showed before, to judge by.
_BEND_KNOWN = 0.12
# Share of the rim at which the flow must be trusted.


@dataclass(frozen=True, slots=True, eq=False)
class Grids:
    """The same surroundings at four sizes.

    frame: all that was sent, small. near: the mask and what is around it, in which the rim is
    judged; small and wide: the same part, for the search and for the flow.
    """

    frame: Neighbourhood
    near: Neighbourhood
    small: Neighbourhood
    wide: Neighbourhood


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """The way to an answer: to_answer after bend, steps (rows, cols, 2) in the near grid.

    near: that grid; outside of it is only what tells of the answer's drift. at_rim: whether
    the rim tells of it; not when it runs through a thing that the answer drew anew. won: share
    of the error at the rim that this way takes away.
    """

    to_answer: Matrix
    bend: Floats | None
    seen: Sight
    near: Neighbourhood
    at_rim: bool = True
    won: float = 0.0


def aligned(grids: Grids, answer: Answer, start: Matrix) -> Alignment | None:
    """Find the way to an answer. None where it shows something else than the source.

    start: the way by its placement, kept where nothing is better.
    """
    judge = _Judge(grids.near, answer, start)
    if registration.flat(grids.frame):
        if rim.step(grids.near, judge.seen.soft, judge.ring(judge.seen)) > SAME_COLOUR:
            return None
    else:
        ways, likeness = _searched(grids.frame, answer, start, _FAR)
        if likeness < ALIKE:
            return None
        telling = _telling(grids, answer, ways[0])
        if telling is not grids:
            if not _tells(telling.near, grids.near):
                return _by_what_is_left(telling, answer, ways[0])
            grids, judge = telling, _Judge(telling.near, answer, start)
        if _settled(ways, grids.wide, answer, judge):
            return judge.told(None, judge.seen)
    if _agreed(grids.wide, answer, judge) >= _ONE_RULE:
        return judge.told(None, judge.seen)
    judge.hear(_searched(grids.small, answer, judge.best, _NEAR)[0][0])
    judge.hear(_searched(grids.small, answer, judge.best, _NEAR, _CLOSE)[0][0])
    flow = registration.flow(grids.wide, sight(grids.wide, answer, judge.best))
    bend = _bend(grids, flow) if flow else None
    if bend is not None:
        crooked = bent(grids.near, judge.seen, bend)
        if judge.error(crooked) < judge.least * _BEND_GAIN:
            return judge.told(bend, crooked)
    return judge.told(None, judge.seen)


def _telling(grids: Grids, answer: Answer, there: Matrix) -> Grids:
    """The grids without what the answer drew anew; the same where it drew nothing beside the rim.

    there: the way that the frame tells.
    """
    found = rule(grids.frame, sight(grids.frame, answer, there))
    if found is None:
        return grids

    def of(near: Neighbourhood) -> Neighbourhood:
        kept = unchanged(found, grids.frame, near, sight(near, answer, there))
        return without(near, kept)

    near = of(grids.near)
    ring = near.away <= RING
    if np.array_equal(near.outside & ring, grids.near.outside & ring):
        return grids
    return Grids(grids.frame, near, of(grids.small), of(grids.wide))


def _tells(near: Neighbourhood, whole: Neighbourhood) -> bool:
    """Whether enough of the rim is left to judge by."""
    left = np.count_nonzero(near.outside & (near.away <= RING))
    return bool(left >= _LEFT * np.count_nonzero(whole.outside & (whole.away <= RING)))


def _by_what_is_left(grids: Grids, answer: Answer, there: Matrix) -> Alignment:
    """Follow the flow of all that was not drawn anew."""
    for _ in range(2):
        flow = registration.flow(grids.wide, sight(grids.wide, answer, there))
        found = registration.similarity(flow, grids.wide.outside, _AGREE) if flow else None
        if found is not None and found[1] >= _ONE_RULE:
            there = times(_in_source(grids.wide, found[0]), there)
    return Alignment(there, None, sight(grids.near, answer, there), grids.near, at_rim=False)


class _Judge:
    """Holds the best way so far and what it leaves at the rim."""

    def __init__(self, near: Neighbourhood, answer: Answer, start: Matrix) -> None:
        self._near = near
        self._answer = answer
        self.best = start
        self.seen = sight(near, answer, start)
        self._reach = max(float(near.depth.max()), RING)
        self.least, self._around = self._steps(self.seen)
        self._first = self.least

    def hear(self, *ways: Matrix) -> bool:
        """Take the best of some ways if it is better."""
        sights = [sight(self._near, self._answer, there) for there in ways]
        steps = [self._steps(seen) for seen in sights]
        error, first = min((error, number) for number, (error, _) in enumerate(steps))
        better = error < min(self.least * GAIN, self.least - _SEEN)
        if better and self._holds(steps[first][1]):
            self.best, self.seen, self.least = ways[first], sights[first], error
            return True
        return False

    def told(self, bend: Floats | None, seen: Sight) -> Alignment:
        """The best way as it is passed on, with a bend that goes on top of it."""
        won = 1 - self.least / self._first if self._first > 0 else 0.0
        return Alignment(self.best, bend, seen, self._near, won=won)

    def ring(self, seen: Sight) -> NDArray[np.bool_]:
        return rim.beside(self._near, seen)

    def error(self, seen: Sight) -> float:
        """The step at the rim that colours cannot mend."""
        return self._steps(seen)[0]

    def _holds(self, around: float) -> bool:
        """Whether a way is better than the placement also as far outside as the mask goes in.

        Where things moved on their own, one may suit the rim by chance; inside it is then no
        better than as far on the other side. around: what it leaves there.
        """
        return around < self._around * GAIN

    def _steps(self, seen: Sight) -> tuple[float, float]:
        """What colours cannot mend at the rim, and as far outside as the mask goes in."""
        wide = rim.beside(self._near, seen, RING)
        if not wide.any():
            return 1.0, 1.0
        line = colour.line(seen.soft, self._near.soft, wide)
        return self._left(line, seen, rim.BESIDE), self._left(line, seen, self._reach)

    def _left(self, line: Curve, seen: Sight, within: float) -> float:
        places = np.flatnonzero(rim.beside(self._near, seen, within))
        places = places[:: max(1, len(places) // _LOOKED)]
        came, source = (plane.reshape(-1, 3)[places] for plane in (seen.soft, self._near.soft))
        return rim.apart(line.of(came), source)


def _searched(
    near: Neighbourhood, answer: Answer, start: Matrix, reach: float, ring: float = FAR
) -> tuple[list[Matrix], float]:
    """The best way and its rivals, and the likeness of the best."""
    found = registration.search(near, sight(near, answer, start), reach, ring)
    moves = (found.move, *found.rivals)
    return [times(_in_source(near, move), start) for move in moves], found.likeness


def _settled(ways: list[Matrix], wide: Neighbourhood, answer: Answer, judge: _Judge) -> bool:
    """Try the ways of a search until one is sure, and tell whether one is.

    One step of the search is coarse where things repeat, so each is followed to where it leads;
    on the wrong line of letters the flow does not agree with itself.
    """
    for there in ways:
        led, share = _led(wide, answer, there)
        # Together: of a smooth picture the first takes all that counts as better.
        judge.hear(there, led)
        if share >= _SURE:
            return True
    return False


def _agreed(wide: Neighbourhood, answer: Answer, judge: _Judge) -> float:
    """Follow the flow around the mask, twice if it leads nearer; the share that agrees on it."""
    share, nearer = _followed(wide, answer, judge)
    return _followed(wide, answer, judge)[0] if nearer else share


def _followed(wide: Neighbourhood, answer: Answer, judge: _Judge) -> tuple[float, bool]:
    there, share = _led(wide, answer, judge.best)
    return share, there is not judge.best and judge.hear(there)


def _led(wide: Neighbourhood, answer: Answer, start: Matrix) -> tuple[Matrix, float]:
    """Where the flow around the mask leads to, and the share that agrees; start where to none."""
    reach = max(24.0, 0.12 * float(max(wide.size)))
    flow = registration.flow(wide, sight(wide, answer, start))
    found = registration.similarity(flow, wide.away <= reach, _AGREE) if flow else None
    if found is None or found[1] < _HEARD:
        return start, 0.0
    return times(_in_source(wide, found[0]), start), found[1]


def _in_source(near: Neighbourhood, move: Matrix) -> Matrix:
    """A move between working pixels as one between source pixels."""
    return times(times(back(near.to_source), move), near.to_source)


def _bend(grids: Grids, flow: Flow) -> Floats | None:
    """What the flow at the rim tells, carried along it and fading inward."""
    near = grids.near
    factor = near.size.width / grids.wide.size.width
    steps = cv.resize(flow.steps, near.size, "area") * factor
    known = cv.resize(flow.trusted.view(np.uint8), near.size, "nearest").view(np.bool_)
    ring = near.outside & (near.away <= _BEND_RING)
    known = known & ring & (np.abs(steps).max(axis=2) <= _MOST_BEND)
    if np.count_nonzero(known) < _BEND_KNOWN * max(int(np.count_nonzero(ring)), 1):
        return None
    bend: Floats = rim.spread(steps, known, _BEND_CARRIED) * rim.inward(near, _BEND_FADE)
    return bend

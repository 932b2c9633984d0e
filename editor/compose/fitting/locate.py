"""Where an answer made elsewhere belongs: found by what it shows, whole frame or crop."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.edits.framing import taken
from editor.imaging import cv, matching
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.imaging.resample import fitted, resized
from editor.imaging.window import seen

LOOK = 1000
"""Longest side at which pictures are compared: finer detail is redrawn by every model."""

SCALES = (0.45, 2.2)
"""Picture over answer, both at the size they are looked at: a half to twice, with some slack."""

STRETCH = 1.25
"""How much more one side may be scaled than the other before marks no longer match; an answer that
was stretched more is looked at in the picture's shape as well."""

TURN = 15.0
"""Degrees by which two places may be turned against each other; frames are not turned at all."""

NEAR = 0.012
"""Share of the longest side within which two places agree: redrawn things move."""

LEAST = 14
"""Places that must agree; unrelated pictures reach half of that."""

CELLS = 4
"""Fields across and down over which they must be spread..."""

SPREAD = 5
"""...and how many fields they must reach."""

SQUEEZED = 0.15
"""Logarithm of the stretch from which the picture's shape is tried as well."""

USUAL = 0.045
"""Share of the longest side by which a window may miss a usual one to be taken for it: what was
redrawn has drifted, and how far is found by the join."""

MOST = 2000
"""Places looked for in each picture."""

CLEAR = 0.85
"""Distance of the best mark over that of the second best from which a place is not clear."""

TRIES = 3000
"""Pairs of places of which a frame is guessed."""


UNFOUND = (
    "Nothing in that picture could be matched, so it lies where its shape fits; look at its place."
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """picture = answer * (across, down) + (left, top), in pixels of what was looked at."""

    across: float
    down: float
    left: float
    top: float

    def off(self, here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
        """By how much each place misses the one it was matched with."""
        moved = here * (self.across, self.down) + (self.left, self.top)
        return np.asarray(np.abs(moved - there).max(axis=1), np.float64)

    @property
    def plausible(self) -> bool:
        low, high = SCALES
        inside = low <= self.across <= high and low <= self.down <= high
        return inside and abs(math.log(self.across / self.down)) <= math.log(STRETCH)


@dataclass(frozen=True, slots=True)
class _Frames:
    """Between windows of the source and frames: view was looked at as part, beside answer."""

    view: Rect
    part: Size
    answer: Size

    def window(self, frame: _Frame) -> Rect:
        """In whole pixels of the source."""
        across, down = self._factors
        right = frame.left + frame.across * self.answer.width
        bottom = frame.top + frame.down * self.answer.height
        return Rect(
            self.view.left + round(frame.left / across),
            self.view.top + round(frame.top / down),
            self.view.left + round(right / across),
            self.view.top + round(bottom / down),
        )

    @property
    def _factors(self) -> tuple[float, float]:
        return (
            self.part.width / self.view.size.width,
            self.part.height / self.view.size.height,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """at: (n, 2) pixels. turned: (n) degrees. marks: (n, 128), of length 1."""

    at: NDArray[np.float64]
    turned: NDArray[np.float32]
    marks: NDArray[np.float32]


def belonging(base: Raster, answer: Raster, guess: Placement) -> tuple[Placement, str]:
    """Where an answer made elsewhere goes, and a sentence when that is not certain.

    As located; one that is found nowhere takes the place of the guess or, in its shape, of the
    whole picture.
    """
    found = located(base, answer, guess)
    if found is not None:
        return found, ""
    placement, said = taken(guess, answer.size)
    frame, other = taken(Placement(whole(base.size), base.size), answer.size)
    if said and not other:
        return frame, UNFOUND
    return placement, said or UNFOUND


def located(base: Raster, answer: Raster, guess: Placement) -> Placement | None:
    """Where an answer belongs on a picture; None when too little of it is found there.

    guess: where it would be without looking; its surroundings are looked at first, then the
    whole picture. What was found is taken for the guess, for the whole frame or for a crop from
    its middle where it is near them. The window has the answer's shape or, where a service
    stretched it, another; it may leave the picture. Deterministic. Takes about half a second:
    call it off the GUI thread.

    Places are matched by SIFT (Lowe, 2004) and agree on a scale for each side and a shift, by
    random samples (Fischler and Bolles, 1981); the middle of those that agree is fitted.
    """
    for view in _views(base.size, guess):
        part = fitted(Raster(seen(base.pixels, view)), Size(LOOK, LOOK))
        there = _places(part)
        longest = max(part.size)
        small = fitted(answer, Size(longest, longest))
        shapes = [small, resized(small, _shaped(part.size, max(small.size)))]
        for look in shapes[: 1 if _alike(small.size, part.size) else 2]:
            frames = _Frames(view, part.size, look.size)
            window = _window(there, _places(look), frames, _usual(base.size, answer.size, guess))
            if window is not None and _within(window, view, base.size):
                return Placement(window, answer.size)
    return None


def _views(picture: Size, guess: Placement) -> Iterator[Rect]:
    around = guess.window.grown(max(guess.window.size) // 4).clipped(picture)
    if around.size.area * 4 <= picture.area:
        yield around
    yield whole(picture)


def _usual(picture: Size, answer: Size, guess: Placement) -> list[Rect]:
    """What services send back: what they got, all of it in another shape, or its middle."""
    factor = min(picture.width / answer.width, picture.height / answer.height)
    wide, high = round(answer.width * factor), round(answer.height * factor)
    left, top = (picture.width - wide) // 2, (picture.height - high) // 2
    return [guess.window, whole(picture), Rect(left, top, left + wide, top + high)]


def _shaped(shape: Size, longest: int) -> Size:
    factor = longest / max(shape)
    return Size(max(round(shape.width * factor), 1), max(round(shape.height * factor), 1))


def _alike(one: Size, other: Size) -> bool:
    """Whether two shapes are so near that marks match from one to the other."""
    return abs(math.log(one.width * other.height / (one.height * other.width))) < SQUEEZED


def _places(raster: Raster) -> _Places:
    grey = cv.reordered(raster.pixels, "bgra grey")
    at, turned, marks = matching.features(grey, MOST)
    # Square roots tell marks apart better (Arandjelovic and Zisserman, 2012).
    marks = np.sqrt(marks / np.maximum(marks.sum(axis=1, keepdims=True), 1e-9))
    return _Places(at.astype(np.float64), turned, marks)


def _pairs(one: _Places, other: _Places) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places of both that are each other's best and clearly better than any second one."""
    if len(one.at) < LEAST or len(other.at) < LEAST:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    alike = one.marks @ other.marks.T
    best, back = alike.argmax(axis=1), alike.argmax(axis=0)
    rows = np.arange(len(best))
    first = alike[rows, best]
    alike[rows, best] = -1
    clear = 1 - first < CLEAR**2 * (1 - alike.max(axis=1))
    turned = np.abs((one.turned - other.turned[best] + 180) % 360 - 180)
    kept = np.flatnonzero(clear & (back[best] == rows) & (turned <= TURN))
    return kept, best[kept]


def _window(picture: _Places, answer: _Places, frames: _Frames, usual: list[Rect]) -> Rect | None:
    """The window on which enough places agree, spread over enough of the answer."""
    ours, theirs = _pairs(answer, picture)
    here, there = answer.at[ours], picture.at[theirs]
    near = NEAR * max(frames.part)
    kept = _agreeing(here, there, near)
    found = _Frame(1.0, 1.0, 0.0, 0.0)
    for share in (1.0, 0.7, 0.7):
        if kept.sum() < LEAST:
            return None
        across, left = _line(here[kept, 0], there[kept, 0])
        down, top = _line(here[kept, 1], there[kept, 1])
        found = _Frame(across, down, left, top)
        kept = found.off(here, there) <= near * share
    if kept.sum() < LEAST or not found.plausible or not _spread(here[kept], frames.answer):
        return None
    window = frames.window(found)
    return next((known for known in usual if _near(window, known)), window)


def _within(window: Rect, view: Rect, picture: Size) -> bool:
    """Whether a view shows most of what was found in it; the whole picture shows all there is."""
    seen_part = window.common(view).size.area
    return view == whole(picture) or seen_part >= 0.7 * window.size.area


def _near(one: Rect, other: Rect) -> bool:
    far = max(abs(a - b) for a, b in zip(one, other, strict=True))
    return far <= USUAL * max(other.size)


def _agreeing(
    here: NDArray[np.float64], there: NDArray[np.float64], near: float
) -> NDArray[np.bool_]:
    """The largest set of places that agree on one frame, of many guesses from two places each."""
    best = np.zeros(len(here), bool)
    if len(here) < LEAST:
        return best
    chance = np.random.default_rng(0)
    one, other = chance.integers(0, len(here), (2, TRIES))
    apart, spread = here[other] - here[one], there[other] - there[one]
    far = (np.abs(apart) > 4 * near).all(axis=1)
    one, apart, spread = one[far], apart[far], spread[far]
    scales = spread / apart
    low, high = SCALES
    good = ((scales >= low) & (scales <= high)).all(axis=1)
    bend = np.abs(np.log(np.maximum(scales[:, 0], 1e-9) / np.maximum(scales[:, 1], 1e-9)))
    good &= bend <= np.log(STRETCH)
    one, scales = one[good], scales[good]
    for start, scale in zip(one, scales, strict=True):
        off = np.abs((here - here[start]) * scale + there[start] - there).max(axis=1)
        agree = off <= near
        if agree.sum() > best.sum():
            best = agree
    return best


def _line(here: NDArray[np.float64], there: NDArray[np.float64]) -> tuple[float, float]:
    """Scale and shift that fit best."""
    middle = here.mean()
    spread = ((here - middle) ** 2).sum()
    scale = float(((here - middle) * there).sum() / max(spread, 1e-9))
    return scale, float(there.mean() - scale * middle)


def _spread(places: NDArray[np.float64], size: Size) -> bool:
    cells = np.minimum((places / size * CELLS).astype(int), CELLS - 1)
    return len(np.unique(cells, axis=0)) >= SPREAD

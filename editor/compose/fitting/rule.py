"""Rule: the one by which the colours of a whole frame changed, and what was drawn anew in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import colour
from editor.compose.fitting.colour import Curve
from editor.compose.fitting.neighbourhood import Neighbourhood, Sight
from editor.compose.fitting.placed import at
from editor.compose.patch import Where
from editor.imaging import cv

Floats = NDArray[np.float32]

CONSISTENT = 0.02
"""Median difference, share of full, left in a frame that changed by one rule."""

ANEW = 0.09
"""Difference that no drift leaves once the rule is applied: another thing is there."""

_ENOUGH = 0.2
# Share of the frame that must be seen outside.

_EDGE, _ROOM = 3, 5
# Working pixels: edges that do not quite meet are narrower; around what is new the colours blend.


def rule(frame: Neighbourhood, whole: Sight) -> Curve | None:
    """The rule by which the whole frame changed, None if it did not by one.

    whole: the aligned answer in the grid of the frame.
    """
    where = frame.outside & whole.there
    if np.count_nonzero(where) < _ENOUGH * where.size:
        return None
    found = colour.curve(whole.soft, frame.soft, where, places(frame, frame))
    left = np.abs(_under(found, frame, frame, whole) - frame.soft)[where]
    return found if float(np.median(left)) < CONSISTENT else None


def from_afar(frame: Neighbourhood, whole: Sight) -> Curve | None:
    """What the frame alone tells that lies half as far outside as the mask goes in, or farther.

    The rim may then judge it: one rule holds there as well. None where too little lies so far.
    """
    far = frame.away > frame.depth.max() / 2
    where = frame.outside & whole.there & far
    if np.count_nonzero(where) < _ENOUGH * where.size:
        return None
    return colour.curve(whole.soft, frame.soft, where, places(frame, frame))


def unchanged(found: Curve, frame: Neighbourhood, near: Neighbourhood, seen: Sight) -> Where:
    """Where a grid shows what it showed before, but for the rule: (rows, cols).

    What is painted may reach into a thing that the answer drew anew; the rest of that thing lies
    outside, and tells neither where the answer lies nor how its colours changed.
    """
    differs = np.abs(_under(found, frame, near, seen) - near.soft).mean(axis=2)
    anew = (near.outside & seen.there & (differs > ANEW)).view(np.uint8)
    # Opened, so that edges that are a little off are no new thing, then widened.
    core = 1 - cv.dilate(1 - anew, cv.disc(_EDGE))
    kept: Where = cv.dilate(core, cv.disc(_EDGE + _ROOM)) == 0
    return kept


def without(near: Neighbourhood, kept: Where) -> Neighbourhood:
    """A neighbourhood in which only some of what is outside counts."""
    return replace(near, outside=near.outside & kept)


def places(near: Neighbourhood, frame: Neighbourhood) -> Floats:
    """Where the pixels of a grid lie in the frame: (rows, cols, 2), -1..1 over it."""
    (left, top), scale = at(near.to_source, 0, 0), near.to_source[[0, 1], [0, 1]]
    xs = left + scale[0] * np.arange(near.size.width) - frame.rect.left
    ys = top + scale[1] * np.arange(near.size.height) - frame.rect.top
    width, height = frame.rect.size
    grid = np.meshgrid(xs / width * 2 - 1, ys / height * 2 - 1)
    return np.stack(grid, axis=-1).astype(np.float32)


def _under(found: Curve, frame: Neighbourhood, near: Neighbourhood, seen: Sight) -> Floats:
    colours: Floats = found.of(seen.soft) * found.shaded(places(near, frame))
    return colours

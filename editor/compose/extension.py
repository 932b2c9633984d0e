"""Extension: a picture on a larger canvas, its edges continued softly into the new area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Native, Samples
from editor.imaging.window import seen
from editor.mask.plane import Coverage

SOFT = 24.0
"""Sigma in pixels at most: streaks of single pixels would be taken for something to draw on."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Pixels added at each side of a picture, 0 or more."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    @staticmethod
    def between(frame: Rect, size: Size) -> Sides:
        """What a frame adds to a picture of this size, whose corner is at 0, 0."""
        return Sides(-frame.left, -frame.top, frame.right - size.width, frame.bottom - size.height)

    def __bool__(self) -> bool:
        """Whether anything is added."""
        return self != Sides()

    def around(self, size: Size) -> Rect:
        """The new canvas, counted from the corner of the old one."""
        return Rect(-self.left, -self.top, size.width + self.right, size.height + self.bottom)

    def inside(self, size: Size) -> Rect:
        """The old picture of this size on the new canvas."""
        return Rect(self.left, self.top, self.left + size.width, self.top + size.height)


def extended(source: Native, sides: Sides) -> Native:
    """The source at its offset, every sample of it as it was."""
    size = Size(source.samples.shape[1], source.samples.shape[0])
    samples = cast("Samples", seen(source.samples, sides.around(size)))
    left, top, right, bottom = sides.inside(size)
    # A new side repeats one line of the picture, so that line is all that needs to be softened.
    for side, width in ((samples[:top], sides.top), (samples[bottom:], sides.bottom)):
        if width:
            side[:] = _softened(side[:1], width)
    for side, width in ((samples[:, :left], sides.left), (samples[:, right:], sides.right)):
        if width:
            side[top:bottom] = _softened(side[top:bottom, :1], width)
    return Native(samples, source.profile)


def _softened(line: Samples, width: int) -> Samples:
    """One row or column as it goes on into a side of this width."""
    soft = cv.gaussian(np.ascontiguousarray(line), min(SOFT, width / 4 + 0.5))
    return cast("Samples", soft.reshape(line.shape))


def new_area(coverage: Coverage, sides: Sides) -> Coverage:
    """A mask of the new canvas: what was painted at its offset, and all of the new area."""
    size = Size(coverage.shape[1], coverage.shape[0])
    around = sides.around(size)
    result = np.full((around.size.height, around.size.width), 255, np.uint8)
    result[sides.inside(size).rows_cols] = coverage
    return result

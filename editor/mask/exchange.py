"""Masks as pictures: the exact alpha mask that is written, and any mask that is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from editor.errors import InputProblem
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.png import BandedPng
from editor.imaging.raster import Raster
from editor.mask.patch import Coverage

LEVEL = 128
"""Coverage from which a pixel is edited in the exact mask; the soft mask keeps all levels."""

GREY = 24
"""Channel difference up to which a pixel counts as grey: JPEG stains black and white."""

DUAL = (False, False, False, True)
"""Of red, green, blue and alpha, which hold 255 less the coverage."""

STRAY = 0.02
"""Share of coloured or half-clear pixels that a mask may have, from compression and scaling."""

ENDS = 16
"""Distance from black or white that counts as black or white, in masks without alpha."""

ASPECT = 0.02
"""Relative difference of aspect up to which a mask of another size is fitted."""


OTHER_SHAPE = "The mask is {mask} and the picture {picture}: the shapes differ, so it was not used."

NO_MASK = "This picture is no mask: it needs transparency, or black and white; nothing changed."

NO_ALPHA = (
    "Nothing in this mask is transparent, so that does not say what may change; nothing changed."
)

ONE_LEVEL = "The mask is the same all over, so it does not say what may change; nothing changed."


class Polarity(Enum):
    """What a mask picture marks as the area to edit."""

    CLEAR = "transparent"
    SOLID = "opaque"
    WHITE = "white"
    BLACK = "black"

    @property
    def other(self) -> Polarity:
        """The same picture read the other way round."""
        return _OTHER[self]


_OTHER = {
    Polarity.CLEAR: Polarity.SOLID,
    Polarity.SOLID: Polarity.CLEAR,
    Polarity.WHITE: Polarity.BLACK,
    Polarity.BLACK: Polarity.WHITE,
}

_READ_AS = {
    Polarity.CLEAR: "Read as a transparent mask: what is transparent may change.",
    Polarity.SOLID: "Read as paint on a transparent ground: what is opaque may change.",
    Polarity.WHITE: "Read as black and white: what is white may change.",
    Polarity.BLACK: "Read as black and white: what is black may change.",
}


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A mask that was read.

    coverage: (rows, cols) of the picture it is for, read-only. how: one sentence that says
    how it was read, as templates of `editor.errors.Problem` are. fitted_from: its own size
    when it was another and has been scaled, else None. placed: the part of the picture that it
    was read for, None for all of it.
    """

    coverage: Coverage
    polarity: Polarity
    how: str
    fitted_from: Size | None = None
    placed: Rect | None = None


def from_raster(
    raster: Raster,
    size: Size,
    *,
    polarity: Polarity | None = None,
    window: Rect | None = None,
    stretch: bool = False,
) -> Found:
    """Read any mask: with alpha, or black and white of either polarity.

    size: of the picture the mask is for. A mask of another size but the same shape is
    scaled. polarity: what it marks, None to find that out. window: the part of the picture it is
    for; the rest is kept. stretch: one of another shape is scaled as well. Raises InputProblem
    when the picture is no mask, or not of that polarity's kind, or has another shape, or when
    it is the same all over and only the polarity could tell whether that may change.
    """
    target = size if window is None else window.size
    if not stretch:
        check_shape(raster.size, target)
    coverage, polarity = _read(raster.pixels, polarity)
    fitted_from = None
    if raster.size != target:
        fitted_from = raster.size
        shrinks = target.area < raster.size.area
        coverage = cv.resize(coverage, target, "area" if shrinks else "linear")
    if window is not None:
        part, coverage = coverage, np.zeros((size.height, size.width), np.uint8)
        coverage[window.rows_cols] = part
    coverage.flags.writeable = False
    return Found(coverage, polarity, _READ_AS[polarity], fitted_from, window)


def _read(pixels: NDArray[np.uint8], polarity: Polarity | None) -> tuple[Coverage, Polarity]:
    alpha = pixels[..., 3]
    clear = alpha.max() < ENDS
    telling = alpha.min() < ENDS <= 255 - ENDS < alpha.max()
    if polarity is None:
        if clear and pixels[..., :3].min() > 255 - ENDS:
            return np.invert(alpha), Polarity.CLEAR  # an exact mask that lets everything change
        return _from_alpha(pixels) if telling else _from_grey(pixels)
    if polarity in {Polarity.WHITE, Polarity.BLACK}:
        levels = _levels(pixels, even=True)
    elif telling or clear:
        levels = alpha.copy()
    else:
        raise InputProblem(NO_ALPHA)
    solid = polarity in {Polarity.WHITE, Polarity.SOLID}
    return (levels if solid else np.invert(levels)), polarity


def check_shape(mask: Size, picture: Size) -> None:
    """Raise InputProblem unless a mask of this size can be fitted to the picture."""
    stretch = mask.width * picture.height / (mask.height * picture.width)
    if abs(stretch - 1) > ASPECT:
        raise InputProblem(
            OTHER_SHAPE,
            mask=f"{mask.width}x{mask.height}",
            picture=f"{picture.width}x{picture.height}",
        )


def _from_alpha(pixels: NDArray[np.uint8]) -> tuple[Coverage, Polarity]:
    """Transparent is edited, as providers have it, unless it is plainly paint on nothing.

    Paint on nothing: most of the picture and of its border is transparent, and what is
    opaque has one colour that is not black (black is how providers' own masks keep).
    """
    alpha = pixels[..., 3]
    solid = alpha >= LEVEL
    if solid.mean() < 0.5 and _border(solid).mean() < 0.5:
        colours = pixels[solid][:, :3]
        plain = np.ptp(colours, axis=0).max() <= GREY
        if plain and colours.max() > GREY:
            return alpha.copy(), Polarity.SOLID
    return np.invert(alpha), Polarity.CLEAR


def _from_grey(pixels: NDArray[np.uint8]) -> tuple[Coverage, Polarity]:
    """White is edited, as most programs have it, unless white is most of picture and border."""
    levels = _levels(pixels)
    bright = levels >= LEVEL
    if bright.mean() > 0.5 and _border(bright).mean() > 0.5:
        return np.invert(levels), Polarity.BLACK
    return levels, Polarity.WHITE


def _levels(pixels: NDArray[np.uint8], *, even: bool = False) -> Coverage:
    """Black to white as 0 to 255, the stains of compression taken out.

    Those lie beside black and white. Where more of the picture lies between, as at soft rims,
    all levels are meant. even: all black and all white are masks too.
    """
    colours = pixels[..., :3]
    stained = colours.max(axis=2) - colours.min(axis=2) > GREY
    grey = colours[..., 1]
    black, white = grey < ENDS, grey > 255 - ENDS
    one = bool(black.all() or white.all())
    if stained.mean() > STRAY or not (one or (black.any() and white.any())):
        raise InputProblem(NO_MASK)
    if one and not even:
        raise InputProblem(ONE_LEVEL)
    ends = black | white
    beside = np.count_nonzero(ends) - np.count_nonzero((grey == 0) | (grey == 255))
    if beside <= grey.size - np.count_nonzero(ends):
        return grey.copy()
    return np.where(black, 0, np.where(white, 255, grey)).astype(np.uint8)


def _border(marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The outermost pixels: what is kept usually reaches the border, what is edited not."""
    return np.concatenate([marks[0], marks[-1], marks[:, 0], marks[:, -1]])


def binary(coverage: Coverage) -> Coverage:
    """255 where the coverage is at least 128, else 0."""
    return np.greater_equal(coverage, LEVEL).view(np.uint8) * np.uint8(255)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a mask becomes a file that readers of alpha and readers of luminance both understand.

    Edit is (255, 255, 255, 0), keep is (0, 0, 0, 255). soft: grey is the coverage and alpha
    255 - coverage, so that the ends are the same and nothing between is lost. grey: black and
    white without alpha, white may change, for programs that know no alpha.
    """

    soft: bool = False
    grey: bool = False


def to_png(coverage: Coverage, *, soft: bool = False, grey: bool = False) -> bytes:
    """The exact mask file in the size of the coverage: RGBA, or one channel for grey."""
    size = Size(coverage.shape[1], coverage.shape[0])
    return MaskExporter(size, Manner(soft, grey)).to_png(coverage)


class MaskExporter:
    """Writes the mask file of one picture again and again, each time only what has changed."""

    def __init__(self, size: Size, manner: Manner) -> None:
        self._manner = manner
        self._coverage: Coverage = np.empty((0, 0), np.uint8)
        self._png = BandedPng(size, self._rows, turned=() if manner.grey else DUAL)

    def changed(self, rect: Rect) -> None:
        """Tell that the coverage has changed in a rectangle since the last file."""
        self._png.changed(rect.top, rect.bottom)

    def to_png(self, coverage: Coverage) -> bytes:
        """The file for this coverage; outside the changed rectangles it is the last one's."""
        self._coverage = coverage
        return self._png.to_bytes()

    def _rows(self, top: int, bottom: int) -> Coverage:
        part = self._coverage[top:bottom]
        return part if self._manner.soft else binary(part)

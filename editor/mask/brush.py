"""Round brush: stamps of coverage at subpixel places, built when the brush is made."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from editor.mask.feel import Pressure
from editor.mask.patch import Coverage

PENCIL = 2.0
"""Below this diameter dabs stay on whole pixels: between them no pixel would be painted fully."""

FINE = 64.0
"""Up to this diameter stamps are kept at quarter pixels, then at half pixels, for wide dabs at
whole pixels: finer phases are invisible there and would cost time and memory."""

DASHED = 12.0
"""Up to this diameter a stroke is set from dashes: so many tiny dabs cost more than they paint."""

DASH = 8.0
"""Length of a dash in pixels."""

ANGLES = 64
"""Directions of dashes in half a turn: the ends of a dash are off by less than 0.1 px."""

WIDE = 640.0
"""From this diameter only the part of a dab that lies ahead is painted; narrower ones stay
in the processor's cache, where painting all of it is faster than asking."""

BAND = 240
"""Rows of the parts in which a wide dab is looked at: with fewer the calls cost more than the paint
that they save."""

ROWS = 32
"""Rows of a kernel that are measured at a time."""

PRESSES = 32
"""Steps of pen pressure, so that a pen needs no more than so many nibs."""

MOST_NIBS = 3 * PRESSES
"""Nibs that are kept: as many as the build of one brush makes, whatever the pressure changes."""

FAINT = 4
"""Steps of pressure that a wide dab takes at once in strength: each is a kernel of megabytes."""

Field = NDArray[np.float32]
Part = tuple[int, int, int, int]
"""Left, top, right, bottom of a part of a kernel, counted from its middle."""


@dataclass(frozen=True, slots=True, eq=False)
class Stamp:
    """One shape at every subpixel phase.

    kernels: phases * phases of them, row by row, each (side, side) with side 2 * reach + 1,
    0..255. To stamp at (x, y) take the phase of (x, y) within its pixel and put the middle
    of the kernel on that pixel. A kernel of an eraser holds what may remain.
    """

    kernels: Sequence[Coverage]
    reach: int
    phases: int

    def weaker(self, strength: float) -> Stamp:
        """The same shape covering less. strength: 0.0 to 1.0."""
        less = np.round(np.arange(256) * strength).astype(np.uint8)
        return Stamp([less[kernel] for kernel in self.kernels], self.reach, self.phases)

    def inverted(self) -> Stamp:
        """The eraser of the same shape."""
        return Stamp([~kernel for kernel in self.kernels], self.reach, self.phases)


class Nib:
    """Everything that is stamped with one diameter, hardness and strength.

    spacing: pixels between dabs, so that the scallop between two of them stays under 0.1 px
    of the rim. dashes: short strokes by direction, half a turn of them, for small diameters.
    bands: the parts of a wide dab that cover anything. core: up to so many pixels from its
    middle it covers all that it can.
    """

    dab: Stamp
    dashes: tuple[Stamp, ...]

    def __init__(
        self, diameter: float, hardness: float, *, erase: bool, strength: float = 1.0
    ) -> None:
        radius = diameter / 2
        fade = max(1.0, (1 - hardness) * radius)
        step = diameter / (4 if hardness >= 0.9 else 10)
        self.spacing = max(1.0, min(step, math.sqrt(0.4 * diameter * fade)))
        if erase or strength < 1:
            full = nib(diameter, hardness, False)
            self.dab, self.dashes = full.dab, full.dashes
        else:
            self.dab = _dab(radius, fade)
            self.dashes = tuple(_dashes(radius, fade)) if PENCIL <= diameter <= DASHED else ()
        if strength < 1:
            self.dab = self.dab.weaker(strength)
            self.dashes = tuple(dash.weaker(strength) for dash in self.dashes)
        self.bands: tuple[Part, ...] = ()
        self.core = 0
        if diameter >= WIDE:
            spoke = self.dab.kernels[0][self.dab.reach, self.dab.reach :]
            self.bands = tuple(_bands(int(np.count_nonzero(spoke))))
            self.core = int(np.count_nonzero(spoke == spoke[0])) - 1
        if erase:
            self.dab = self.dab.inverted()
            self.dashes = tuple(dash.inverted() for dash in self.dashes)


@dataclass(frozen=True, slots=True)
class Brush:
    """What a stroke is painted with.

    diameter: picture pixels, at least 1. hardness: 1 has a sharp rim, 0 fades from the
    centre. erase: takes coverage away. pressure: what that of a pen changes. Making a brush
    builds its stamps.
    """

    diameter: float
    hardness: float = 0.8
    erase: bool = False
    pressure: Pressure = "size"
    nib: Nib = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        assert self.diameter >= 1
        assert 0 <= self.hardness <= 1
        object.__setattr__(self, "nib", nib(self.diameter, self.hardness, self.erase))

    def pressed(self, level: int) -> Nib:
        """The nib under a pen pressure of level / PRESSES."""
        if level >= PRESSES or self.pressure == "off":
            return self.nib
        diameter, faint = self.diameter, PRESSES
        if self.pressure != "strength":
            diameter = max(1.0, diameter * level / PRESSES)
        if self.pressure != "size":
            at_once = FAINT if self.diameter >= WIDE else 1
            faint = math.ceil(level / at_once) * at_once
        fainter = (faint / PRESSES,) if faint < PRESSES else ()
        return nib(diameter, self.hardness, self.erase, *fainter)

    def build(self) -> None:
        """Build the nibs of every pressure, to paint and to erase, before a stroke needs them.

        May run in a thread.
        """
        for brush in (self, replace(self, erase=not self.erase)):
            for level in range(1, PRESSES):
                brush.pressed(level)


@lru_cache(maxsize=MOST_NIBS)
def nib(diameter: float, hardness: float, erase: bool, strength: float = 1.0) -> Nib:
    """The nib of a diameter, hardness and strength, kept for the next stroke."""
    return Nib(diameter, hardness, erase=erase, strength=strength)


def _dab(radius: float, fade: float) -> Stamp:
    reach = math.ceil(radius + 0.5)
    phases = _phases(2 * radius)
    places = _places(reach, phases)
    kernels: dict[tuple[int, int], Coverage] = {}
    for row in range(phases):
        for col in range(phases):
            # Opposite phases mirror each other, which is cheaper than measuring again.
            mirrored = kernels.get((phases - 1 - row, col)), kernels.get((row, phases - 1 - col))
            if mirrored[0] is not None:
                kernel = mirrored[0][::-1].copy()
            elif mirrored[1] is not None:
                kernel = mirrored[1][:, ::-1].copy()
            else:
                kernel = _disc(places[row], places[col], radius, fade)
            kernels[row, col] = kernel
    return Stamp(list(kernels.values()), reach, phases)


def _phases(diameter: float) -> int:
    if diameter < PENCIL or diameter >= WIDE:
        return 1
    return 4 if diameter <= FINE else 2


def _disc(down: Field, across: Field, radius: float, fade: float) -> Coverage:
    """Coverage over squared distances, some rows at a time so that they stay in the cache."""
    down, across = np.square(down), np.square(across)
    kernel = np.empty((down.size, across.size), np.uint8)
    for top in range(0, down.size, ROWS):
        part = down[top : top + ROWS, None] + across
        kernel[top : top + ROWS] = _profile(part, radius, fade)
    return kernel


def _dashes(radius: float, fade: float) -> list[Stamp]:
    """Round-ended strokes of length DASH through the middle, in every direction."""
    phases = 4
    reach = math.ceil(radius + 0.5 + DASH / 2)
    axis = _places(reach, phases)
    x, y = axis[None, :, None, :], axis[:, None, :, None]
    side = 2 * reach + 1
    dashes = []
    for angle in range(ANGLES):
        turn = math.pi * angle / ANGLES
        cos, sin = np.float32(math.cos(turn)), np.float32(math.sin(turn))
        along = np.maximum(np.abs(x * cos + y * sin) - np.float32(DASH / 2), 0)
        across = y * cos - x * sin
        far = np.square(along) + np.square(across)
        dashes.append(Stamp([*_profile(far, radius, fade).reshape(-1, side, side)], reach, phases))
    return dashes


def _places(reach: int, phases: int) -> Field:
    """Distances (phases, side) of a kernel's pixels from a dab's centre, along one axis."""
    offsets = ((np.arange(phases) + 0.5) / phases - 0.5).astype(np.float32)
    places: Field = np.arange(-reach, reach + 1, dtype=np.float32) - offsets[:, None]
    return places


def _bands(radius: int) -> list[Part]:
    """Rows of a disc, its radius not reached, in equal parts, each with its widest chord."""
    rows = 2 * radius - 1
    count = math.ceil(rows / BAND)
    edges = [round(rows * part / count) - radius + 1 for part in range(count + 1)]
    bands = []
    for top, bottom in pairwise(edges):
        nearest = 0 if top <= 0 < bottom else min(abs(top), abs(bottom - 1))
        chord = math.isqrt(radius * radius - nearest * nearest)
        bands.append((-chord, top, chord + 1, bottom))
    return bands


def _profile(far: Field, radius: float, fade: float) -> Coverage:
    """Coverage of squared distances: a rim one pixel wide when hard, else a smooth fade."""
    np.sqrt(far, out=far)
    np.subtract(radius + 0.5, far, out=far)
    np.multiply(far, 1 / fade, out=far)
    np.clip(far, 0, 1, out=far)
    if fade > 1:
        far *= far * (3 - 2 * far)
    np.multiply(far, 255, out=far)
    np.add(far, 0.5, out=far)
    return far.astype(np.uint8)

"""Round brush: kernels of coverage at subpixel places, built when the brush is made."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from editor.mask.patch import Coverage

FINE = 64.0
"""Up to this diameter kernels are kept at quarter pixels, above at half pixels: finer
phases are invisible there and would cost memory."""

PRESSES = 32
"""Steps of pen pressure, so that a pen needs no more than so many sets of kernels."""


class Nib:
    """The kernels of one diameter and hardness.

    kernels: one per subpixel phase, row by row; each (side, side), 0..255, side being
    2 * reach + 1. A dab centred at (x, y) takes the phase of (x, y) within its pixel and puts
    the middle of the kernel on that pixel. spacing: pixels between dabs, so that the scallop
    between two of them stays under 0.1 px of the rim.
    """

    def __init__(self, diameter: float, hardness: float) -> None:
        radius = diameter / 2
        fade = max(1.0, (1 - hardness) * radius)
        self.spacing = max(
            1.0, min(diameter / (4 if hardness >= 0.9 else 10), math.sqrt(0.4 * diameter * fade))
        )
        self.reach = math.ceil(radius + 0.5)
        self.phases = 4 if diameter <= FINE else 2
        self.kernels = _kernels(radius, fade, self.reach, self.phases)
        self.erasers = tuple(~kernel for kernel in self.kernels)


@dataclass(frozen=True, slots=True)
class Brush:
    """What a stroke is painted with.

    diameter: picture pixels, at least 1. hardness: 1 has a sharp rim, 0 fades from the
    centre. erase: takes coverage away. Making a brush builds its kernels.
    """

    diameter: float
    hardness: float = 0.8
    erase: bool = False
    nib: Nib = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        assert self.diameter >= 1
        assert 0 <= self.hardness <= 1
        object.__setattr__(self, "nib", nib(self.diameter, self.hardness))

    def pressed(self, level: int) -> Nib:
        """The nib under a pen pressure of level / PRESSES: pressure narrows the brush."""
        if level >= PRESSES:
            return self.nib
        return nib(max(1.0, self.diameter * level / PRESSES), self.hardness)


@lru_cache(maxsize=2 * PRESSES)
def nib(diameter: float, hardness: float) -> Nib:
    """The kernels of a diameter and hardness, kept for the next stroke."""
    return Nib(diameter, hardness)


def _kernels(radius: float, fade: float, reach: int, phases: int) -> tuple[Coverage, ...]:
    axis = np.arange(-reach, reach + 1, dtype=np.float32)
    squares = [np.square(axis - ((at + 0.5) / phases - 0.5)) for at in range(phases)]
    return tuple(
        _profile(down[:, None] + across, radius, fade) for down in squares for across in squares
    )


def _profile(
    field: np.ndarray[tuple[int, ...], np.dtype[np.float32]], radius: float, fade: float
) -> Coverage:
    """Coverage of squared distances: a rim one pixel wide when hard, else a smooth fade."""
    np.sqrt(field, out=field)
    np.subtract(radius + 0.5, field, out=field)
    np.multiply(field, 1 / fade, out=field)
    np.clip(field, 0, 1, out=field)
    if fade > 1:
        field *= field * (3 - 2 * field)
    np.multiply(field, 255, out=field)
    np.add(field, 0.5, out=field)
    return field.astype(np.uint8)

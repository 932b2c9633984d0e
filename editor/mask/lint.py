"""What is odd about a mask: emptiness, specks, pinholes, softness; each finding one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from editor.imaging import cv
from editor.mask.exchange import binary
from editor.mask.patch import Coverage

SPECK = 64
"""Pixels; an island or a hole up to this size is rarely meant."""

SLIGHT = 16
"""Levels from either end up to which coverage counts as hard."""

SOFT = 0.05
"""Share of soft pixels among the painted ones from which it is said."""

EMPTY = "Nothing may change: the mask is empty."
FULL = "Everything may change: no pixel is protected."
SPECKS = "Specks of at most {pixels} pixels may change ({count}): clean them if not meant."
PINHOLES = "Pinholes of at most {pixels} pixels are kept ({count}): fill them if not meant."
SOFTNESS = "{share} % of what is painted is soft; the exact mask cuts it hard, --soft keeps it."


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a mask, as template and values."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.template.format(**self.values)


def findings(coverage: Coverage) -> tuple[Finding, ...]:
    """Everything odd about a mask, most telling first; () for one that is as it should be."""
    return tuple(_found(coverage))


def _found(coverage: Coverage) -> Iterator[Finding]:
    edited = binary(coverage)
    if not coverage.any():
        yield Finding(EMPTY)
    elif coverage.min() > 0:
        yield Finding(FULL)
    if count := _small(edited):
        yield Finding(SPECKS, {"count": count, "pixels": SPECK})
    if count := _small(np.invert(edited)):
        yield Finding(PINHOLES, {"count": count, "pixels": SPECK})
    painted = int(np.count_nonzero(coverage))
    soft = int(np.count_nonzero((coverage > SLIGHT) & (coverage < 255 - SLIGHT)))
    if soft > SOFT * painted:
        yield Finding(SOFTNESS, {"share": round(100 * soft / painted)})


def _small(mask: Coverage) -> int:
    """How many islands of at most SPECK pixels there are."""
    _, islands = cv.components(mask)
    return int(np.count_nonzero(islands[1:, -1] <= SPECK))

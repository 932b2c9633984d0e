"""Ways in which a whole mask is changed, and by how much; no pixels are worked on here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Way = Literal["grow", "shrink", "feather", "smooth", "harden", "fill-holes", "drop-specks"]

MOST: Mapping[Way, int] = {
    "grow": 256,
    "shrink": 256,
    "feather": 256,
    "smooth": 64,
    "harden": 1,
    "fill-holes": 1_000_000,
    "drop-specks": 1_000_000,
}
"""The largest number each way takes: pixels of distance, or of area for the last two; hardening
has no measure."""

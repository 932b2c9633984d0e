"""Tuned: how the answer on the stage is joined, as the panel shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Way(StrEnum):
    """What a click or a stroke on the picture does to the answer that it shows."""

    OFF = "off"
    PICK = "pick"
    BRUSH = "brush"


@dataclass(frozen=True, slots=True)
class Tuned:
    """The join of the answer on the stage, for the eyes.

    edge: feather in source pixels. match: 0 as the answer came to 1 in full. edge_auto,
    match_auto: chosen by the program. widened: pixels beyond what was painted that may change;
    narrowed: painted ones that may not. template, values: what fitting did, in a line.
    """

    edge: float
    match: float
    edge_auto: bool = True
    match_auto: bool = True
    widened: int = 0
    narrowed: int = 0
    way: Way = Way.OFF
    template: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

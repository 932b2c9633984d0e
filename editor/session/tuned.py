"""Tuned: how the answer on the stage is joined, as the panel shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from editor.session.notice import Notice


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
    narrowed: painted ones that may not. told: what fitting did and found, a line each.
    """

    edge: float
    match: float
    edge_auto: bool = True
    match_auto: bool = True
    widened: int = 0
    narrowed: int = 0
    way: Way = Way.OFF
    told: tuple[Notice, ...] = ()

"""Option: one entry of a Segmented or a Combo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """What is chosen and how it is called.

    value: reported when chosen. label: shown, already translated. note: a quiet word beside
    the label. off: the reason why it cannot be chosen, "" when it can.
    """

    value: str
    label: str
    note: str = ""
    off: str = ""

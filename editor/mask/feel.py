"""Feel: what the pressure of a pen changes, and how hard it has to be pressed for that."""

from __future__ import annotations

from typing import Literal

Pressure = Literal["off", "size", "strength", "both"]
"""What the pressure of a pen changes: the diameter, how much a dab covers, or both."""

Feel = Literal["soft", "even", "firm"]

EXPONENTS: dict[Feel, float] = {"soft": 0.6, "even": 1.0, "firm": 1.7}
"""Curves from the pressure of the pen to the one that counts; nothing and all stay the same."""


def felt(pressure: float, feel: Feel) -> float:
    """The pressure that counts. pressure: 0.0 to 1.0."""
    return float(pressure ** EXPONENTS[feel])

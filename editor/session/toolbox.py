"""Toolbox: how each tool of the mask is set, remembered with the project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import get_args

from PySide6.QtCore import QObject, Signal

from editor.mask.feel import Feel, Pressure
from editor.mask.smoothing import Smoothing

MOST = 4096
"""The largest diameter in picture pixels."""

TOLERANCE = 100
"""The largest tolerance of the wand: CIE76 difference in Lab."""


@dataclass(frozen=True, slots=True)
class Setup:
    """One value for all that is set.

    sizes: diameters in picture pixels of the tools that have one, by tool; one that is missing
    has the brush's. pressure: what a pen changes by it; feel: how hard it has to be pressed.
    tolerance: of the wand, 0 to TOLERANCE. contiguous: it takes only what hangs
    together. round: the rectangle is an ellipse. by_line: an object is found by a line on it.
    """

    sizes: Mapping[str, float] = field(default_factory=dict, hash=False)
    smoothing: Smoothing = "off"
    pressure: Pressure = "size"
    feel: Feel = "even"
    tolerance: int = 16
    contiguous: bool = True
    round: bool = False
    by_line: bool = False


class Toolbox(QObject):
    """One Setup and one signal; every change is a replacement of the whole."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setup = Setup()

    def set(self, **changes: object) -> None:
        """Replace fields of the setup by name."""
        setup = replace(self.setup, **changes)  # type: ignore[arg-type]  # by name
        if setup != self.setup:
            self.setup = setup
            self.changed.emit(setup)

    def set_size(self, tool: str, diameter: float) -> None:
        """Remember the size of a tool."""
        self.set(sizes={**self.setup.sizes, tool: diameter})

    def values(self) -> dict[str, object]:
        """What a project keeps of it."""
        setup = self.setup
        known = {one.name: getattr(setup, one.name) for one in fields(setup)}
        return {**known, "sizes": dict(setup.sizes)}

    def restore(self, values: object) -> None:
        """Take values that were read from a project; what does not fit is left out."""
        if not isinstance(values, dict):
            return
        usual = Setup()
        tolerance = values.get("tolerance")
        fits = type(tolerance) is int and 0 <= tolerance <= TOLERANCE
        self.set(
            sizes=_sizes(values.get("sizes")),
            smoothing=_one_of(get_args(Smoothing), values.get("smoothing"), usual.smoothing),
            pressure=_one_of(get_args(Pressure), values.get("pressure"), usual.pressure),
            feel=_one_of(get_args(Feel), values.get("feel"), usual.feel),
            tolerance=tolerance if fits else usual.tolerance,
            contiguous=values.get("contiguous") is not False,
            round=values.get("round") is True,
            by_line=values.get("by_line") is True,
        )


def _one_of(known: tuple[str, ...], value: object, usual: str) -> str:
    return value if isinstance(value, str) and value in known else usual


def _sizes(values: object) -> dict[str, float]:
    sizes = values.items() if isinstance(values, dict) else ()
    return {
        str(tool): float(size)
        for tool, size in sizes
        if isinstance(size, int | float) and 1 <= size <= MOST
    }

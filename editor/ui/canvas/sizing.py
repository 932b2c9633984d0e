"""Sizing: the brush made larger, smaller, harder and softer by key, wheel and drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from editor.ui.viewport import NOTCH

if TYPE_CHECKING:
    from editor.session.painting import Painting

GROWTH = 1.15
"""Factor of the brush by one press of a bracket; at least a pixel."""

HARDER = 0.1
"""Step of hardness by one press of a bracket with Shift."""

HARD_WAY = 200.0
"""Logical pixels of a drag from soft to hard."""


class Sizing:
    """Remembers what a drag began with, and how far the wheel was turned since its last click."""

    def __init__(self) -> None:
        self._first = (0.0, 0.0)
        self._turned = 0.0

    def begin(self, painting: Painting) -> None:
        """A drag begins."""
        self._first = painting.brush.diameter, painting.brush.hardness

    def drag(self, painting: Painting, way: QPointF, zoom: float) -> None:
        """Sideways the size, up and down the hardness. way: since the beginning, logical pixels."""
        diameter, hardness = self._first
        painting.set_brush(
            diameter=max(1.0, round(diameter + 2 * way.x() / zoom)),
            hardness=min(max(hardness - way.y() / HARD_WAY, 0.0), 1.0),
        )

    def turn(self, painting: Painting | None, turned: float) -> None:
        """The wheel was turned; NOTCH for each click."""
        self._turned += turned
        while abs(self._turned) >= NOTCH:
            up = self._turned > 0
            self._turned -= NOTCH if up else -NOTCH
            self.step(painting, up=up, harder=False)

    def step(self, painting: Painting | None, *, up: bool, harder: bool) -> None:
        """One step of the size, or of the hardness."""
        if painting is None:
            return
        brush = painting.brush
        if harder:
            hardness = brush.hardness + (HARDER if up else -HARDER)
            painting.set_brush(hardness=min(max(round(hardness, 2), 0.0), 1.0))
        else:
            wanted = brush.diameter * (GROWTH if up else 1 / GROWTH)
            least = brush.diameter + (1 if up else -1)
            painting.set_brush(
                diameter=max(1.0, round(max(wanted, least) if up else min(wanted, least)))
            )

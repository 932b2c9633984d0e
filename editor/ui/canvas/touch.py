"""Touch: one moment of a mouse or pen, whatever kind of event told of it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent


class Touch(NamedTuple):
    """One moment of a mouse or pen. at: logical pixels of the canvas. pressure: 0.0 to 1.0."""

    at: QPointF
    button: Qt.MouseButton
    modifiers: Qt.KeyboardModifier
    pressure: float = 1.0
    eraser: bool = False
    pen: bool = False


def pen_touch(event: QTabletEvent) -> Touch:
    """A tablet's event; a pen without pressure always presses fully."""
    device = event.pointingDevice()
    presses = bool(device.capabilities() & QPointingDevice.Capability.Pressure)
    return Touch(
        event.position(),
        event.button(),
        event.modifiers(),
        event.pressure() if presses else 1.0,
        event.pointerType() is QPointingDevice.PointerType.Eraser,
        pen=True,
    )

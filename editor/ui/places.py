"""Keys of the canvas by their place on the keyboard, whatever the layout prints on them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

LEFT_BRACKET, RIGHT_BRACKET, BACKSLASH, SPACE = "[", "]", "\\", " "

# The codes of linux/input-event-codes.h, which Windows shares for these keys.
_CODES = {26: LEFT_BRACKET, 27: RIGHT_BRACKET, 43: BACKSLASH, 57: SPACE}
_FIRST = {"xcb": 8, "wayland": 8, "windows": 0}
# What each platform adds to them.

_KEYS = {
    Qt.Key.Key_BracketLeft: LEFT_BRACKET,
    Qt.Key.Key_BraceLeft: LEFT_BRACKET,
    Qt.Key.Key_BracketRight: RIGHT_BRACKET,
    Qt.Key.Key_BraceRight: RIGHT_BRACKET,
    Qt.Key.Key_Backslash: BACKSLASH,
    Qt.Key.Key_Bar: BACKSLASH,
    Qt.Key.Key_Space: SPACE,
}


def place(event: QKeyEvent) -> str:
    """The sign that a US keyboard has where this key is; "" for one the canvas does not use."""
    first = _FIRST.get(QGuiApplication.platformName())
    code = event.nativeScanCode()
    if first is not None and code:
        return _CODES.get(code - first, "")
    return _KEYS.get(Qt.Key(event.key()), "")

"""Latin letters for Ctrl on keyboards that have none: the letter a US keyboard has there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

_ROWS = {24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
_LETTERS = {
    first + index: Qt.Key[f"Key_{letter}"]
    for first, row in _ROWS.items()
    for index, letter in enumerate(row)
}
# By evdev's code plus 8, as X11 and Wayland number keys: linux/input-event-codes.h.

_LAST_LATIN, _FIRST_SPECIAL = 0xFF, 0x01000000
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def letter_of(event: QKeyEvent) -> Qt.Key | None:
    """The Latin letter meant by Ctrl with a letter of another script; None for other events."""
    if QGuiApplication.platformName() not in {"xcb", "wayland"}:
        return None  # other systems do this themselves
    if not event.modifiers() & _CONTROL or event.modifiers() & _ALT:
        return None
    if _means_itself(event.key(), shift=bool(event.modifiers() & _SHIFT)):
        return None
    return _LETTERS.get(event.nativeScanCode())


def _means_itself(key: int, *, shift: bool) -> bool:
    """Whether a key is Latin or special; Arabic has signs like "~" on letter keys with Shift."""
    if key <= _LAST_LATIN:
        return not shift or chr(key).isalpha()
    return key >= _FIRST_SPECIAL


def press(window: QWidget, watched: QObject, event: QKeyEvent, letter: Qt.Key) -> None:
    """Do what Ctrl with this letter does: first the focused widget's own, then the menus'."""
    offer = QKeyEvent(QEvent.Type.ShortcutOverride, letter, event.modifiers())
    offer.ignore()
    QCoreApplication.sendEvent(watched, offer)
    if offer.isAccepted():
        twin = QKeyEvent(QEvent.Type.KeyPress, letter, event.modifiers())
        QCoreApplication.sendEvent(watched, twin)
        return
    keys = QKeySequence(event.modifiers().value | letter.value)
    for action in {*window.findChildren(QAction), *window.actions()}:
        if keys in action.shortcuts():
            action.trigger()

"""Keys of the stage: matched by their place on the keyboard, so that every layout has them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTextEdit,
    QWidget,
)

from editor.ui import latin
from editor.ui.places import SPACE, place

Do = Callable[[str], None]

# X11 and Wayland number the keys of every keyboard alike: evdev's code plus 8.
# Source: linux/input-event-codes.h.
_DIGITS = {10 + index: f"digit:{(index + 1) % 10}" for index in range(10)}
_LETTERS = {
    56: "tool:brush",
    46: "tool:lasso",
    58: "tool:rectangle",
    25: "tool:wand",
    32: "tool:object",
    27: "tool:refine",
    26: "flip",
    53: "flip",
    43: "tool:hand",
    52: "tool:zoom",
    39: "star",
    24: "mask-view",
}
PLACES = {**_DIGITS, **_LETTERS}

_BY_KEY = {
    Qt.Key.Key_B: "tool:brush",
    Qt.Key.Key_L: "tool:lasso",
    Qt.Key.Key_M: "tool:rectangle",
    Qt.Key.Key_W: "tool:wand",
    Qt.Key.Key_O: "tool:object",
    Qt.Key.Key_R: "tool:refine",
    Qt.Key.Key_E: "flip",
    Qt.Key.Key_X: "flip",
    Qt.Key.Key_H: "tool:hand",
    Qt.Key.Key_Z: "tool:zoom",
    Qt.Key.Key_S: "star",
    Qt.Key.Key_Q: "mask-view",
    **{Qt.Key(Qt.Key.Key_0 + digit): f"digit:{digit}" for digit in range(10)},
}

_NAMED = {
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_Escape: "escape",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_Backspace: "back",
    Qt.Key.Key_PageDown: "next-picture",
    Qt.Key.Key_PageUp: "previous-picture",
    Qt.Key.Key_CapsLock: "precise",
}

_TEXT = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
_PLAIN = Qt.KeyboardModifier.NoModifier
_PAD = Qt.KeyboardModifier.KeypadModifier
_SHARED = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}


class KeyFilter(QObject):
    """Hears the keys of one window before its widgets; text fields keep theirs.

    It filters what gets the keyboard and all that this lies in, because a filter of the whole
    application is asked about everything that happens to anything, on Python's one lock.
    """

    def __init__(self, window: QWidget, do: Do) -> None:
        super().__init__(window)
        self._window = window
        self._do = do
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        window.installEventFilter(self)
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False  # torn off by now
        letter = latin.letter_of(event)
        if letter is not None:
            latin.press(self._window, watched, event, letter)
            return True
        if isinstance(watched, _TEXT) or event.isAutoRepeat():
            return False
        command = command_of(event)
        if event.key() == Qt.Key.Key_Tab and watched.objectName() == "canvas":
            command = "panels"
        if not command or _keeps(watched, command):
            return False
        self._do(command)
        return True

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Filter a widget that gets the keyboard, before others do, and where its keys go on to."""
        while now is not None and now.window() is self._window:
            now.installEventFilter(self)
            now = now.parentWidget()


class PictureKeys(QObject):
    """Lets the picture hear its keys while a control beside it has the keyboard.

    The untouched source, the size of the brush and, after a look at the results, the space bar
    that pans. The control hears them too; text fields keep theirs. picture: the one on the stage.
    """

    def __init__(self, window: QWidget, picture: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._picture = picture
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SHARED and self._shares(watched, event):
            QCoreApplication.sendEvent(self._picture(), event.clone())
        return False

    def _shares(self, watched: QObject, event: QEvent) -> bool:
        focused = watched is QApplication.focusWidget() and watched is not self._picture()
        if not focused or not isinstance(event, QKeyEvent):
            return False
        sign = place(event)
        if event.type() is QEvent.Type.KeyRelease:
            return bool(sign)  # the keyboard may have gone elsewhere since the press
        if not sign or isinstance(watched, _TEXT):
            return False
        # The space bar presses other controls, which may open something that keeps its release.
        return sign != SPACE or (isinstance(watched, QWidget) and _is_tile(watched))

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is self._window:
            now.installEventFilter(self)


def command_of(event: QKeyEvent) -> str:
    """The command of a key without modifiers, "" for none."""
    if event.modifiers() not in {_PLAIN, _PAD}:
        return ""
    named = _NAMED.get(Qt.Key(event.key()))
    if named is not None:
        return named
    if QGuiApplication.platformName() in {"xcb", "wayland"} and event.nativeScanCode():
        return PLACES.get(event.nativeScanCode(), "")
    return _BY_KEY.get(Qt.Key(event.key()), "")


_LEFT_TO_TILES = {"delete"}


_LEFT_TO_SLIDERS = {"delete", "next-picture", "previous-picture"}


def _keeps(widget: QWidget, command: str) -> bool:
    """Whether what has the keyboard needs the key of a command itself."""
    if command == "back":
        return widget.objectName() != "canvas"
    if isinstance(widget, QSlider):
        return command in _LEFT_TO_SLIDERS
    return command in _LEFT_TO_TILES and _is_tile(widget)


def _is_tile(widget: QWidget) -> bool:
    return widget.objectName().startswith(("pictures-", "results-"))

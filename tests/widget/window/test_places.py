import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from editor.ui.places import BACKSLASH, LEFT_BRACKET, RIGHT_BRACKET, SPACE, place

NONE = Qt.KeyboardModifier.NoModifier


def event(key: Qt.Key, scan: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, NONE, scan, 0, 0, "")


@pytest.mark.parametrize(("platform", "first"), [("xcb", 8), ("wayland", 8), ("windows", 0)])
def test_the_place_counts_not_the_letter(
    monkeypatch: pytest.MonkeyPatch, platform: str, first: int
) -> None:
    """On a Russian keyboard the bracket keys type letters, on a German one umlauts."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    assert place(event(Qt.Key(0x0425), 26 + first)) == LEFT_BRACKET
    assert place(event(Qt.Key.Key_Udiaeresis, 26 + first)) == LEFT_BRACKET
    assert place(event(Qt.Key.Key_Plus, 27 + first)) == RIGHT_BRACKET
    assert place(event(Qt.Key.Key_NumberSign, 43 + first)) == BACKSLASH
    assert place(event(Qt.Key.Key_Space, 57 + first)) == SPACE
    assert place(event(Qt.Key.Key_BracketLeft, 9 + first)) == ""


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        (Qt.Key.Key_BracketLeft, LEFT_BRACKET),
        (Qt.Key.Key_BraceRight, RIGHT_BRACKET),
        (Qt.Key.Key_Bar, BACKSLASH),
        (Qt.Key.Key_Space, SPACE),
        (Qt.Key.Key_A, ""),
    ],
)
def test_without_a_known_place_the_sign_counts(key: Qt.Key, sign: str) -> None:
    assert place(event(key, 999)) == sign
    assert place(event(key)) == sign

"""What is printed on the keys, as X tells it, with libraries that stand for X."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QGuiApplication

from editor.ui import printed


class Call:
    """A function of a library, whose types can be set."""

    def __init__(self, work: Callable[..., object]) -> None:
        self._work = work

    def __call__(self, *values: object) -> object:
        return self._work(*values)


def libraries(display: int) -> dict[str, SimpleNamespace]:
    """A keyboard whose second group has the sign of its own code on each key.

    The first has none, and the one of 34 an accent that waits for a letter.
    """

    def state(_: int, __: int, buffer: ctypes.Array[ctypes.c_char]) -> int:
        buffer[0] = b"\x01"
        return 0

    def words(keysym: ctypes.c_uint32, buffer: ctypes.Array[ctypes.c_char], _: object) -> int:
        if keysym.value == 24:
            return 0
        buffer.value = chr(keysym.value + 70).encode()
        return 2

    def named(code: int) -> int:
        return 0xFE52 if code == 34 else code

    x11 = SimpleNamespace(
        XOpenDisplay=Call(lambda _: display),
        XkbGetState=Call(state),
        XkbKeycodeToKeysym=Call(lambda _, code, group, level: named(code) if group == 1 else 0),
        XCloseDisplay=Call(lambda _: 0),
    )
    return {"libX11.so.6": x11, "libxkbcommon.so.0": SimpleNamespace(xkb_keysym_to_utf8=words)}


@pytest.fixture
def on_x(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")


def test_each_key_has_its_sign_in_upper_case(on_x: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", libraries(7).__getitem__)
    found = printed.signs()
    assert 24 not in found
    assert found[38] == chr(38 + 70).upper()
    assert found[34] == "^"
    assert set(found) == set(printed.US) - {24}


def test_without_a_display_nobody_tells(on_x: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", libraries(0).__getitem__)
    assert printed.signs() == {}


def test_without_the_libraries_nobody_tells(on_x: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", missing)
    assert printed.signs() == {}

"""Printed: what stands on the keys of this keyboard, as far as the system tells."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Mapping

from PySide6.QtGui import QGuiApplication

from editor.ui.language import unmirrored

US: Mapping[int, str] = {
    **dict(enumerate("QWERTYUIOP[]", 24)),
    **dict(enumerate("ASDFGHJKL", 38)),
    **dict(enumerate("\\ZXCVBNM", 51)),
}
"""What a US keyboard has on each key, by evdev's code plus 8: linux/input-event-codes.h."""

DEAD = 0xFE50, "`´^~¯˘˙¨°˝ˇ¸˛"
"""X's first key that waits for a letter, and what is printed on it and on those that follow:
X11/keysymdef.h, from XK_dead_grave to XK_dead_ogonek."""

_CORE = 0x100
# XkbUseCoreKbd: the keyboard that the person types on.

_CODE = re.compile(r"\{(\d+)\}")

_LEVEL = "\u200e"
# Around what is read from right to left among what is not; it is not seen.

_HEBREW, _ARABIC = "\u0590", "\u08ff"
# The first and the last of the letters that are read so: Unicode, blocks Hebrew to Arabic.

_LONGEST = 16
# Bytes of UTF-8 for one sign, and some to spare.


def signs() -> Mapping[int, str]:
    """The sign on each key of US in the layout of now; {} where nobody tells.

    X11 and Wayland under it number the keys alike, but only X tells; Qt has no way to ask.
    """
    if QGuiApplication.platformName() != "xcb":
        return {}
    try:
        return _asked(ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libxkbcommon.so.0"), US)
    except (OSError, AttributeError):
        return {}


def said(keys: str, signs: Mapping[int, str]) -> str:
    """Keys as they are printed; {24} in them stands for the key of that code.

    signs: those of the layout of now; what it leaves out is as on a US keyboard.
    """

    def sign(found: re.Match[str]) -> str:
        code = int(found[1])
        return _in_line(signs.get(code, US.get(code, found[0])))

    return unmirrored(_CODE.sub(sign, keys))


def _in_line(sign: str) -> str:
    """A sign that leaves the order of those beside it, which read from left to right."""
    mirrored = _HEBREW <= sign[:1] <= _ARABIC
    return f"{_LEVEL}{sign}{_LEVEL}" if mirrored else sign


def _asked(x11: ctypes.CDLL, xkb: ctypes.CDLL, codes: Iterable[int]) -> Mapping[int, str]:
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    x11.XkbGetState.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_char_p]
    x11.XkbKeycodeToKeysym.restype = ctypes.c_ulong
    x11.XkbKeycodeToKeysym.argtypes = [ctypes.c_void_p, *[ctypes.c_uint] * 3]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    if not display:
        return {}
    try:
        state = ctypes.create_string_buffer(64)  # an XkbStateRec, which begins with the group
        x11.XkbGetState(display, _CORE, state)
        group = state.raw[0]
        found = {}
        for code in codes:
            if sign := _sign(xkb, x11.XkbKeycodeToKeysym(display, code, group, 0)):
                found[code] = sign
        return found
    finally:
        x11.XCloseDisplay(display)


def _sign(xkb: ctypes.CDLL, keysym: int) -> str:
    """What stands on a key that X knows by this number, "" for nothing that can be written."""
    first, accents = DEAD
    if 0 <= keysym - first < len(accents):
        return accents[keysym - first]
    words = ctypes.create_string_buffer(_LONGEST)
    if xkb.xkb_keysym_to_utf8(ctypes.c_uint32(keysym), words, ctypes.c_size_t(_LONGEST)) < 2:
        return ""
    return words.value.decode("utf-8").upper()

"""Needs: what a Linux system must offer, how to see that it does, and Debian's package for it."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple


def library(name: str) -> bool:
    """Whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def command(name: str) -> bool:
    """Whether the shell would find this program."""
    return shutil.which(name) is not None


def file(pattern: str) -> bool:
    """Whether a file matches the pattern, told from the root."""
    return any(Path("/").glob(pattern))


def module(name: str) -> bool:
    """Whether the interpreter that runs this has the module."""
    return importlib.util.find_spec(name) is not None


class Need(NamedTuple):
    """One thing to look for; asking the system itself works on every distribution."""

    package: str
    seen: Callable[[str], bool]
    name: str
    optional: bool = False
    # Optional: installed where that is possible, never a reason not to start.


VENV = Need(f"python{sys.version_info.major}.{sys.version_info.minor}-venv", module, "ensurepip")

WINDOW = (
    Need("libglib2.0-0", library, "libglib-2.0.so.0"),
    Need("libdbus-1-3", library, "libdbus-1.so.3"),
    Need("libfontconfig1", library, "libfontconfig.so.1"),
    Need("libfreetype6", library, "libfreetype.so.6"),
    Need("libegl1", library, "libEGL.so.1"),
    Need("libgl1", library, "libGL.so.1"),
    Need("libx11-6", library, "libX11.so.6"),
    Need("libx11-xcb1", library, "libX11-xcb.so.1"),
    Need("libxkbcommon0", library, "libxkbcommon.so.0"),
    Need("libxkbcommon-x11-0", library, "libxkbcommon-x11.so.0"),
    Need("libxcb-cursor0", library, "libxcb-cursor.so.0"),
    Need("libxcb-icccm4", library, "libxcb-icccm.so.4"),
    Need("libxcb-image0", library, "libxcb-image.so.0"),
    Need("libxcb-keysyms1", library, "libxcb-keysyms.so.1"),
    Need("libxcb-randr0", library, "libxcb-randr.so.0"),
    Need("libxcb-render-util0", library, "libxcb-render-util.so.0"),
    Need("libxcb-shape0", library, "libxcb-shape.so.0"),
    Need("libxcb-sync1", library, "libxcb-sync.so.1"),
    Need("libxcb-xfixes0", library, "libxcb-xfixes.so.0"),
    Need("libxcb-xkb1", library, "libxcb-xkb.so.1"),
    Need("fonts-inter", file, "usr/share/fonts/*/inter*", optional=True),
)

SCREEN = (
    Need("xvfb", command, "Xvfb"),
    Need("x11-xkb-utils", command, "xkbcomp"),
    Need("openbox", command, "openbox"),
    Need("xdotool", command, "xdotool"),
    Need("wmctrl", command, "wmctrl"),
    Need("xclip", command, "xclip"),
)

TESTS = (
    Need("gcc", command, "gcc"),
    Need("libc6-dev", file, "usr/include/stdio.h"),
    Need("pkg-config", command, "pkg-config"),
    Need("libx11-dev", file, "usr/include/X11/Xlib.h"),
    Need("libxext-dev", file, "usr/include/X11/extensions/Xext.h"),
    Need("libxtst-dev", file, "usr/include/X11/extensions/XTest.h"),
    Need("libmypaint-dev", file, "usr/include/libmypaint/mypaint-brush.h"),
    Need("python3-gi", file, "usr/lib/python3/dist-packages/gi/__init__.py"),
    Need("gir1.2-gtk-3.0", file, "usr/lib/*/girepository-1.0/Gtk-3.0.typelib"),
    Need("imagemagick", command, "identify"),
    Need("pngcheck", command, "pngcheck"),
)


def missing(needs: Iterable[Need]) -> list[Need]:
    """The needs that the system does not meet."""
    return [need for need in needs if not need.seen(need.name)]

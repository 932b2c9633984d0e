"""Screen: a virtual X screen with a window manager, for machines without one and for tests."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

MANNERS = Path(__file__).with_name("openbox.xml")
# What the window manager does with keys and buttons: as little as it can.

PATIENCE = 20.0
# Seconds until a start counts as failed; a loaded machine needs about one.


def exists() -> bool:
    """Whether the person has a screen: one that answers, not just a variable that is set."""
    return not sys.platform.startswith("linux") or _wayland_answers() or _x_answers()


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    address = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / name
    with socket.socket(socket.AF_UNIX) as wire:
        return wire.connect_ex(str(address)) == 0


def _x_answers() -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return True  # Not installed yet, so it cannot be asked: the variable has to do.
    x11.XOpenDisplay.restype = ctypes.c_void_p
    return x11.XOpenDisplay(None) is not None


@contextmanager
def virtual(size: str = "1600x1000") -> Iterator[dict[str, str]]:
    """Start an X server and a window manager; both end with the block.

    size: pixels as WxH, 24 bits deep. Gives the environment in which programs find the screen.
    """
    with ExitStack() as stack:
        server, display = _server(size)
        stack.callback(_end, server)
        environ = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
        for name in ("WAYLAND_DISPLAY", "XAUTHORITY"):
            environ.pop(name, None)
        nowhere = subprocess.DEVNULL
        command = ["openbox", "--config-file", str(MANNERS)]
        manager = subprocess.Popen(command, env=environ, stdout=nowhere, stderr=nowhere)
        stack.callback(_end, manager)
        _wait_for_window_manager(environ)
        yield environ


def _server(size: str) -> tuple[subprocess.Popen[bytes], str]:
    """Xvfb on a free display number, which it tells through a pipe once it listens.

    It must not reset when a client leaves: the one that asks for the window manager would
    throw out a manager that is just arriving.
    """
    listen, tell = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(tell),
            "-screen",
            "0",
            f"{size}x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[tell],
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    with os.fdopen(listen) as line:
        number = line.readline().strip()
    if not number:
        raise RuntimeError("Xvfb did not start")
    return server, f":{number}"


def _wait_for_window_manager(environ: dict[str, str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        asked = subprocess.run(["wmctrl", "-m"], env=environ, capture_output=True, check=False)
        if asked.returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError("openbox did not start")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

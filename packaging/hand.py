"""Hand: real mouse and key events for a window on an X screen, and what the screen shows."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from PIL import Image, ImageGrab

Answer = TypeVar("Answer")

PATIENCE = 60.0
# Seconds until something awaited counts as not coming; a loaded machine needs a few.

STEP, PAUSE = 8, "0.008"
# Pixels and seconds between two motion events of a drag; faster ones arrive merged.


class Window(NamedTuple):
    """A window's name on the X server and the pixels of its content."""

    id: str
    width: int
    height: int


class Hand:
    """Moves the pointer and presses keys as a person would; environ tells the screen."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ

    def window(self, process: int) -> Window:
        """The main window of a process, once it is there and has the focus.

        Raises TimeoutError.
        """
        window = awaited(lambda: self._window(process))
        assert window is not None
        return window

    def _window(self, process: int) -> Window | None:
        """The window that was shown last; None when there is none or it went meanwhile."""
        found = self._ask("search", "--onlyvisible", "--pid", str(process)).split()
        if not found:
            return None
        self._ask("windowactivate", "--sync", found[-1])
        told = dict(
            line.split("=", 1)
            for line in self._ask("getwindowgeometry", "--shell", found[-1]).splitlines()
            if "=" in line
        )
        if not {"WIDTH", "HEIGHT"} <= set(told):
            return None
        return Window(found[-1], int(told["WIDTH"]), int(told["HEIGHT"]))

    def press(self, keys: str) -> None:
        """One key with its modifiers, in xdotool's words: "ctrl+Return"."""
        self._ask("key", "--clearmodifiers", keys)

    def type(self, text: str) -> None:
        """Text, key by key."""
        self._ask("type", "--delay", "20", text)

    def answer_dialog(self, over: Window, text: str) -> None:
        """Write a text into the dialog that opens over a window, and press Enter."""
        awaited(lambda: self._ask("getactivewindow") not in {"", over.id})
        self.settle()
        self.press("ctrl+a")
        self.type(text)
        self.press("Return")
        awaited(lambda: self._ask("getactivewindow") == over.id)

    def settle(self) -> None:
        """Wait until the screen looks the same twice."""
        last = self.screen().tobytes()

        def same() -> bool:
            nonlocal last
            time.sleep(0.15)
            before, last = last, self.screen().tobytes()
            return before == last

        awaited(same)

    def drag(self, points: Iterable[tuple[int, int]], button: int = 1) -> None:
        """Press at the first point, go through the others in small steps, release.

        points: pixels of the screen.
        """
        (x, y), *rest = points
        move = ["mousemove"]
        words = [*move, str(x), str(y), "mousedown", str(button)]
        for to_x, to_y in rest:
            steps = max(1, max(abs(to_x - x), abs(to_y - y)) // STEP)
            for step in range(1, steps + 1):
                place = x + (to_x - x) * step // steps, y + (to_y - y) * step // steps
                words += [*move, *map(str, place), "sleep", PAUSE]
            x, y = to_x, to_y
        self._ask(*words, "mouseup", str(button))

    def screen(self) -> Image.Image:
        """What the screen shows now."""
        return ImageGrab.grab(xdisplay=self._environ["DISPLAY"])

    def _ask(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._environ, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()


def awaited(ask: Callable[[], Answer], patience: float = PATIENCE) -> Answer:
    """The first answer that says something; asks again and again. Raises TimeoutError."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.05)
    raise TimeoutError(f"nothing came within {patience:.0f} s")

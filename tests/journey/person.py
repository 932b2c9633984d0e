"""Person: hands at a mouse and a keyboard, as far as journeys need more than a demonstration."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

with pytest.MonkeyPatch.context() as path:
    path.syspath_prepend(str(ROOT / "packaging"))
    from hand import Hand, awaited

__all__ = ["Person", "awaited"]

SYSTEM_PYTHON = "/usr/bin/python3"
# The system's own, which has GTK; the project's has no other toolkit than Qt.

SHOTS = ROOT / "out" / "journey"
# Screenshots of the key moments, and of what failed.

Point = tuple[int, int]


class Person(Hand):
    """Also holds keys and buttons down, turns the wheel, and drags files out of a window.

    Keys without a layout are keycodes: 56 is the key that a US keyboard calls B.
    """

    def shoot(self, name: str) -> None:
        """Keep what the screen shows, for the eye."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        plain = re.sub(r"\W+", "-", name).strip("-")
        self.screen().save(SHOTS / f"{plain}.png")

    def move(self, at: Point) -> None:
        self._ask("mousemove", *map(str, at))

    def click(self, at: Point, button: int = 1) -> None:
        self._ask("mousemove", *map(str, at), "sleep", "0.03", "click", str(button))

    def down(self, way: Sequence[Point], button: int = 1) -> None:
        """Press at the first point and go through the others; the button stays down."""
        words = ["mousemove", *map(str, way[0]), "sleep", "0.03", "mousedown", str(button)]
        for x, y in way[1:]:
            words += ["sleep", "0.02", "mousemove", str(x), str(y)]
        self._ask(*words)

    def up(self, button: int = 1) -> None:
        self._ask("sleep", "0.05", "mouseup", str(button))

    @contextmanager
    def holding(self, key: str) -> Iterator[None]:
        """Keep a key down."""
        self._ask("keydown", key)
        yield
        self._ask("keyup", key)

    def tap(self, key: str) -> None:
        """One key while a button may be held: press() would let go of it."""
        self._ask("key", key)

    def wheel(self, at: Point, clicks: int) -> None:
        """Turn the wheel over a point, up for more than 0."""
        button = "4" if clicks > 0 else "5"
        self._ask("mousemove", *map(str, at), "click", "--repeat", str(abs(clicks)), button)

    def layout(self, name: str) -> None:
        """Choose the keyboard's layout."""
        subprocess.run(["setxkbmap", "-layout", name], env=self._environ, check=True)

    def drop(self, files: Sequence[Path], at: Point, source: Point = (1500, 20)) -> None:
        """Drag files out of another program's window and drop them at a point of the screen."""
        other = subprocess.Popen(
            [SYSTEM_PYTHON, HERE / "dragged.py", *map(str, source), *files],
            env=self._environ | {"NO_AT_BRIDGE": "1", "GDK_BACKEND": "x11"},
            stdout=subprocess.PIPE,
            stderr=sys.stderr,
            text=True,
        )
        try:
            self._heard(other, "ready")
            self._drag_over((source[0] + 40, source[1] + 40), at)
            self._heard(other, "over")
        finally:
            other.kill()
            other.communicate()

    def copy(self, picture: Path, kind: str = "image/png") -> None:
        """Put a picture on the clipboard from another program, which goes on offering it."""
        subprocess.run(
            ["xclip", "-selection", "clipboard", "-t", kind, "-i", str(picture)],
            env=self._environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )

    def _drag_over(self, start: Point, end: Point) -> None:
        words = ["mousemove", *map(str, start), "sleep", "0.1", "mousedown", "1"]
        for step in range(1, 21):
            x, y = (a + (b - a) * step // 20 for a, b in zip(start, end, strict=True))
            words += ["sleep", "0.02", "mousemove", str(x), str(y)]
        self._ask(*words, "sleep", "0.2", "mousemove", str(end[0] + 1), str(end[1]))
        self._ask("sleep", "0.1", "mouseup", "1")

    @staticmethod
    def _heard(other: subprocess.Popen[str], word: str) -> None:
        assert other.stdout is not None
        assert any(line.strip() == word for line in other.stdout), "the other program ended"

"""Person: hands at a mouse and a keyboard, as far as journeys need more than a demonstration."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

with pytest.MonkeyPatch.context() as path:
    path.syspath_prepend(str(ROOT / "packaging"))
    from hand import PATIENCE, Hand, awaited

__all__ = ["PATIENCE", "Person", "awaited"]

SYSTEM_PYTHON = "/usr/bin/python3"
# The system's own, which has GTK; the project's has no other toolkit than Qt.

SHOTS = ROOT / "out" / "journey"
# Screenshots of the key moments, and of what failed.

Point = tuple[int, int]

CORNER: Point = (1500, 20)
# Where another program has its small window, above ours.


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

    def drop(self, files: Sequence[Path], at: Point, source: Point = CORNER) -> None:
        """Drag files out of another program's window and drop them at a point of the screen."""
        with self._other(source, *files) as other:
            start = source[0] + 40, source[1] + 40
            self._ask("mousemove", *map(str, start), "sleep", "0.1", "mousedown", "1")
            self._ask(*_way(start, at))
            self._heard(other, "wanted")
            self.settle()
            self.up()
            self._heard(other, "over")

    def take(self, start: Point, ready: Callable[[], object], target: Point = CORNER) -> list[str]:
        """Drag what is at a point into another program's window; what that could read there.

        ready: waits until there is something to take. Digest and name of each file come back.
        """
        end = target[0] + 40, target[1] + 40
        with self._other(target) as other:
            self.down([start, (start[0] + 4, start[1] - 12), (start[0] + 8, start[1] - 24)])
            ready()
            self._ask(*_way((start[0] + 8, start[1] - 24), end))
            self._heard(other, "above")
            self.up()
            return [line for line in self._heard(other, "over") if line != "above"]

    @contextmanager
    def _other(self, corner: Point, *files: Path) -> Iterator[subprocess.Popen[str]]:
        """Another program with a window here: it offers files, or takes them."""
        other = subprocess.Popen(
            [SYSTEM_PYTHON, HERE / "dragged.py", *map(str, corner), *files],
            env=self._environ | {"NO_AT_BRIDGE": "1", "GDK_BACKEND": "x11"},
            stdout=subprocess.PIPE,
            stderr=sys.stderr,
            text=True,
        )
        try:
            self._heard(other, "ready")
            yield other
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

    @staticmethod
    def _heard(other: subprocess.Popen[str], word: str) -> list[str]:
        """Wait for a word; what was said before it."""
        said: list[str] = []
        assert other.stdout is not None
        for line in other.stdout:
            if line.strip() == word:
                return said
            said.append(line.strip())
        raise AssertionError("the other program ended")


def _way(start: Point, end: Point) -> list[str]:
    """Twenty steps of the pointer, and a last small one after a rest."""
    words = []
    for step in range(1, 21):
        x, y = (a + (b - a) * step // 20 for a, b in zip(start, end, strict=True))
        words += ["sleep", "0.02", "mousemove", str(x), str(y)]
    return [*words, "sleep", "0.2", "mousemove", str(end[0] + 1), str(end[1])]

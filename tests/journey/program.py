"""Program: Frisket as a process on an X screen, followed by its log."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.journey.person import PATIENCE, ROOT, Person, Point, awaited

SECRET = re.compile(r"FRISKET_(KEY|URL)_")


class Log:
    """The program's log, read onward: what was found once is not found again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0

    @property
    def text(self) -> str:
        return self._path.read_text("utf-8") if self._path.exists() else ""

    def awaited(self, pattern: str, patience: float = PATIENCE) -> re.Match[str]:
        """The next line that says this, once there is one. Raises TimeoutError."""
        found = awaited(lambda: re.compile(pattern).search(self.text, self._read), patience)
        assert found is not None
        self._read = found.end()
        return found

    def awaited_all(self, *patterns: str) -> list[re.Match[str]]:
        """Wait until each of these was said from here on, in any order."""
        since, found = self._read, []
        for pattern in patterns:
            self._read = since
            found.append(self.awaited(pattern))
        self._read = max(match.end() for match in found)
        return found

    def skip(self) -> None:
        """Read on from here."""
        self._read = len(self.text)

    def complaints(self) -> list[str]:
        return [line for line in self.text.splitlines() if re.match(r"\S+ \S+ [WEC]", line)]


class Program:
    """A running Frisket. home: where its settings, projects and log are.

    expected: a pattern for the warnings that its log may hold in the end.
    """

    def __init__(
        self,
        person: Person,
        home: Path,
        files: Sequence[Path] = (),
        expected: str = "",
        **more: str,
    ) -> None:
        environ = {name: told for name, told in os.environ.items() if not SECRET.match(name)}
        environ |= {"FRISKET_HOME": str(home), "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
        self.person, self.home, self._expected = person, home, expected
        self.log = Log(home / "log" / "frisket.log")
        self.log.skip()
        self.said = home.with_suffix(".said")
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "editor", *map(str, files)],
                cwd=ROOT,
                env=environ | more,
                stdout=said,
                stderr=said,
            )
        self.size, self.corner, self.zoom = (1, 1), (0.0, 0.0), 1.0

    def shown(self) -> None:
        """Wait until the window is there and has the keyboard."""
        self.window = self.person.window(self.process.pid)

    def opened(self, *further: str) -> None:
        """Wait until a picture can be painted on, and learn where it is drawn.

        further: what is to be said besides, before or after.
        """
        size, place, *_ = self.log.awaited_all(
            r"painting on a picture of (\d+) x (\d+)",
            r"drawn at (-?\d+),(-?\d+) zoom ([\d.]+)",
            *further,
        )
        self.size = int(size[1]), int(size[2])
        self.corner, self.zoom = (float(place[1]), float(place[2])), float(place[3])

    def at(self, x: float, y: float) -> Point:
        """Where a picture position is on the screen."""
        left, top = self.corner
        return round(left + x * self.zoom), round(top + y * self.zoom)

    def paint(self, *way: tuple[float, float]) -> None:
        """Draw one stroke through picture positions."""
        self.person.drag([self.at(x, y) for x, y in way])

    def send(self) -> None:
        """Have what is painted done, and wait until the first answer is on the stage."""
        self.person.press("ctrl+Return")
        self.log.awaited("showing answer 1")

    def keep(self) -> None:
        """Keep what the stage shows, and wait until it is kept."""
        self.person.press("Return")
        self.log.awaited("kept an edit")

    def export(self) -> None:
        """Export beside the source, and wait until the file is there, protected pixels and all."""
        self.person.press("ctrl+e")
        self.log.awaited(r"exported \d+ bytes, 0 of")

    def soft_mask(self, path: Path) -> Path:
        """Have the soft mask written by the menu."""
        self.person.press("alt+f")
        self.person.settle()
        self.person.press("f")
        self.person.answer_dialog(self.window, str(path))
        awaited(path.exists)
        self.log.awaited(r"told ok: \{name\} is written")
        return path

    def kill(self) -> None:
        """End it as a power failure does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def close(self) -> None:
        """Close the window as the person does, and see that nothing was wrong."""
        if self.process.poll() is None:
            self.person.press("ctrl+q")
            self.process.wait(PATIENCE)
        self.check()

    def check(self) -> None:
        """Nothing was printed, and the log holds no warning that was not expected."""
        complaints = [
            line
            for line in self.log.complaints()
            if not (self._expected and re.search(self._expected, line))
        ]
        assert not complaints
        assert self.said.read_text("utf-8") == ""
        assert (self.home / "log" / "crash.log").read_text("utf-8") == ""

    def end(self) -> None:
        """See that it does not outlive its test."""
        if self.process.poll() is None:
            self.kill()

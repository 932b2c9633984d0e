"""The demonstration: the program's own window, driven by real input where there is no screen.

`demonstration.py [FILE]` inside the project's environment, on an X screen with a window
manager. What it made is left in out/.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from hand import Hand

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"
SAMPLES = ROOT / "resources" / "samples"


def main(arguments: list[str]) -> int:
    """Edit a copy of the picture in out/ and say what came of it."""
    given = Path(arguments[0]) if arguments else next(SAMPLES.glob("*.png"))
    OUT.mkdir(exist_ok=True)
    picture = OUT / given.name
    shutil.copyfile(given, picture)
    environ = {**os.environ, "FRISKET_HOME": str(OUT / "home")}
    program = subprocess.Popen([sys.executable, "-m", "editor", str(picture)], env=environ)
    try:
        demonstrate(Hand(environ), program.pid, picture)
    finally:
        program.terminate()
        program.wait(10)
    return 0


def demonstrate(hand: Hand, process: int, picture: Path) -> None:
    """Paint, remove, keep and export in the window, as a person would."""
    hand.window(process)
    screenshot = picture.with_name("screenshot.png")
    hand.screen().save(screenshot)
    print(f"The window as it was at the end: {screenshot}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

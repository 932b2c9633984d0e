"""The demonstration: the program's own window, driven by real input where there is no screen.

`demonstration.py [FILE]` inside the project's environment, on an X screen with a window
manager. What it made is left in out/.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from hand import Hand, awaited
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"
SAMPLES = ROOT / "resources" / "samples"

FIRST_BRUSH = 0.04
# Diameter of the brush at first, as a share of the picture's shorter side.


class Disc(NamedTuple):
    """What to paint, in picture pixels."""

    x: float
    y: float
    radius: float


def main(arguments: list[str]) -> int:
    """Edit a copy of the picture in out/ and say what came of it."""
    given = Path(arguments[0]) if arguments else SAMPLES / "sample.jpg"
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    picture = OUT / given.name
    shutil.copyfile(given, picture)
    keyless = {name: os.environ[name] for name in os.environ if "FRISKET_KEY_" not in name}
    environ = {**keyless, "FRISKET_HOME": str(OUT / "home")}  # offline, whoever runs it
    program = subprocess.Popen([sys.executable, "-m", "editor", str(picture)], env=environ)
    try:
        demonstrate(Hand(environ), program.pid, picture)
    finally:
        program.terminate()
        program.wait(10)
    return 0


def demonstrate(hand: Hand, process: int, picture: Path) -> None:
    """Paint, remove, keep and export in the window, as a person would."""
    mask, screenshot = picture.with_name("mask.png"), picture.with_name("screenshot.png")
    log = Log(OUT / "home" / "log" / "frisket.log")
    window = hand.window(process)
    log.awaited(r"painting on a picture")
    place = log.awaited(r"drawn at (-?\d+),(-?\d+) zoom ([\d.]+)")
    left, top, zoom = (float(number) for number in place.groups())
    disc, brush = what_to_paint(picture)
    way = spiral(disc, brush)
    hand.drag([(round(left + x * zoom), round(top + y * zoom)) for x, y in way])
    hand.press("alt+f")
    hand.press("f")
    hand.answer_dialog(window, str(mask))
    awaited(mask.exists)
    hand.press("ctrl+Return")
    log.awaited(r"showing answer")
    hand.press("Return")
    log.awaited(r"kept an edit")
    hand.press("ctrl+e")
    log.awaited(r"exported")
    hand.settle()
    hand.screen().save(screenshot)
    # Its recipe, with the answer and the mask, lies beside it under longer names.
    names = (f"{picture.stem}_edit{suffix}" for suffix in (".png", ".tif"))
    asset = next(path for name in names if (path := picture.with_name(name)).exists())
    changed, protected = compared(picture, asset, mask)
    print(f"Finished asset: {asset}")
    print(f"Mask:           {mask}")
    print(f"Screenshot:     {screenshot}")
    print(f"{changed} of {protected} protected pixels changed.")


class Log:
    """The program's log, read for what it says next."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def awaited(self, pattern: str) -> re.Match[str]:
        """The newest line that says this, once there is one. Raises TimeoutError."""
        found = awaited(lambda: self._newest(pattern))
        assert found is not None
        return found

    def _newest(self, pattern: str) -> re.Match[str] | None:
        text = self._path.read_text("utf-8") if self._path.exists() else ""
        return next(reversed(list(re.finditer(pattern, text))), None)


def what_to_paint(picture: Path) -> tuple[Disc, float]:
    """The thing to remove from the sample, or a spot in the middle of another picture."""
    with Image.open(picture) as image:
        width, height = ImageOps.exif_transpose(image).size
    brush = FIRST_BRUSH * min(width, height)
    if (SAMPLES / picture.name).exists():
        told = tomllib.loads((SAMPLES / f"{picture.stem}.toml").read_text("utf-8"))["paint"]
        x, y = told["centre"]
        return Disc(x, y, told["radius"]), brush
    return Disc(width / 2, height / 2, max(1.5 * brush, 0.06 * min(width, height))), brush


def spiral(disc: Disc, brush: float) -> list[tuple[float, float]]:
    """A way of the brush's middle that leaves nothing of the disc unpainted."""
    reach, gap = disc.radius - brush / 2, 0.6 * brush
    turns = max(1, math.ceil(reach / gap))
    steps = [index / 24 for index in range(24 * turns + 1)]
    way = [(min(turn * gap, reach), turn * math.tau) for turn in steps]
    way += [(reach, (turns + index / 24) * math.tau) for index in range(25)]
    return [(disc.x + r * math.cos(angle), disc.y + r * math.sin(angle)) for r, angle in way]


def compared(source: Path, asset: Path, mask: Path) -> tuple[int, int]:
    """How many pixels outside the soft mask differ, and how many there are; by Pillow alone."""
    before, after = (
        np.asarray(ImageOps.exif_transpose(Image.open(path)).convert("RGB"))
        for path in (source, asset)
    )
    kept = np.asarray(Image.open(mask))[..., 3] == 255
    differs = (before != after).any(axis=2)
    return int(np.count_nonzero(differs & kept)), int(np.count_nonzero(kept))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

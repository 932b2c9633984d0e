"""Start: from exec to the first flushed frame of the whole window, beside a bare Qt window."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.speed.rows import Row, table

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 9
MOST = 1.3
LATE = ("numpy", "cv2", "PIL", "httpx", "keyring")

TELL = """
import json, os, sys, time

def tell(at=0.0):
    told = {"at": at or time.monotonic(), "modules": sorted(sys.modules)}
    os.write(1, json.dumps(told).encode())
    os._exit(0)
"""

BARE = f"""{TELL}
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Bare(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, tell)

app = QApplication([])
window = Bare()
window.resize(1440, 900)
window.show()
app.exec()
"""

OURS = f"""{TELL}
class Life:
    @staticmethod
    def begin_log():
        at = time.monotonic()
        from editor.ui.start import methods, table
        for part in methods, table:
            part.keep()  # as life does
        tell(at)

# What is imported next, once the first frame is flushed.
sys.modules["editor.ui.life"] = Life
sys.argv = ["frisket"]
from editor.__main__ import main
main()
"""


def report() -> list[Row]:
    """Medians of alternating starts, the first of each to write its bytecode and fill caches."""
    with tempfile.TemporaryDirectory() as folder:
        environ = environment(Path(folder))
        bare, ours = [], []
        for _ in range(ROUNDS + 1):
            bare.append(started(BARE, environ)[0])
            seconds, modules = started(OURS, environ)
            ours.append(seconds)
    floor, whole = statistics.median(bare[1:]), statistics.median(ours[1:])
    early = [name for name in LATE if name in modules]
    return [
        Row(
            "first frame of the whole window",
            f"{whole * 1e3:.0f} ms",
            f"bare Qt window {floor * 1e3:.0f} ms",
            whole / floor,
            f"<= {MOST}x",
            whole / floor <= MOST,
            f"exec to flushed frame, median of {ROUNDS} alternating starts, files in the cache; "
            "tried and kept, in CPU: no search of each module by PySide (25 ms), widgets before "
            "the sheet (30), canvas, bars and keys behind the frame (45), Qt's enumerations in "
            "one go (45), PySide's tools for signatures put off (30), methods of data classes "
            "compiled once (22), the table as it was read (10), libraries and fonts loaded beside "
            "Python (10), nothing searched for garbage (8), modules for a rare day put off (8); "
            "tried and dropped: themes kept as they were read (2; settings need the reader of "
            "TOML anyway), the join panel behind the frame (3), types that are only hints (2); "
            "what is left, in CPU: 20 ms of Python, 30 of its modules, 35 of PySide, 25 of own "
            "modules, 10 of enumerations, 55 of widgets, sheet and painting, most of it Qt's",
        ),
        Row(
            f"imported before that frame of {', '.join(LATE)}",
            ", ".join(early) or "none",
            target="none",
            reached=not early,
        ),
    ]


def environment(home: Path) -> dict[str, str]:
    """A fresh home, and bytecode kept as in every real start, but not in this folder."""
    environ = {**os.environ, "FRISKET_HOME": str(home / "home"), "PYTHONPATH": str(ROOT)}
    environ["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not environ.get("DISPLAY"):
        environ["QT_QPA_PLATFORM"] = "offscreen"
    return environ


def started(script: str, environ: dict[str, str]) -> tuple[float, list[str]]:
    """Seconds from exec to the frame, and the modules imported by then."""
    before = time.monotonic()
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, check=True)
    told = json.loads(done.stdout)
    return told["at"] - before, told["modules"]


if __name__ == "__main__":
    print(table(report()))

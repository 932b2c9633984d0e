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
            "tried and kept: no search of each module by PySide (25 ms), widgets before the sheet "
            "(30 ms), canvas, bars and keys behind the frame (45 ms), as session, pixels, log and "
            "loop, no collection before; tried and dropped: a compiled reader of TOML (3 ms), "
            "fields of models made once (2 ms); what is left, in CPU: 40 ms of Qt's enumerations, "
            "which PySide makes in Python, 30 of data classes, 40 of other modules, 20 of the "
            "table, 30 of widgets, 15 of sheet and font, 20 of painting",
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

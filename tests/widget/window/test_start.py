"""What a start imports before the window is on the screen, told by an interpreter of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

LATE = {"numpy", "cv2", "PIL", "httpx", "keyring", "asyncio", "qasync", "logging.handlers"}

STARTED = """
import json, os, sys

def tell():
    os.write(1, json.dumps(sorted(sys.modules)).encode())
    os._exit(0)

class Life:
    begin_log = staticmethod(tell)

# What is imported next, once the first frame is on the screen.
sys.modules["editor.ui.life"] = Life
sys.argv = ["frisket"]
from editor.__main__ import main
main()
"""


def test_nothing_heavy_is_imported_before_the_window_is_painted() -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", STARTED], env=environ, capture_output=True, check=True, timeout=60
    )
    imported = set(json.loads(done.stdout))
    assert "editor.ui.window" in imported
    assert not imported & LATE

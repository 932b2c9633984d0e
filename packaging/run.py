"""Starts Frisket from a checkout: `python3 packaging/run.py [FILE...]`.

The first start sets everything up. On a machine without a screen the same window runs on a
virtual one, driven by real input, and what it made is left in out/.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import machine
import screen


def main() -> int:
    """Open the window on the given files; its exit code is ours."""
    if screen.exists():
        python = machine.ready(tests=False, screen=False)
        return subprocess.run([python, "-m", "editor", *sys.argv[1:]], check=False).returncode
    python = machine.ready(tests=False, screen=True)
    script = Path(__file__).with_name("demonstration.py")
    with screen.virtual() as environ:
        return subprocess.run([python, script, *sys.argv[1:]], env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

"""The demonstration of the README, as a machine without a screen runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.photographs import write_jpeg
from tests.journey.person import ROOT, Person

RUN = """
import sys
from pathlib import Path
import demonstration
demonstration.OUT = Path(sys.argv[1])
sys.exit(demonstration.main(sys.argv[2:]))
"""


@pytest.mark.parametrize("given", [False, True])
def test_it_leaves_a_finished_asset_and_says_what_changed(
    person: Person, tmp_path: Path, given: bool
) -> None:
    files = []
    if given:
        files = [tmp_path / "photo.jpg"]
        write_jpeg(files[0], 1200, 800)
    out = tmp_path / "out"
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "packaging"), "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(out), *map(str, files)],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    said = re.search(r"^(\d+) of (\d+) protected pixels changed\.$", done.stdout, re.MULTILINE)
    assert said is not None
    assert int(said[1]) == 0
    assert int(said[2]) > 100_000
    name = "photo" if given else "sample"
    for file in (f"{name}_edit.png", f"{name}_edit.json", "mask.png", "screenshot.png"):
        assert (out / file).stat().st_size > 100

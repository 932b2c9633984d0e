"""Other programs read the mask files: ImageMagick and GIMP every value, pngcheck without a word."""

from __future__ import annotations

import os
import shutil
import subprocess
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from editor.mask.exchange import to_png

GIMP = shutil.which("gimp-console-2.10")
UNPACK = """(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "{0}.png" "{0}.png"))))
  (file-raw-save RUN-NONINTERACTIVE image (car (gimp-image-get-active-layer image))
    "{0}.raw" "{0}.raw"))"""
# Script-Fu of GIMP 2: write the samples of a picture one after the other.


def painted() -> np.ndarray:
    """Every level, in an odd size over several bands of the writer."""
    rows, cols = np.mgrid[:613, :377]
    level = (255 * (1 - np.hypot(rows - 300, cols - 190) / 190)).clip(0, 255).astype(np.uint8)
    level[5, :256] = np.arange(256)
    return level


def values(path: Path, channel: str, shape: tuple[int, int]) -> np.ndarray:
    """One channel as ImageMagick reads it."""
    told = subprocess.run(
        ["convert", str(path), "-channel", channel, "-separate", "-depth", "8", "gray:-"],
        check=True,
        capture_output=True,
    ).stdout
    return np.frombuffer(told, np.uint8).reshape(shape)


def checked(path: Path) -> None:
    """See that pngcheck finds nothing wrong."""
    told = subprocess.run(
        ["pngcheck", "-q", str(path)], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout + told.stderr) == (0, "")


@pytest.mark.parametrize("soft", [False, True])
def test_alpha_and_grey_are_read_as_they_were_written(tmp_path: Path, soft: bool) -> None:
    level, path = painted(), tmp_path / "mask.png"
    path.write_bytes(to_png(level, soft=soft))
    checked(path)
    wanted = 255 - level if soft else np.where(level >= 128, 0, 255)
    assert np.array_equal(values(path, "A", level.shape), wanted)
    for channel in "RGB":
        assert np.array_equal(values(path, channel, level.shape), 255 - wanted)


@pytest.mark.parametrize("soft", [False, True])
def test_black_and_white_is_read_as_it_was_written(tmp_path: Path, soft: bool) -> None:
    level, path = painted(), tmp_path / "mask.png"
    path.write_bytes(to_png(level, soft=soft, grey=True))
    checked(path)
    wanted = level if soft else np.where(level >= 128, 255, 0)
    assert np.array_equal(values(path, "R", level.shape), wanted)


@pytest.mark.skipif(GIMP is None, reason="no GIMP; ImageMagick reads the same files above")
def test_gimp_reads_what_was_written(tmp_path: Path) -> None:
    level, kinds = painted(), list(product((False, True), repeat=2))
    for soft, grey in kinds:
        (tmp_path / f"{soft}-{grey}.png").write_bytes(to_png(level, soft=soft, grey=grey))
    scripts = [*(UNPACK.format(f"{soft}-{grey}") for soft, grey in kinds), "(gimp-quit 0)"]
    batch = [word for script in scripts for word in ("-b", script)]
    quiet = ["--no-interface", "--no-data", "--no-fonts", "--no-splash", "--no-shm"]
    environ = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    subprocess.run(
        [str(GIMP), "--new-instance", *quiet, *batch],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env=environ,
        timeout=120,
    )
    for soft, grey in kinds:
        shown = level if soft else np.where(level >= 128, 255, 0)
        wanted = [shown] if grey else [shown, shown, shown, 255 - shown]
        found = np.fromfile(tmp_path / f"{soft}-{grey}.raw", np.uint8)
        assert np.array_equal(found.reshape(*level.shape, -1), np.dstack(wanted))

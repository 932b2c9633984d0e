"""Other programs read the mask files: ImageMagick every value, and pngcheck has nothing to say."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from editor.mask.exchange import to_png


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

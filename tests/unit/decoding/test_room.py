from __future__ import annotations

from pathlib import Path

import pytest

from editor.decoding.room import Room
from editor.errors import CannotWrite

SIZE = 100_000
# Bytes of pixels, four to one of the picture: with its copies it takes twice as much.


def room(folder: Path, free: int) -> Room:
    return Room(lambda: folder, lambda: free)


def test_pixels_lie_on_the_disk_when_a_picture_takes_over_half_of_what_is_free(
    tmp_path: Path,
) -> None:
    assert room(tmp_path, 4 * SIZE).file(SIZE) is None
    file = room(tmp_path, 4 * SIZE - 1).file(SIZE)
    assert file is not None
    with file:
        assert len(file.read()) == SIZE


def test_the_place_is_looked_for_only_when_it_is_needed() -> None:
    def folder() -> Path:
        raise AssertionError("looked for")

    assert Room(folder, lambda: 1 << 30).file(SIZE) is None


def test_memory_helps_out_while_it_can_hold_all(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert room(tmp_path / "gone", 2 * SIZE).file(SIZE) is None
    assert "lies in memory" in caplog.text
    caplog.clear()
    with pytest.raises(CannotWrite):
        room(tmp_path / "gone", 2 * SIZE - 1).file(SIZE)

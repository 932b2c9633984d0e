"""A scratch file holds what it is given, has no name and leaves nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.errors import CannotWrite
from editor.storage.scratch import reserved, scratch
from tests.fakes.full_disk import no_space


def test_it_is_read_from_its_beginning_and_leaves_nothing(tmp_path: Path) -> None:
    with scratch(tmp_path, (bytes([number]) * 70_000 for number in range(3))) as file:
        assert file.read(70_001) == b"\0" * 70_000 + b"\1"
        file.seek(0)
        assert len(file.read()) == 210_000
        if os.name == "posix":
            assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        scratch(tmp_path / "gone", [])


def test_a_disk_that_fills_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    def full() -> Iterator[bytes]:
        yield b"x"
        raise OSError(28, "No space left on device")

    with pytest.raises(CannotWrite):
        scratch(tmp_path, full())
    assert list(tmp_path.iterdir()) == []


def test_a_bug_of_the_blocks_stays_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        scratch(tmp_path, (b"x" * (1 // number) for number in (0,)))
    assert list(tmp_path.iterdir()) == []


def test_reserved_room_is_there_to_be_written_and_leaves_nothing(tmp_path: Path) -> None:
    with reserved(tmp_path, 70_000) as file:
        found = os.fstat(file.fileno())
        assert found.st_size == 70_000
        if hasattr(os, "posix_fallocate"):
            assert found.st_blocks * 512 >= 70_000, "a promise the disk can keep"
            assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "posix_fallocate", no_space, raising=False)
    with pytest.raises(CannotWrite, match="disk is full"):
        reserved(tmp_path, 70_000)
    monkeypatch.delattr(os, "posix_fallocate")
    with reserved(tmp_path, 70_000) as file:
        assert os.fstat(file.fileno()).st_size == 70_000

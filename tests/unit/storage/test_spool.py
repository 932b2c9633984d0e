"""A raw answer is on the disk, or in memory until the disk takes it."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import AnswerUnusable, CannotWrite
from editor.storage.spool import Spool


@given(st.lists(st.binary(max_size=50)))
def test_chunks_come_back_in_order(tmp_path_factory: pytest.TempPathFactory, parts) -> None:
    path = tmp_path_factory.mktemp("spool") / "a.raw"
    spool = Spool(path, 10_000)
    for part in parts:
        spool.write(part)
    spool.sync()
    whole = b"".join(parts)
    assert spool.read() == whole
    assert spool.size == len(whole)
    assert spool.digest == hashlib.sha256(whole).hexdigest()
    spool.close()
    assert path.read_bytes() == whole


def test_it_goes_on_with_a_file_that_is_there(tmp_path: Path) -> None:
    first = Spool(tmp_path / "a.raw", 100)
    first.write(b"one ")
    first.close()
    second = Spool(tmp_path / "a.raw", 100)
    second.write(b"two")
    assert second.read() == b"one two"
    assert second.size == 7
    assert second.digest == hashlib.sha256(b"one two").hexdigest()
    second.close()


def test_the_cap_holds(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "a.raw", 10)
    spool.write(b"0123456789")
    with pytest.raises(AnswerUnusable, match="larger than"):
        spool.write(b"x")
    assert spool.read() == b"0123456789"
    spool.close()


@given(st.binary(max_size=50), st.binary(max_size=50), st.integers(0, 60))
def test_what_is_asked_for_again_takes_its_place(
    tmp_path_factory: pytest.TempPathFactory, first: bytes, second: bytes, size: int
) -> None:
    path = tmp_path_factory.mktemp("spool") / "a.raw"
    spool = Spool(path, 10_000)
    spool.write(first)
    spool.cut_back(size)
    spool.write(second)
    whole = first[:size] + second
    assert spool.read() == whole
    assert spool.size == len(whole)
    assert spool.digest == hashlib.sha256(whole).hexdigest()
    spool.close()
    assert path.read_bytes() == whole


class FullDisk:
    """A file on a disk with so much room; the first write over it is short, as real ones are."""

    def __init__(self, file, room: int) -> None:
        self.file = file
        self.room = room

    def write(self, data: bytes) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = self.file.write(data[: self.room])
        self.room -= taken
        return taken

    def __getattr__(self, name: str):
        return getattr(self.file, name)


def test_a_full_disk_loses_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    spool = Spool(tmp_path / "a.raw", 1000)
    disk = FullDisk(spool._file, 6)
    spool._file = disk  # type: ignore[assignment]  # a stand-in
    spool.write(b"0123")
    spool.write(b"4567")
    spool.write(b"89")
    with pytest.raises(CannotWrite, match="held in memory") as caught:
        spool.sync()
    assert len(str(caught.value)) <= 160
    assert spool.read() == b"0123456789"
    assert spool.path.read_bytes() == b"012345"
    assert "held in memory" in caplog.text
    disk.room = 100
    spool.sync()
    assert spool.path.read_bytes() == b"0123456789"
    assert spool.read() == b"0123456789"
    spool.close()


def test_a_failed_sync_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool(tmp_path / "a.raw", 1000)
    spool.write(b"paid")

    def refuse(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(CannotWrite):
        spool.sync()
    assert spool.read() == b"paid"
    spool.close()


def test_a_spool_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        Spool(tmp_path / "gone" / "a.raw", 10)

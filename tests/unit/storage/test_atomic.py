"""A file is the old one or the new one, whatever happens in between."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from editor.errors import CannotWrite
from editor.storage import atomic
from editor.storage.atomic import cannot_write, sync_folder, write
from tests.fakes.full_disk import no_space


def test_bytes_are_written_whole(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    write(tmp_path / "new.png", data)
    assert (tmp_path / "new.png").read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["new.png"]


def test_a_callback_writes_into_the_file(tmp_path: Path) -> None:
    def produce(file: BinaryIO) -> None:
        file.write(b"one ")
        file.write(b"two")

    write(tmp_path / "new", produce)
    assert (tmp_path / "new").read_bytes() == b"one two"


def test_the_mode_of_the_old_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.png"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_bytes() == b"new"


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.png").symlink_to(tmp_path / "real" / "there.png")
    write(tmp_path / "link.png", b"new")
    assert (tmp_path / "link.png").is_symlink()
    assert (tmp_path / "real" / "there.png").read_bytes() == b"new"


def test_what_is_not_verified_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.png"
    path.write_bytes(b"old")
    seen = []

    def verify(temporary: Path) -> None:
        seen.append((temporary.suffix, temporary.read_bytes()))
        raise CannotWrite("It does not read back.")

    with pytest.raises(CannotWrite, match="read back"):
        write(path, b"new", verify=verify)
    assert seen == [(".png", b"new")]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("where", ["write", "fsync", "replace"])
def test_a_refusing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    path = tmp_path / "old.png"
    path.write_bytes(b"old")

    if where == "fsync":
        monkeypatch.setattr(atomic.os, "fsync", no_space)
    elif where == "replace":
        monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(CannotWrite, match="disk is full"):
        write(path, no_space if where == "write" else b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_real_limit_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no such limits")
    assert resource
    path = tmp_path / "old.png"
    path.write_bytes(b"old")
    child = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from editor.storage.atomic import write; from editor.errors import CannotWrite\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        "try: write(Path(sys.argv[1]), bytes(3_000_000))\n"
        "except CannotWrite as problem: print(problem)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", child, str(path)], capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith("The disk is full")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_content_is_synced_before_its_name_and_the_name_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def watched_fsync(handle: int) -> None:
        folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        content = b"" if folder else next(tmp_path.glob(".frisket-*")).read_bytes()
        done.append("folder" if folder else f"content {content!r}")
        fsync(handle)

    def watched_replace(self: Path, target: Path) -> Path:
        done.append("name")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    write(tmp_path / "new", b"all")
    assert done == ["content b'all'", "name", "folder"]


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "album").mkdir()
    with pytest.raises(CannotWrite, match="album can't be the name"):
        write(tmp_path / "album", b"new")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"folder for x\.png is not there"):
        write(tmp_path / "gone" / "x.png", b"new")


def test_a_name_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="can't be the name"):
        write(tmp_path / ("x" * 300), b"new")


def test_a_long_suffix_is_not_carried(tmp_path: Path) -> None:
    seen = []
    write(tmp_path / f"x.{'y' * 200}", b"", verify=lambda path: seen.append(path.suffix))
    assert seen == [""]


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP])
def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(os, "fsync", refuse)
    sync_folder(tmp_path)


def test_a_folder_that_fails_to_sync_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="no"):
        sync_folder(tmp_path)


def test_windows_syncs_no_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "os", type("nt", (), {"name": "nt"}))
    sync_folder(tmp_path)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EROFS, "no permission"),
        (errno.EACCES, "no permission"),
        (errno.ENOTDIR, "is not there"),
        (errno.EISDIR, "can't be the name"),
        (errno.EIO, "disk refused"),
    ],
)
def test_every_reason_has_one_short_sentence(code: int, words: str) -> None:
    problem = cannot_write("n" * 200 + "\n.png", OSError(code, os.strerror(code)))
    assert words in str(problem)
    assert len(str(problem)) <= 160
    assert "\n" not in str(problem)

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from editor.decoding import files
from editor.decoding.files import read_file
from editor.errors import InputProblem


def refused(path: Path) -> str:
    with pytest.raises(InputProblem) as problem:
        read_file(path)
    assert len(str(problem.value)) <= 160
    return str(problem.value)


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"bytes")
    assert read_file(path) == b"bytes"
    link = tmp_path / "link.png"
    link.symlink_to(path)
    assert read_file(link) == b"bytes"


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert refused(tmp_path / "a.png") == "a.png is empty, so there is nothing to open."


def test_what_is_not_a_regular_file_never_blocks(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "sock"))
        for name in ("pipe", "sock"):
            sentence = f"{name} is not a regular file, so it was not opened."
            assert refused(tmp_path / name) == sentence
    sentence = "folder is a folder, so it was not opened; name the files in it."
    assert refused(tmp_path / "folder") == sentence
    assert refused(Path()) == ". is a folder, so it was not opened; name the files in it."
    assert refused(Path("/dev/zero")) == "zero is not a regular file, so it was not opened."


def test_a_pipe_put_there_in_between_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    regular = tmp_path / "a"
    regular.write_bytes(b"a")
    seen = regular.stat()
    monkeypatch.setattr(Path, "stat", lambda _path: seen)
    assert refused(tmp_path / "pipe") == "pipe is not a regular file, so it was not opened."


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    assert refused(tmp_path / "dangling") == "dangling is not there. Nothing has changed."
    (tmp_path / "round").symlink_to(tmp_path / "round")
    assert refused(tmp_path / "round") == "round can't be read. Nothing has changed."


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(13, "no"), "a can't be read (permission denied). Nothing has changed."),
        (FileNotFoundError(2, "no"), "a is not there. Nothing has changed."),
        (
            IsADirectoryError(21, "no"),
            "a is a folder, so it was not opened; name the files in it.",
        ),
        (OSError(5, "Input/output error"), "a can't be read. Nothing has changed."),
    ],
)
def test_what_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, sentence: str
) -> None:
    (tmp_path / "a").write_bytes(b"a")

    def refuse(*_: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", refuse)
    assert refused(tmp_path / "a") == sentence


def test_a_name_that_no_system_has() -> None:
    assert "can't be read" in refused(Path("a\0b"))


def test_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MEBIBYTES", 1)
    path = tmp_path / "a.png"
    path.write_bytes(bytes(2**20))
    assert len(read_file(path)) == 2**20
    path.write_bytes(bytes(2**20 + 1))
    assert refused(path) == "a.png is larger than 1 MiB, the most that is opened."


def test_a_name_with_braces_stays_a_name(tmp_path: Path) -> None:
    (tmp_path / "{limit} {0}").touch()
    assert refused(tmp_path / "{limit} {0}").startswith("{limit} {0} is empty")

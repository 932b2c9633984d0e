"""What a start keeps for the next one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from editor.errors import CannotWrite
from editor.preferences.places import cache_folder
from editor.storage import atomic
from editor.ui.start import kept


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is kept, in a Python that keeps code."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return cache_folder() / "something"


def test_what_was_kept_is_there(file: Path) -> None:
    assert kept.read("something") == b""
    kept.write("something", b"for the next start")
    assert file.exists()
    assert kept.read("something") == b"for the next start"


@pytest.mark.parametrize("at", [0, 5, 12, -1])
def test_what_is_damaged_or_of_another_python_is_not_there(file: Path, at: int) -> None:
    kept.write("something", b"for the next start")
    whole = file.read_bytes()
    data = bytearray(whole)
    data[at] ^= 1
    for damaged in (bytes(data), whole[:-1], whole[:3], b""):
        file.write_bytes(damaged)
        assert kept.read("something") == b""


def test_a_python_that_keeps_no_code_keeps_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept.write("something", b"for the next start")
    assert not file.exists()


def test_a_disk_that_refuses_is_no_trouble(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite("no")

    monkeypatch.setattr(atomic, "write", refuse)
    kept.write("something", b"for the next start")
    assert not file.exists()
    monkeypatch.setattr(kept, "cache_folder", refuse)
    assert kept.read("something") == b""

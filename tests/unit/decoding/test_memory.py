from __future__ import annotations

import ctypes
import os
import struct
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from editor.decoding import memory
from editor.decoding.memory import free_memory

LINES = "MemTotal: 8000 kB\nMemFree: 10 kB\nMemAvailable:    3000 kB\n"


def test_what_the_system_tells_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "meminfo"
    told.write_text(LINES)
    monkeypatch.setattr(memory, "_LINUX", told)
    assert free_memory() == 3000 * 1024


def test_where_nothing_is_told_half_of_all_is_free(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(memory, "_LINUX", tmp_path / "nothing")
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert free_memory() == whole // 2


def test_windows_is_asked_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def tell(asked: object) -> int:
        """Fill in what GlobalMemoryStatusEx does, at its documented places."""
        status = (ctypes.c_char * 64).from_address(ctypes.addressof(asked._obj))
        length, _ = struct.unpack_from("<II", status)
        assert length == 64
        struct.pack_into("<II7Q", status, 0, 64, 50, 16 << 30, 5 << 30, *[0] * 5)
        return 1

    kernel = SimpleNamespace(kernel32=SimpleNamespace(GlobalMemoryStatusEx=tell))
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert free_memory() == 5 << 30


def test_this_computer_has_some() -> None:
    assert free_memory() > 1 << 20

import ctypes
import subprocess
import sys
from types import SimpleNamespace

import pytest

from editor.decoding import heap

TOLD = hasattr(ctypes.CDLL(None), "mallopt") if sys.platform == "linux" else False

FAULTS = """
import resource
from editor.decoding import heap

def picture():
    held = [b"a" * (48 << 20) for _ in range(2)]

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    picture()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

heap.expect(16_000_000)
print(faults(), faults(), faults())
heap.give_back()
print(faults())
"""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """What a C library that can be told is told."""
    said: list[tuple[int, ...]] = []
    library = SimpleNamespace(
        mallopt=lambda *what: said.append(what), malloc_trim=lambda pad: said.append((pad,))
    )
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    monkeypatch.setattr(sys, "platform", "linux")
    return said


def test_the_library_is_told_to_keep_and_to_give_back(told: list[tuple[int, ...]]) -> None:
    heap.expect(8_000_000)
    assert told == [(-1, 6 * heap.LARGE), (-4, 0)]
    heap.give_back()
    assert told[2:] == [(0,)]


def test_of_a_large_picture_nothing_is_kept(told: list[tuple[int, ...]]) -> None:
    heap.expect(8_000_000)
    heap.expect(heap.LARGE)
    assert told[-1] == (-4, 65536)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_another_system_is_left_alone(
    told: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    heap.expect(8_000_000)
    heap.give_back()
    assert told == []


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())
    heap.expect(8_000_000)
    heap.give_back()


@pytest.mark.skipif(not TOLD, reason="this C library cannot be told; its twins run")
def test_the_next_picture_finds_the_memory_of_the_last_until_it_is_given_back() -> None:
    program = [sys.executable, "-c", FAULTS]
    told = subprocess.run(program, capture_output=True, text=True, check=True).stdout
    first, second, third, later = map(int, told.split())
    assert second < first / 2
    assert third < first / 2
    assert later > first / 2

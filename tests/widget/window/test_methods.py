"""Methods of data classes that are compiled once for all starts."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from editor.preferences.places import cache_folder
from editor.ui.start import kept as keeping
from editor.ui.start import methods


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where methods are kept, in a Python that keeps code."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    yield cache_folder() / methods.NAME
    methods.end()


def start(make: Callable[[], object]) -> object:
    """What is made in a start, which keeps what it compiled."""
    methods.begin()
    try:
        return make()
    finally:
        methods.end()
        methods.keep()


def pair() -> object:
    @dataclass(frozen=True, slots=True)
    class Pair:
        left: int
        right: tuple[int, ...] = ()

    assert Pair(1) == Pair(1) != Pair(2)
    assert repr(Pair(1)).endswith("Pair(left=1, right=())")
    assert len({Pair(1), Pair(1, (2,))}) == 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        Pair(1).left = 2
    return Pair(1)


def no_more(*_: object) -> None:
    raise AssertionError("compiled anew")


def test_the_next_start_compiles_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start(pair)
    assert kept.exists()
    monkeypatch.setattr(methods, "compile", no_more, raising=False)
    start(pair)
    monkeypatch.setattr(keeping, "write", no_more)
    start(pair)  # nor is anything written


def test_another_class_is_compiled_and_the_old_one_let_go(kept: Path) -> None:
    start(pair)
    before = kept.read_bytes()
    start(lambda: dataclasses.make_dataclass("Other", ["other"]))
    assert b"other" in kept.read_bytes()
    assert b"right" in before
    assert b"right" not in kept.read_bytes()


def test_behind_the_window_python_compiles_by_itself(kept: Path) -> None:
    start(pair)
    assert "exec" not in vars(dataclasses)
    pair()

"""What the window remembers, and what a damaged file does to it: nothing bad."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.preferences import preferences as module
from editor.preferences.places import config_folder
from editor.preferences.preferences import MOST_RECENT, Preferences, load
from tests.fakes.full_disk import no_space

FULL = Preferences(
    theme="light",
    geometry=bytes(range(256)),
    layout=b"\x00\xff",
    folder="/pictures/\udce4",
    provider="openai",
    model="gpt-image-2",
    diameter=63.5,
    hardness=1.0,
    overlay="green",
    overlay_opacity=0.7,
    overlay_protected=True,
    recent=("/a.frisket", "/b.frisket"),
    dear=2.5,
    cap=20.0,
    notify=False,
    keyed=("openai",),
    unfit=("openai",),
    used=("openai", "acedata"),
    addresses={"openai-compatible": "https://gateway.example/v1"},
)


def file() -> Path:
    return config_folder() / "preferences.toml"


def test_a_first_start_has_defaults() -> None:
    assert load() == Preferences()
    assert load().note is None


def test_what_was_saved_is_there_again() -> None:
    assert FULL.save()
    assert load() == FULL
    assert Preferences().save()
    assert load() == Preferences()
    assert file().read_bytes() == b""


def test_a_window_is_remembered() -> None:
    kept = Preferences(theme="light").with_window(geometry=b"g", layout=b"l", folder="/f")
    assert kept == Preferences(theme="light", geometry=b"g", layout=b"l", folder="/f")


def test_recent_projects_are_few_and_the_last_one_first() -> None:
    kept = Preferences()
    for number in [*range(12), 5]:
        kept = kept.with_recent(Path(f"/{number}.frisket"))
    assert len(kept.recent) == MOST_RECENT
    assert kept.recent[:3] == ("/5.frisket", "/11.frisket", "/10.frisket")


def test_a_provider_is_remembered_with_its_address_and_that_it_has_a_key() -> None:
    kept = Preferences().with_provider("a", address="https://a.example", keyed=True)
    kept = kept.with_provider("b", address="", keyed=True)
    assert (kept.keyed, kept.addresses) == (("a", "b"), {"a": "https://a.example"})
    kept = kept.with_provider("a", address="", keyed=False)
    assert (kept.keyed, kept.addresses) == (("b",), {})


def test_that_a_key_was_refused_is_remembered_until_it_is_not() -> None:
    kept = Preferences().with_provider("a", address="", keyed=True, unfit=True)
    kept = kept.with_provider("b", address="", keyed=True)
    assert (kept.keyed, kept.unfit) == (("a", "b"), ("a",))
    assert kept.with_provider("a", address="", keyed=True).unfit == ()


def test_addresses_that_are_no_texts_are_left_out() -> None:
    file().write_text("[addresses]\nopenai = 1")
    found = load()
    assert found.addresses == {}
    assert found.note is not None


@pytest.mark.parametrize("text", ["theme = ", "\x00", "a = 1\na = 2", "a=" + "[" * 100_000])
def test_a_file_that_is_no_toml_is_put_aside(text: str) -> None:
    file().write_text(text)
    found = load()
    assert found == Preferences()
    assert found.note is not None
    assert len(str(found.note)) <= 160
    assert file().with_name("preferences.damaged.toml").read_text() == text
    assert load().note is None


def test_a_damaged_file_that_cannot_be_moved_is_no_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file().write_text("theme = ")

    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refuse)
    assert load() == Preferences()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("theme = 5", "theme"),
        ("geometry = 'no base64!'", "geometry"),
        ("geometry = 'ü'", "geometry"),
        ("geometry = []", "geometry"),
        ("diameter = 'wide'", "diameter"),
        ("diameter = true", "diameter"),
        ("recent = [1]", "recent"),
        ("recent = 'one'", "recent"),
    ],
)
def test_a_wrong_value_costs_only_itself(line: str, name: str) -> None:
    file().write_text(f"{line}\nprovider = 'openai'\nfuture = 1\n")
    found = load()
    assert found == Preferences(provider="openai")
    assert found.note is not None
    assert name in str(found.note)


def test_a_theme_that_does_not_exist_is_the_first_one() -> None:
    file().write_text("theme = 'pink'\ndiameter = 7")
    assert load() == Preferences(diameter=7.0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_content_is_a_crash(data: bytes) -> None:
    file().write_bytes(data)
    assert isinstance(load(), Preferences)


def test_a_refusing_disk_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", no_space)
    assert not FULL.save()
    assert load() == Preferences()


def test_a_home_that_cannot_be_made_has_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FRISKET_HOME", str(tmp_path / "file"))
    assert load() == Preferences()
    assert not FULL.save()


def test_every_field_is_saved() -> None:
    for name in module._names():
        assert getattr(FULL, name) != getattr(Preferences(), name), name
